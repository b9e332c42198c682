import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import pg from 'pg'
import { expect, vi } from 'vitest'

const CHECKOUT = process.cwd()

/** The accounts under which the tests can run an app: this one, and for root also one without privileges. */
export function accounts(): { name: string; uid: number | undefined }[] {
  if (process.getuid?.() !== 0) return [{ name: 'this account', uid: undefined }]
  const root = { name: 'root', uid: undefined }
  return isOpenAbove(CHECKOUT) ? [root, { name: 'nobody', uid: 65_534 }] : [root]
}

const isOpenAbove = (folder: string): boolean =>
  (statSync(folder).mode & 0o005) === 0o005 && (folder === '/' || isOpenAbove(path.dirname(folder)))

export interface App {
  readonly url: string
  readonly process: ChildProcess
  /** Resolves with the exit code. */
  readonly ended: Promise<number | null>
  end(signal: NodeJS.Signals): Promise<number | null>
}

/** Processes that hold a database open, in folders that vanish with `clean`. */
export class Apps {
  readonly #folders: string[] = []
  readonly #children: ChildProcess[] = []
  readonly #uid: number | undefined

  constructor(uid: number | undefined) {
    this.#uid = uid
  }

  /** A new folder of the apps' account; `name` may add folders below it. */
  folder(name = ''): string {
    const base = mkdtempSync(path.join(tmpdir(), 'apps-'))
    chmodSync(base, 0o755)
    const folder = path.join(base, name)
    mkdirSync(folder, { recursive: true })
    for (let at = folder; this.#uid !== undefined && at.startsWith(base); at = path.dirname(at))
      chownSync(at, this.#uid, this.#uid)
    this.#folders.push(base)
    return folder
  }

  /** Gives a folder with all its content to the apps' account and closes it to everybody else. */
  close(folder: string): void {
    chmodSync(folder, 0o700)
    if (this.#uid !== undefined) execFileSync('chown', ['-R', `${this.#uid}:${this.#uid}`, folder])
  }

  start(dataDir: string, role: 'server' | 'command', { cwd = CHECKOUT, temporary = tmpdir() } = {}): ChildProcess {
    const tsx = path.join(CHECKOUT, 'node_modules/tsx/dist/loader.mjs')
    const child = spawn(process.execPath, ['--import', tsx, path.join(CHECKOUT, 'scripts/with-database.ts')], {
      cwd,
      ...(this.#uid === undefined ? {} : { uid: this.#uid, gid: this.#uid }),
      env: {
        PATH: process.env.PATH,
        TMPDIR: temporary,
        TSX_TSCONFIG_PATH: path.join(CHECKOUT, 'tsconfig.json'),
        DATA_DIR: dataDir,
        DATABASE_ROLE: role,
      } as unknown as NodeJS.ProcessEnv,
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    this.#children.push(child)
    return child
  }

  /** Starts an app and waits until it has the database. */
  async open(
    dataDir: string,
    role: 'server' | 'command',
    where: { cwd?: string; temporary?: string } = {},
  ): Promise<App> {
    const child = this.start(dataDir, role, where)
    const ended = once(child, 'exit').then(([code]) => code as number | null)
    const errors = readAll(child)
    const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream })
    const url = await Promise.race([once(lines, 'line').then(([line]) => String(line)), ended])
    if (typeof url !== 'string') throw new Error(await errors)
    const end = (signal: NodeJS.Signals) => {
      child.kill(signal)
      return ended
    }
    return { url, process: child, ended, end }
  }

  /** What an app says that has to fail. */
  async refusal(dataDir: string, role: 'server' | 'command'): Promise<string> {
    const child = this.start(dataDir, role)
    const [errors, [code]] = await Promise.all([readAll(child), once(child, 'exit')])
    if (code === 0) throw new Error('the app ended without an error')
    return errors
  }

  async clean(): Promise<void> {
    for (const child of this.#children) child.kill('SIGKILL')
    for (const base of this.#folders) {
      const pids = findPostmasters(base)
      for (const pid of pids) killIfAlive(pid)
      while (pids.some(isAlive)) await new Promise((resolve) => setImmediate(resolve))
      rmSync(base, { recursive: true, force: true })
    }
  }
}

async function readAll(child: ChildProcess): Promise<string> {
  let text = ''
  for await (const part of child.stderr ?? []) text += part
  return text
}

function findPostmasters(base: string): number[] {
  const known = ['', 'data', 'copy', 'closed folder/data'].map((name) => path.join(base, name))
  return known.filter((folder) => existsSync(path.join(folder, 'postgres/postmaster.pid'))).map(postmasterOf)
}

export const postmasterOf = (dataDir: string) =>
  Number(readFileSync(path.join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0])

/** A process that has ended may still be on the list for a moment. */
export async function expectGone(pid: number): Promise<void> {
  await vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 5000, interval: 20 })
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    // a zombie in a container without an init process is dead
    return process.platform !== 'linux' || !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}

export function killIfAlive(pid: number): void {
  if (isAlive(pid)) process.kill(pid, 'SIGKILL')
}

/** Runs one statement on a connection of its own. */
export async function query<Row extends pg.QueryResultRow>(url: string, statement: string): Promise<Row[]> {
  const db = new pg.Client({ connectionString: url })
  db.on('error', () => {})
  await db.connect()
  try {
    return (await db.query<Row>(statement)).rows
  } finally {
    await db.end()
  }
}
