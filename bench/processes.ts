import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

export interface Running {
  readonly url: string
  readonly child: ChildProcess
  stop(): Promise<void>
}

/** Starts `program` with PORT set and waits until `ready` answers 200. Its output is shown only when it fails. */
export async function start(
  program: string,
  args: (port: number) => string[],
  ready: string,
  options: { cwd?: string; env?: Record<string, string> } = {},
): Promise<Running> {
  const port = await findFreePort()
  let output = ''
  const child = spawn(program, args(port), {
    cwd: options.cwd ?? process.cwd(),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      ...process.env,
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      HOST: '127.0.0.1',
      PORT: String(port),
      ...options.env,
    },
  })
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (data) => (output = (output + data).slice(-4000)))
  const url = `http://127.0.0.1:${port}`
  const deadline = performance.now() + 180_000
  while (performance.now() < deadline && child.exitCode === null) {
    const response = await fetch(url + ready).catch(() => null)
    if (response?.status === 200) {
      return { url, child, stop: () => stop(child) }
    }
    await wait(20)
  }
  await stop(child)
  throw new Error(`${program} ${args(port).join(' ')} did not answer:\n${output}`)
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  await gone
}

/** Runs a command to its end. Throws with its output when it fails. */
export async function run(
  program: string,
  args: string[],
  options: { cwd?: string; env?: Record<string, string> } = {},
): Promise<void> {
  let output = ''
  const child = spawn(program, args, {
    cwd: options.cwd ?? process.cwd(),
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...options.env },
  })
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data) => (output = (output + data).slice(-4000)))
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} failed:\n${output}`)
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}
