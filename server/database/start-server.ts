import { closeSync, fstatSync, ftruncateSync, openSync, readFileSync, rmSync } from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { DataFolder } from './data-folder'
import { initialise } from './initialise'
import { runProgram } from './program'
import { type Profile, settingArguments } from './settings'

const LOG_LIMIT = 5_000_000

/**
 * Starts PostgreSQL on a folder whose lock the caller has taken and resolves when it accepts connections (after a crash:
 * when it has recovered). The lock passes to the server. `keepPort` is for an app that is running: its connections find
 * the server at the old port again.
 */
export async function startServer(
  folder: DataFolder,
  lock: number,
  profile: Profile,
  keepPort: boolean,
): Promise<void> {
  try {
    const known = await initialise(folder, profile)
    // The lock tells that no server is alive, so this file is a dead one's. Its process id may be somebody else's by now,
    // and PostgreSQL would take that for a running server.
    rmSync(path.join(folder.data, 'postmaster.pid'), { force: true })
    const port = keepPort || (known.port && (await isFree(known.port))) ? known.port : await findPort()
    folder.writeConnection({ ...known, port })
    await launch(folder, lock, profile, port)
  } finally {
    closeSync(lock) // the server has its own copy by now, or nobody needs the lock
  }
}

async function launch(folder: DataFolder, lock: number, profile: Profile, port: number): Promise<void> {
  // A file and not a pipe: the server may outlive us
  const log = openSync(folder.log, 'a+', 0o600)
  try {
    if (fstatSync(log).size > LOG_LIMIT) ftruncateSync(log, 0)
    const before = fstatSync(log).size
    const settings = ['-p', String(port), ...settingArguments(profile)]
    const child = runProgram({
      folder,
      data: folder.data,
      program: 'postgres',
      arguments: (data) => ['-D', data, ...settings],
      output: log,
      held: lock,
    })
    child.unref()
    let failure: Error | undefined
    child.once('error', (error) => {
      failure = error
    })
    for (;;) {
      if (failure) throw failure
      if (child.exitCode !== null || child.signalCode !== null) {
        const said = readFileSync(folder.log, 'utf8').slice(before).trim().slice(-2000)
        throw new Error(`PostgreSQL did not start on ${folder.data}: ${said}`)
      }
      const server = folder.readPostmaster()
      if (server?.ready && server.pid === child.pid) return
      await wait(10)
    }
  } finally {
    closeSync(log)
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = net.createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}

// Below the range from which systems take the ports of outgoing connections: those could sit on it during a restart.
async function findPort(): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const port = 20_000 + Math.floor(Math.random() * 10_000)
    if (await isFree(port)) return port
  }
  throw new Error('No free port between 20000 and 30000 was found for PostgreSQL.')
}
