import type { createFormatter } from 'next-intl'

/** What `useFormatter()` and `await getFormatter()` return: bound to language, organisation's zone and the request's present. */
export type Formatter = ReturnType<typeof createFormatter>

/** A calendar date has no zone: read as UTC it must also be written as UTC, or it moves by a day. */
const CALENDAR_DATE = /^\d{4}-\d\d-\d\d$/

/** `26. mars 2026` of a moment (RFC 3339) or a calendar date (`YYYY-MM-DD`). */
export function formatDate(format: Formatter, value: string): string {
  return CALENDAR_DATE.test(value)
    ? format.dateTime(new Date(value), 'day', { timeZone: 'UTC' })
    : format.dateTime(new Date(value), 'day')
}

/** `26. mars 2026, 11:00` */
export function formatMoment(format: Formatter, value: string): string {
  return format.dateTime(new Date(value), 'moment')
}

/** With seconds and zone, for the `title` of a relative time. */
export function formatExactly(format: Formatter, value: string): string {
  return format.dateTime(new Date(value), 'exact')
}

/** `for 2 timer siden`, counted from the present of the request (or of `useNow`). */
export function formatRelative(format: Formatter, value: string, now: Date): string {
  return format.relativeTime(new Date(value), now)
}

/** Full periods of 24 hours from `value` to `now`; negative when `value` lies ahead. */
export function wholeDaysSince(value: string, now: Date): number {
  return Math.trunc((now.getTime() - Date.parse(value)) / 86_400_000)
}
