/** `npm run sample -- --mentors 50000`: fills a database that has no mentors yet. Joins a server that is running. */
import { parseArgs } from 'node:util'
import { runCommand } from '@/server/command'

const { values } = parseArgs({ options: { mentors: { type: 'string' } } })
await runCommand(async ({ url }) => {
  const { loadSampleIfEmpty } = await import('@/server/sample')
  const loaded = await loadSampleIfEmpty(url, values.mentors, console.log)
  if (!loaded)
    console.log('There are mentors already: nothing was changed. Sample data goes into an empty database only.')
  return 0
})
