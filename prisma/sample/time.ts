import { localDate } from '@/lib/calendar'
import { instantFromDate } from '@/lib/instant'

export const SECOND = 1000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

export const TIME_ZONE = 'Europe/Oslo'

/** Milliseconds since 1970 as PostgreSQL reads them. */
export function timestamp(millis: number): string {
  return new Date(millis).toISOString()
}

/** The same with whole seconds, as the API and the change log write it. */
export function wireTime(millis: number): string {
  return `${timestamp(millis).slice(0, 19)}Z`
}

export function timestampOrNull(millis: number | null): string | null {
  return millis === null ? null : timestamp(millis)
}

/** The organisation's calendar date at a moment. */
export function dateAt(millis: number): string {
  return localDate(instantFromDate(new Date(millis)), TIME_ZONE)
}

/** Midnight UTC of the day that `millis` lies in. */
export function startOfDay(millis: number): number {
  return Math.floor(millis / DAY) * DAY
}

/** The nightly run at 01:00 UTC that comes first after a moment. */
export function nightAfter(millis: number): number {
  return startOfDay(millis - HOUR) + DAY + HOUR
}

/** The newest nightly run that is over by `now`. */
export function lastNight(now: number): number {
  return startOfDay(now - HOUR - MINUTE) + HOUR
}

/** The evening before where a moment falls into the night: few people report anything then. */
export function awake(millis: number): number {
  return millis - startOfDay(millis) < 5 * HOUR ? millis - 7 * HOUR : millis
}
