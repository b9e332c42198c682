import { migrate } from './database/migrate'
import { type Database, openDatabase } from './database/open-database'
import { dataFolder } from './environment'
import type { Closer } from './shutdown'

/** Opens and migrates the database; DATABASE_URL then names it for the rest of the process. */
export async function openAppDatabase(
  closers: Closer[],
  log: (message: string) => void,
  onLost: (error: Error) => void,
): Promise<Database> {
  const opening = openDatabase({
    dataDir: dataFolder(),
    databaseUrl: process.env.DATABASE_URL,
    role: 'server',
    log,
    onLost,
  })
  // told to end while it starts, the process has to wait: a server without its app would be left behind
  const close = () => opening.then((opened) => opened.close()).catch(() => {})
  closers.push({ what: 'The database', patience: 5500, close })
  const database = await opening
  process.env.DATABASE_URL = database.url
  const { closePool } = await import('@/lib/db')
  closers.push({ what: 'The connections to the database', patience: 1000, close: closePool })
  for (const name of await migrate(database.url, { log })) log(`Migrated: ${name}`)
  return database
}
