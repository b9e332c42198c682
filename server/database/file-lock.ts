import { spawnSync } from 'node:child_process'
import { closeSync, constants, openSync } from 'node:fs'
import path from 'node:path'

// open(2) on macOS: take the flock while opening
const O_EXLOCK = 0x20

/**
 * Takes the exclusive lock on a data folder: a file descriptor, or undefined while somebody holds it. PostgreSQL inherits
 * the descriptor, so the lock is held exactly as long as any process of that server lives, however it was started.
 */
export function tryLockFolder(folder: string): number | undefined {
  return tryLockFile(path.join(folder, 'postgres.lock'))
}

/** The kernel's lock (flock) belongs to the open file: it ends with the descriptor, and no `kill -9` leaves it behind. */
export function tryLockFile(file: string): number | undefined {
  return process.platform === 'darwin' ? openLocked(file) : lockOpened(file)
}

function openLocked(file: string): number | undefined {
  try {
    return openSync(file, constants.O_RDWR | constants.O_CREAT | constants.O_NONBLOCK | O_EXLOCK, 0o600)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return undefined
    throw error
  }
}

// Node has no flock of its own; the command locks the open file that it shares with us
function lockOpened(file: string): number | undefined {
  const descriptor = openSync(file, 'a', 0o600)
  const result = spawnSync('flock', ['-x', '-n', '3'], { stdio: ['ignore', 'ignore', 'pipe', descriptor] })
  if (result.status === 0) return descriptor
  closeSync(descriptor)
  if (result.error) {
    const help = 'The command "flock" (package util-linux) is needed to lock files. Install it.'
    throw new Error(help, { cause: result.error })
  }
  if (result.stderr.length > 0) throw new Error(`${file} cannot be locked: ${result.stderr.toString().trim()}`)
  return undefined
}
