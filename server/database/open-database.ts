import { EmbeddedDatabase } from './embedded-database'

export interface OpenDatabaseOptions {
  /** Where the embedded database lives. */
  readonly dataDir: string
  /** Replaces the embedded database entirely. */
  readonly databaseUrl?: string | undefined
  /** There is one `server` on a data folder; any number of commands join it, or start the database themselves. */
  readonly role: 'server' | 'command'
  /** Told what happens to the embedded database in a sentence. */
  readonly log?: (message: string) => void
  /** Called when the embedded database is lost for good: nothing but ending the process is left. */
  readonly onLost?: (error: Error) => void
}

export interface Database {
  readonly url: string
  readonly embedded: boolean
  /** Leaves the database; the last one to leave stops an embedded server. Takes at most some five seconds. */
  close(): Promise<void>
  /** For a process that exits this very moment: a server tells its embedded PostgreSQL to stop, without waiting. */
  abandon(): void
}

/**
 * Opens the database: the one at `databaseUrl`, otherwise the embedded PostgreSQL of `dataDir`, started if it is not
 * running. Throws a sentence for people, for instance when another server works on the same folder.
 */
export async function openDatabase(options: OpenDatabaseOptions): Promise<Database> {
  if (options.databaseUrl)
    return { url: options.databaseUrl, embedded: false, close: async () => {}, abandon: () => {} }
  return EmbeddedDatabase.open(options)
}
