import { setTimeout as wait } from 'node:timers/promises'
import type { DataFolder } from './data-folder'

const PATIENCE = 4000

/** Ends the server of a folder: cleanly, and after four seconds at once (then the next start recovers from the log). */
export async function stopServer(folder: DataFolder): Promise<void> {
  const server = tellToStop(folder)
  if (!server) return
  const deadline = Date.now() + PATIENCE
  let urged = false
  while (isAlive(server.pid) && folder.readPostmaster()?.pid === server.pid) {
    if (Date.now() > deadline && !urged) {
      urged = true
      signal(server.pid, 'SIGQUIT')
    }
    if (Date.now() > deadline + 1000) return
    await wait(10)
  }
}

/** Asks for a "fast" stop: open sessions are ended, everything is written. Returns the server that was asked. */
export function tellToStop(folder: DataFolder): { pid: number } | undefined {
  const server = folder.readPostmaster()
  if (server) signal(server.pid, 'SIGINT')
  return server
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
