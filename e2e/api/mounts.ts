import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type pg from 'pg'

/** One way of serving the API. */
export interface Mount {
  fetch(path: string, init: RequestInit): Promise<Response>
  setNow(time: string): Promise<void>
  finishJobs(db: pg.Pool): Promise<void>
  close(): Promise<void>
}

const mount = process.env.API_MOUNT ?? 'direct'

/** Whether the nightly job is switched on: a process of its own would begin it by the real clock, in the middle of a test. */
export const RUNS_NIGHTLY = mount === 'direct'

export function openMount(databaseUrl: string, now: string): Promise<Mount> {
  if (mount === 'direct') return openDirect(databaseUrl, now)
  if (mount === 'server') return openProcess(['--import', 'tsx', 'server/main.ts', 'start'], databaseUrl, now)
  if (mount === 'next') return openProcess(['node_modules/next/dist/bin/next', 'start'], databaseUrl, now)
  throw new Error(`API_MOUNT is direct, server or next, not ${mount}`)
}

async function openDirect(databaseUrl: string, now: string): Promise<Mount> {
  process.env.DATABASE_URL = databaseUrl
  process.env.APP_NOW = now
  const { createApi } = await import('@/server/api')
  const { routes } = await import('@/routes.generated')
  const { closePool } = await import('@/lib/db')
  const { drainBackground } = await import('@/lib/background')
  const api = await createApi(routes)
  return {
    fetch: async (path, init) => api.fetch(new Request(`http://127.0.0.1${path}`, init)),
    async setNow(time) {
      process.env.APP_NOW = time
    },
    async finishJobs() {
      await drainBackground()
      const { Logger, runOnce } = await import('graphile-worker')
      const { taskList } = await import('@/server/workers')
      const logger = new Logger(() => () => {})
      await runOnce({ connectionString: databaseUrl, taskList, noHandleSignals: true, logger })
    },
    async close() {
      await drainBackground()
      await closePool()
    },
  }
}

async function openProcess(command: string[], databaseUrl: string, now: string): Promise<Mount> {
  const port = await findFreePort()
  const folder = mkdtempSync(path.join(tmpdir(), 'clock-'))
  const clock = path.join(folder, 'now')
  // whoever reads it at the same moment finds the one time or the other
  const setClock = (time: string) => {
    writeFileSync(`${clock}.next`, time)
    renameSync(`${clock}.next`, clock)
  }
  setClock(now)
  const child = await startProcess(command, databaseUrl, `@${clock}`, port)
  return {
    fetch: (address, init) => fetch(`http://127.0.0.1:${port}${address}`, init),
    setNow: async (time) => setClock(time),
    async finishJobs(db) {
      const deadline = Date.now() + 20_000
      for (;;) {
        const { rows } = await db.query(
          `SELECT count(*)::int AS due FROM graphile_worker.jobs WHERE run_at <= now() AND attempts < max_attempts`,
        )
        if (rows[0].due === 0) return
        if (Date.now() > deadline) throw new Error(`${rows[0].due} jobs were not done within 20 s`)
        await wait(50)
      }
    },
    async close() {
      await stopProcess(child)
      rmSync(folder, { recursive: true })
    },
  }
}

async function startProcess(command: string[], databaseUrl: string, now: string, port: number): Promise<ChildProcess> {
  const child = spawn(process.execPath, command, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      NODE_ENV: 'production',
      DATABASE_URL: databaseUrl,
      APP_NOW: now,
      APP_ENV: 'test',
      EXPIRY_JOB_AT: 'off',
      PORT: String(port),
      HOST: '127.0.0.1',
      HOSTNAME: '127.0.0.1',
    },
  })
  const deadline = Date.now() + 60_000
  while (child.exitCode === null && Date.now() < deadline) {
    const ready = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null)
    if (ready?.status === 200) return child
    await wait(100)
  }
  await stopProcess(child)
  throw new Error(`${command.join(' ')} was not ready within 60 s`)
}

async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  await gone
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}
