import { dateOf, type Instant, instantFromDate } from '@/lib/instant'

const DAY_MS = 86_400_000

/** When the job next runs by itself: the next `HH:MM` in UTC after `now`. Null where `at` is `off`. */
export function nextNightlyRun(now: Instant, at: string): Instant | null {
  if (at === 'off') return null
  const today = new Date(`${now.slice(0, 10)}T${at}:00Z`)
  return instantFromDate(today > dateOf(now) ? today : new Date(today.getTime() + DAY_MS))
}
