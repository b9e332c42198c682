import { env } from './env'
import { type Instant, instantFromDate, parseInstant } from './instant'

/** The present, or APP_NOW in tests. Ask once per request and pass it on: one request knows one time. */
export function readClock(): Instant {
  // read anew each time: a test may move the clock; env() has refused it outside of tests
  const fixed = env().APP_ENV === 'test' ? process.env.APP_NOW : undefined
  if (!fixed) return instantFromDate(new Date())
  const instant = parseInstant(fixed)
  if (!instant) throw new Error(`APP_NOW is not an RFC 3339 time: ${fixed}`)
  return instant
}
