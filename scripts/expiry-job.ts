/**
 * `npm run expiry-job -- [--dry-run]`: runs the certification expiry job once, on its own or beside a running server.
 * Exits with 1 when the job could not run or a mentor failed.
 */
import { parseArgs } from 'node:util'
import { runCommand } from '@/server/command'

const { values } = parseArgs({ options: { 'dry-run': { type: 'boolean', default: false } } })
await runCommand(async () => {
  const { runExpiryJobCommand } = await import('@/server/expiry-job')
  return runExpiryJobCommand({ dryRun: values['dry-run'], print: console.log })
})
