import { migrate } from './database/migrate'
import { type Database, openDatabase } from './database/open-database'
import { dataFolder, loadEnvironment } from './environment'
import { isExpected } from './expected'

/**
 * Runs `work` with the database open and up to date, on its own or beside a running server, and ends the process with
 * the exit code that it returns; with 1 and a sentence when it fails. Told to end, it leaves the database in order.
 */
export async function runCommand(work: (database: Database) => Promise<number>): Promise<never> {
  loadEnvironment()
  process.exit(await openAndRun(work).catch(tell))
}

async function openAndRun(work: (database: Database) => Promise<number>): Promise<number> {
  const database = await openDatabase({
    dataDir: dataFolder(),
    databaseUrl: process.env.DATABASE_URL,
    role: 'command',
    log: console.error,
  })
  process.env.DATABASE_URL = database.url
  const told = new Promise<number>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve(130))
  })
  try {
    return await Promise.race([told, migrate(database.url, { log: console.error }).then(() => work(database))])
  } finally {
    const { closePool } = await import('@/lib/db')
    await closePool()
    await database.close()
  }
}

function tell(error: unknown): number {
  console.error(isExpected(error) ? error.message : error)
  return 1
}
