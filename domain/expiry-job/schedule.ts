import { addMicroseconds, dateOf, type Instant, instantFromDate } from '@/lib/instant'

const DAY_MS = 86_400_000

/** The first nightly run after `moment`; `at` is `HH:MM` in UTC as in EXPIRY_JOB_AT, null where it says `off`. */
export function nextRunAfter(moment: Instant, at: string): Instant | null {
  if (at === 'off') return null
  const after = dateOf(moment)
  const sameDay = Date.parse(`${after.toISOString().slice(0, 10)}T${at}:00Z`)
  return instantFromDate(new Date(sameDay > after.getTime() ? sameDay : sameDay + DAY_MS))
}

/**
 * When the nightly job pauses who holds what expires then: in the first run that finds it lapsed, which one at the very
 * moment does. For what has expired already, in the next run after `now`; null while the job does not run by itself.
 */
export function pausedFrom(expiresAt: Instant, now: Instant, at: string): Instant | null {
  return nextRunAfter(expiresAt <= now ? now : addMicroseconds(expiresAt, -1), at)
}

/** How far a run looks ahead: up to the next nightly run, or 24 hours where none comes by itself. */
export function forecastEnd(moment: Instant, at: string): Instant {
  return nextRunAfter(moment, at) ?? addMicroseconds(moment, DAY_MS * 1000)
}
