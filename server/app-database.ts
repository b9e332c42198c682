import pg from 'pg'
import { migrate } from './database/migrate'
import { openDatabase } from './database/open-database'
import { dataFolder } from './environment'
import type { RunOptions } from './run'
import type { Closer } from './shutdown'

/** Opens, migrates and, where asked, fills the database; DATABASE_URL then names it for the rest of the process. */
export async function openAppDatabase(
  options: RunOptions,
  closers: Closer[],
  log: (message: string) => void,
  onLost: (error: Error) => void,
): Promise<void> {
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
  if (options.sample && (await isEmpty(database.url))) {
    const { loadSampleData } = await import('@/prisma/sample/load')
    const { mentors } = await loadSampleData(database.url, options.mentors ? { mentors: Number(options.mentors) } : {})
    log(`Loaded sample data: ${mentors} mentors.`)
  }
}

async function isEmpty(url: string): Promise<boolean> {
  const db = new pg.Client({ connectionString: url })
  await db.connect()
  try {
    const { rows } = await db.query('SELECT NOT EXISTS (SELECT FROM mentor) AS empty')
    return rows[0].empty
  } finally {
    await db.end()
  }
}
