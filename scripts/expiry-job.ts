/**
 * `npm run expiry-job -- [--dry-run]`: runs the certification expiry job once, on its own or beside a running server.
 * Exits with 1 when the job could not run, a mentor failed, or nothing was found of what had been forecast.
 */
import { parseArgs } from 'node:util'
import { runCommand } from '@/server/command'

const dryRun = readOptions()
await runCommand(async () => {
  const { runExpiryJobCommand } = await import('@/server/expiry-job')
  return runExpiryJobCommand({ dryRun, print: console.log })
})

function readOptions(): boolean {
  try {
    return parseArgs({ options: { 'dry-run': { type: 'boolean', default: false } } }).values['dry-run']
  } catch (error) {
    console.error((error as Error).message)
    process.exit(1)
  }
}
