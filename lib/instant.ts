/**
 * A moment in UTC to the microsecond, always in the form `2026-03-26T10:00:00.000000Z`: strings of this form
 * compare in the order of time, and PostgreSQL reads them without loss (a JavaScript Date would cut to milliseconds).
 */
export type Instant = string & { readonly __instant: unique symbol }

// RFC 3339 date-time; a time without an offset names no moment and is refused
const RFC3339 = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d+))?([Zz]|[+-]\d\d:\d\d)$/

/** Parses RFC 3339 with any offset; digits after the microsecond are cut. Null for anything else, impossible dates included. */
export function parseInstant(text: string): Instant | null {
  const match = RFC3339.exec(text)
  if (!match) return null
  const [, year, month, day, hour, minute, second, fraction = '', offset = 'Z'] = match
  const local = new Date(0)
  local.setUTCFullYear(Number(year), Number(month) - 1, Number(day))
  local.setUTCHours(Number(hour), Number(minute), Number(second))
  const impossible =
    local.getUTCMonth() !== Number(month) - 1 ||
    local.getUTCDate() !== Number(day) ||
    local.getUTCHours() !== Number(hour) ||
    local.getUTCMinutes() !== Number(minute) ||
    local.getUTCSeconds() !== Number(second)
  if (impossible || offsetMinutes(offset) === null) return null
  const utc = new Date(local.getTime() - (offsetMinutes(offset) ?? 0) * 60_000)
  if (utc.getUTCFullYear() < 1 || utc.getUTCFullYear() > 9999) return null
  return `${utc.toISOString().slice(0, 19)}.${fraction.slice(0, 6).padEnd(6, '0')}Z` as Instant
}

function offsetMinutes(offset: string): number | null {
  if (offset === 'Z' || offset === 'z') return 0
  const hours = Number(offset.slice(1, 3))
  const minutes = Number(offset.slice(4, 6))
  if (hours > 23 || minutes > 59) return null
  return (offset[0] === '-' ? -1 : 1) * (hours * 60 + minutes)
}

/** Reads PostgreSQL's text form of a `timestamptz` in a UTC session. Throws on `infinity` and years before Christ. */
export function instantFromDatabase(text: string): Instant {
  const match = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?\+00$/.exec(text)
  if (!match) throw new Error(`not a timestamptz of a UTC session: ${text}`)
  return `${match[1]}T${match[2]}.${(match[3] ?? '').padEnd(6, '0')}Z` as Instant
}

export function instantFromDate(date: Date): Instant {
  return `${date.toISOString().slice(0, 23)}000Z` as Instant
}

/** The wire form: UTC with whole seconds, cut and not rounded, so that no time lies in the future. */
export function wireTime(instant: Instant): string {
  return `${instant.slice(0, 19)}Z`
}

export function wireTimeOrNull(instant: Instant | null): string | null {
  return instant === null ? null : wireTime(instant)
}

/** To the millisecond. */
export function dateOf(instant: Instant): Date {
  return new Date(instant)
}

/** `microseconds` may be negative; whole numbers only. */
export function addMicroseconds(instant: Instant, microseconds: number): Instant {
  const total = microsecondsOf(instant) + BigInt(microseconds)
  const millis = total / 1000n
  const rest = total - millis * 1000n
  return `${new Date(Number(millis)).toISOString().slice(0, 23)}${rest.toString().padStart(3, '0')}Z` as Instant
}

/** `a - b` in seconds with fractions. */
export function secondsBetween(a: Instant, b: Instant): number {
  return Number(microsecondsOf(a) - microsecondsOf(b)) / 1_000_000
}

function microsecondsOf(instant: Instant): bigint {
  return BigInt(Date.parse(`${instant.slice(0, 23)}Z`)) * 1000n + BigInt(instant.slice(23, 26))
}
