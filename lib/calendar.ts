import { dateOf, type Instant } from './instant'

const formats = new Map<string, Intl.DateTimeFormat>()

/** The calendar date (`YYYY-MM-DD`) of a moment in an IANA time zone. */
export function localDate(instant: Instant, timeZone: string): string {
  let format = formats.get(timeZone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
    formats.set(timeZone, format)
  }
  return format.format(dateOf(instant))
}

/** Whole calendar days from one `YYYY-MM-DD` to another; negative when `to` is the earlier one. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)
}

/** Calendar days until a moment in a zone: 0 on the day itself, negative from the next. */
export function daysUntil(moment: Instant, now: Instant, timeZone: string): number {
  return daysBetween(localDate(now, timeZone), localDate(moment, timeZone))
}

/** `date` (`YYYY-MM-DD`) moved by whole days. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10)
}
