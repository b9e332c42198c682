import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { expectGone, postmasterOf } from './database/test-apps'

// Builds first where the production build is stale.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 180_000 })

const folder = mkdtempSync(path.join(tmpdir(), 'process-'))
const dataDir = path.join(folder, 'data')
const children: ChildProcess[] = []
const said = new Map<ChildProcess, string>()
let app: ChildProcess
let port: number
let url: string

beforeAll(async () => {
  port = await findFreePort()
  url = `http://127.0.0.1:${port}`
  app = start(port)
  await vi.waitUntil(async () => app.exitCode !== null || (await statusOf('/readyz')) === 200, { timeout: 170_000 })
  expect(app.exitCode, said.get(app)).toBeNull()
})
afterAll(() => {
  for (const child of children) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

function start(onPort: number): ChildProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts', 'start'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, DATABASE_URL: '', DATA_DIR: dataDir, PORT: String(onPort), HOST: '', LOG_LEVEL: 'silent' },
  })
  children.push(child)
  said.set(child, '')
  child.stderr?.on('data', (part) => said.set(child, said.get(child) + part))
  return child
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port: free } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return free
}

const statusOf = (at: string) =>
  fetch(url + at).then(
    (response) => response.status,
    () => 0,
  )

async function refusal(onPort: number): Promise<string> {
  const child = start(onPort)
  const [code] = await once(child, 'close')
  expect(code).toBe(1)
  return said.get(child)?.trim() ?? ''
}

test('is up, ready, and serves pages and the API', async () => {
  expect(await statusOf('/healthz')).toBe(200)
  expect(await statusOf('/readyz')).toBe(200)
  expect(await statusOf('/no-such-page')).toBe(404)
  const [short, documented] = await Promise.all(
    ['/api/v1/certifications', '/api/v1/certifications/api/v1/certifications'].map(async (at) =>
      (await fetch(url + at)).json(),
    ),
  )
  expect(short.pagination).toEqual({ page: 1, limit: short.pagination.limit, total: 0 })
  expect(documented).toEqual(short)
})

test('a path of two different services, and a method that nothing knows, are problems', async () => {
  const mixed = await fetch(`${url}/api/v1/certifications/api/v1/certification-bloc`)
  expect(mixed.status).toBe(404)
  expect(mixed.headers.get('content-type')).toBe('application/problem+json')
  const unknown = await fetch(`${url}/api/v1/certifications`, { method: 'PROPFIND' })
  expect(unknown.status).toBe(405)
  expect(unknown.headers.get('allow')).toContain('GET')
})

test('a script is sent as small as the browser can read it, and kept for good', async () => {
  const page = await (await fetch(url)).text()
  const [script = ''] = /\/_next\/static\/[^"]+\.js/.exec(page) ?? []
  const sent = async (encoding: string) => {
    const [response] = await once(request(url + script, { headers: { 'accept-encoding': encoding } }).end(), 'response')
    return { headers: response.headers, body: await buffer(response) }
  }
  const plain = await sent('identity')
  expect(plain.headers).toMatchObject({
    'content-type': expect.stringContaining('javascript'),
    'cache-control': 'public, max-age=31536000, immutable',
  })
  expect(plain.headers['content-encoding']).toBeUndefined()
  const brotli = await sent('gzip, deflate, br')
  expect(brotli.headers['content-encoding']).toBe('br')
  expect(brotliDecompressSync(brotli.body)).toEqual(plain.body)
  const zipped = await sent('gzip')
  expect(zipped.headers['content-encoding']).toBe('gzip')
  expect(gunzipSync(zipped.body)).toEqual(plain.body)
  expect((await fetch(`${url}/_next/static/chunks/none.js`)).status).toBe(404)
  expect((await fetch(`${url}/_next/static/..%2F..%2Fpackage.json`)).status).toBe(404)
})

test('answers only to the names of this machine', async () => {
  const statusWithHost = async (host: string) => {
    const [response] = await once(request(`${url}/healthz`, { headers: { host } }).end(), 'response')
    response.resume()
    return response.statusCode
  }
  expect(await statusWithHost('evil.example')).toBe(403)
  expect(await statusWithHost(`localhost:${port}`)).toBe(200)
})

test('a port or a data folder in use is told with what to do', async () => {
  expect(await refusal(port)).toBe(
    `Port ${port} is in use by another program. Stop that one, or start with another port, for instance PORT=${port + 1}.`,
  )
  expect(await refusal(await findFreePort())).toContain(
    `Another server is already running on the data in ${dataDir} (process ${app.pid})`,
  )
})

test('told to end, it answers what is in flight, takes nothing new, stops its database and exits with 0', async () => {
  const { port: databasePort, appPassword } = JSON.parse(readFileSync(path.join(dataDir, 'connection.json'), 'utf8'))
  const postmaster = postmasterOf(dataDir)
  const blocker = new pg.Client(`postgresql://app:${appPassword}@127.0.0.1:${databasePort}/app`)
  await blocker.connect()
  await blocker.query('BEGIN; LOCK TABLE certification')
  const slow = fetch(`${url}/api/v1/certifications?limit=7`)
  await vi.waitUntil(async () => {
    const { rows } = await blocker.query("SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
    return rows.length > 0
  })
  app.kill('SIGTERM')
  await vi.waitUntil(async () => (await statusOf('/readyz')) === 0)
  await blocker.end()
  const answer = await slow
  expect(answer.status).toBe(200)
  expect((await answer.json()).pagination.limit).toBe(7)
  if (app.exitCode === null) await once(app, 'exit')
  expect(app.exitCode).toBe(0)
  await expectGone(postmaster)
})
