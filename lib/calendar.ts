import { dateOf, type Instant, instantFromDate } from './instant'

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

/** `date` (`YYYY-MM-DD`) moved by whole months; from the 31st to the last day of a shorter month. */
export function addMonths(date: string, months: number): string {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number)
  const lastDay = new Date(Date.UTC(year, month + months, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, lastDay))).toISOString().slice(0, 10)
}

/** Midnight, with which a calendar date (`YYYY-MM-DD`) begins in an IANA time zone. */
export function startOfDay(date: string, timeZone: string): Instant {
  return momentOf(`${date}T00:00:00Z`, timeZone)
}

/** The last whole second of a calendar date (`YYYY-MM-DD`) in an IANA time zone. */
export function endOfDay(date: string, timeZone: string): Instant {
  return momentOf(`${date}T23:59:59Z`, timeZone)
}

/** The moment at which clocks in the zone show what `local` shows in UTC. */
function momentOf(local: string, timeZone: string): Instant {
  const wanted = Date.parse(local)
  // the second round corrects an offset that changes between the guess and the moment itself
  const first = wanted - offsetAt(wanted, timeZone)
  return instantFromDate(new Date(wanted - offsetAt(first, timeZone)))
}

/** Milliseconds by which the zone's clocks are ahead of UTC. */
function offsetAt(moment: number, timeZone: string): number {
  const local = new Date(moment).toLocaleString('sv-SE', { timeZone })
  return Date.parse(`${local.replace(' ', 'T')}Z`) - moment
}
