import { randomBytes } from 'node:crypto'
import { accessSync, constants, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** How to reach the server of a data folder. */
export interface Connection {
  readonly port: number
  /** Of `postgres`, the superuser: for locks and set-up only. */
  readonly adminPassword: string
  /** Of `app`, the owner of the database `app` and nothing else: a hole in the app must not own the machine. */
  readonly appPassword: string
}

/** Everything that the embedded PostgreSQL keeps: `postgres/` (the data), `connection.json`, `postgres.log`, `postgres.lock`. */
export class DataFolder {
  readonly path: string
  readonly data: string
  readonly log: string

  /** Makes the folder, readable by its owner only. Throws a sentence for people where it cannot be used. */
  constructor(folder: string) {
    this.path = path.resolve(folder)
    this.data = path.join(this.path, 'postgres')
    this.log = path.join(this.path, 'postgres.log')
    try {
      mkdirSync(this.path, { recursive: true, mode: 0o700 })
      accessSync(this.path, constants.R_OK | constants.W_OK | constants.X_OK)
    } catch (cause) {
      const reason = (cause as Error).message
      throw new Error(
        `The data folder ${this.path} cannot be used (${reason}). Set DATA_DIR to a folder of your own.`,
        { cause },
      )
    }
  }

  /** Whether there is data: the folder appears, by a rename, only when it is complete. */
  isInitialised(): boolean {
    return statSync(path.join(this.data, 'PG_VERSION'), { throwIfNoEntry: false }) !== undefined
  }

  readConnection(): Connection | undefined {
    try {
      return JSON.parse(readFileSync(path.join(this.path, 'connection.json'), 'utf8')) as Connection
    } catch (error) {
      if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
      throw error
    }
  }

  writeConnection(connection: Connection): void {
    const file = path.join(this.path, 'connection.json')
    writeFileSync(`${file}.new`, JSON.stringify(connection), { mode: 0o600, flush: true })
    renameSync(`${file}.new`, file)
  }

  /** The process id and state that a running server keeps in its data. */
  readPostmaster(): { pid: number; ready: boolean } | undefined {
    try {
      const lines = readFileSync(path.join(this.data, 'postmaster.pid'), 'utf8').split('\n')
      return { pid: Number(lines[0]), ready: lines[7]?.trim() === 'ready' }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
      throw error
    }
  }
}

export const newPassword = () => randomBytes(24).toString('base64url')
