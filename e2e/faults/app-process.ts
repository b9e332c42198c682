import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

export interface AppProcess {
  readonly url: string
  readonly child: ChildProcess
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>
  /** SIGKILL: what a crash looks like. */
  kill(): Promise<void>
}

/** Starts our own server as its own process and waits until it is ready. `ignore` its output where faults are intended. */
export async function startApp(
  env: Record<string, string>,
  output: 'inherit' | 'ignore' = 'inherit',
): Promise<AppProcess> {
  const port = await findFreePort()
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts', 'start'], {
    stdio: ['ignore', output, output],
    env: {
      ...process.env,
      NODE_ENV: 'production',
      PORT: String(port),
      HOST: '127.0.0.1',
      EXPIRY_JOB_AT: 'off',
      LOG_LEVEL: 'fatal',
      ...env,
    },
  })
  const exited = once(child, 'exit')
  const app: AppProcess = {
    url: `http://127.0.0.1:${port}`,
    child,
    async stop() {
      child.kill('SIGTERM')
      await exited
      return child.exitCode
    },
    async kill() {
      child.kill('SIGKILL')
      await exited
    },
  }
  await until('the app is ready', 60_000, async () => {
    if (child.exitCode !== null) throw new Error(`the app ended with ${child.exitCode}`)
    const response = await fetch(`${app.url}/readyz`).catch(() => null)
    return response?.status === 200
  })
  return app
}

/** Asks again until `condition` holds. Throws after `limit` milliseconds. */
export async function until(what: string, limit: number, condition: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + limit
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`not within ${limit / 1000} s: ${what}`)
    await wait(50)
  }
}

export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}
