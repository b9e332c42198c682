/**
 * `npm run sample -- [--mentors 50000] [--now 2026-03-26T10:00:00Z]`: fills an empty database. Joins a server that is
 * running.
 */
import { parseArgs } from 'node:util'
import { migrate } from '@/server/database/migrate'
import { openDatabase } from '@/server/database/open-database'
import { dataFolder, loadEnvironment } from '@/server/environment'
import { loadSampleIfEmpty } from '@/server/sample'

loadEnvironment()
const { values } = parseArgs({ options: { mentors: { type: 'string' }, now: { type: 'string' } } })
const database = await openDatabase({
  dataDir: dataFolder(),
  databaseUrl: process.env.DATABASE_URL,
  role: 'command',
  log: console.log,
})
try {
  await migrate(database.url, { log: console.log })
  const done = await loadSampleIfEmpty(database.url, values.mentors, console.log, values.now)
  if (!done) console.log('The database is not empty: nothing was changed. Sample data go into an empty database only.')
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
} finally {
  await database.close()
}
