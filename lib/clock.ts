import { env } from './env'
import { type Instant, instantFromDate, parseInstant } from './instant'

/** The present, or APP_NOW in tests. Ask once per request and pass it on: one request knows one time. */
export function readClock(): Instant {
  const fixed = env().APP_NOW
  if (!fixed) return instantFromDate(new Date())
  const instant = parseInstant(fixed)
  if (!instant) throw new Error(`APP_NOW is not an RFC 3339 time: ${fixed}`)
  return instant
}
