/** The process: `node --import tsx server/main.ts start|demo|dev|build`. */
import { parseArgs } from 'node:util'
import { loadEnvironment } from './environment'
import { isExpected } from './expected'

const { values, positionals } = parseArgs({ allowPositionals: true, options: { mentors: { type: 'string' } } })
const mode = positionals[0] ?? 'start'
loadEnvironment()
// before React and Next are loaded, which read it once
Object.assign(process.env, { NODE_ENV: mode === 'dev' ? 'development' : 'production', NEXT_TELEMETRY_DISABLED: '1' })

try {
  if (mode === 'build') {
    const { build } = await import('./build')
    await build(new AbortController().signal)
  } else if (mode === 'start' || mode === 'demo' || mode === 'dev') {
    const { run } = await import('./run')
    await run({ dev: mode === 'dev', sample: mode !== 'start', mentors: values.mentors })
  } else {
    throw new Error(`There is no "${mode}": choose start, demo, dev or build.`)
  }
} catch (error) {
  console.error(isExpected(error) ? error.message : error)
  process.exit(1)
}
