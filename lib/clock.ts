import { readFileSync } from 'node:fs'
import { env } from './env'
import { type Instant, instantFromDate, parseInstant } from './instant'

/**
 * The present, or in tests APP_NOW: a time, or `@` and the name of a file that holds one. Ask once per request and pass it
 * on: one request knows one time.
 */
export function readClock(): Instant {
  // read anew each time: a test may move the clock; env() has refused it outside of tests
  const fixed = env().APP_ENV === 'test' ? process.env.APP_NOW : undefined
  if (!fixed) return instantFromDate(new Date())
  // a file moves the clock of a process that runs already
  const time = fixed.startsWith('@') ? readFileSync(fixed.slice(1), 'utf8') : fixed
  const instant = parseInstant(time)
  if (!instant) throw new Error(`APP_NOW is not an RFC 3339 time: ${time}`)
  return instant
}
