/**
 * `npm run expiry-job -- [--dry-run]`: runs the certification expiry job once, on its own or beside a running server.
 * Exits with 1 when the job could not run or a mentor failed.
 */
import { parseArgs } from 'node:util'
import { migrate } from '@/server/database/migrate'
import { openDatabase } from '@/server/database/open-database'
import { dataFolder, loadEnvironment } from '@/server/environment'

loadEnvironment()
const dryRun = readOptions()
const database = await openDatabase({
  dataDir: dataFolder(),
  databaseUrl: process.env.DATABASE_URL,
  role: 'command',
  log: console.error,
})
process.env.DATABASE_URL = database.url
const { closePool } = await import('@/lib/db')
try {
  await migrate(database.url, { log: console.error })
  const { runExpiryJobCommand } = await import('@/server/expiry-job')
  process.exitCode = await runExpiryJobCommand({ dryRun, print: console.log })
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
} finally {
  await closePool()
  await database.close()
}

function readOptions(): boolean {
  try {
    return parseArgs({ options: { 'dry-run': { type: 'boolean', default: false } } }).values['dry-run']
  } catch (error) {
    console.error((error as Error).message)
    process.exit(1)
  }
}
