/**
 * `npm run sample -- [--mentors 50000] [--now 2026-03-26T10:00:00Z]`: fills an empty database. Joins a server that is
 * running.
 */
import { parseArgs } from 'node:util'
import { runCommand } from '@/server/command'

const { values } = parseArgs({ options: { mentors: { type: 'string' }, now: { type: 'string' } } })
await runCommand(async ({ url }) => {
  const { loadSampleIfEmpty } = await import('@/server/sample')
  const loaded = await loadSampleIfEmpty(url, values.mentors, console.log, values.now)
  if (!loaded)
    console.log('The database is not empty: nothing was changed. Sample data go into an empty database only.')
  return 0
})
