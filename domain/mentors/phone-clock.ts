import type { Call } from '@/lib/call'
import { dateOf, type Instant, instantFromDate, parseInstant, secondsBetween, wireTime } from '@/lib/instant'

/**
 * A phone's clock may differ by this much and is believed: what lies between its sending and our receipt is on a slow
 * mobile connection seconds of network, and clocks that are set by a network are off by less.
 */
const TOLERANCE_MS = 30_000
/** An event's time may lie ahead by this much, once a wrong clock is allowed for; beyond it the server's time counts. */
const MAX_SECONDS_AHEAD = 300

/** A time that a phone gave, as it gave it and by a clock that is right. */
export interface PhoneTime {
  readonly client_timestamp: Instant | null
  /** What the phone's clock said when it sent the event; null where that is not known. */
  readonly client_clock: Instant | null
  /** Null where the phone's own time stands. */
  readonly corrected_timestamp: Instant | null
}

/**
 * By how many milliseconds the phone that sends a request is ahead of the server, negative where it is behind; null where
 * it does not say its time. `known` is what was found when the mentor's phone was last heard: within the tolerance it
 * stays, so that the network does not change the order of events that one clock has timed.
 */
export function measureSkew({ now, clientTime }: Pick<Call, 'now' | 'clientTime'>, known: number): number | null {
  if (!clientTime) return null
  const measured = Math.round(secondsBetween(clientTime, now) * 1000)
  if (Math.abs(measured - known) <= TOLERANCE_MS) return known
  return Math.abs(measured) <= TOLERANCE_MS ? 0 : measured
}

/** An event's time as the phone gave it, beside the one without the clock's skew in milliseconds. */
export function readPhoneTime(
  { clientTime }: Pick<Call, 'clientTime'>,
  client_timestamp: Instant | null,
  skew: number | null,
): PhoneTime {
  if (client_timestamp === null || skew === null) {
    return { client_timestamp, client_clock: null, corrected_timestamp: null }
  }
  const corrected_timestamp = skew === 0 ? null : withoutSkew(client_timestamp, skew)
  return { client_timestamp, client_clock: clientTime ?? null, corrected_timestamp }
}

/** The time itself, or the server's where it lies ahead all the same. */
export function notAhead(time: Instant, now: Instant): Instant {
  return secondsBetween(time, now) > MAX_SECONDS_AHEAD ? now : time
}

/** The keys that only an event from a wrong clock has, as the wire shows them: `phoneClock` of the schema. */
export function phoneClockOf({ client_timestamp, client_clock, corrected_timestamp }: PhoneTime) {
  if (client_timestamp === null || client_clock === null || corrected_timestamp === null) return {}
  return {
    client_clock: wireTime(client_clock),
    clock_ahead_seconds: secondsBetween(client_timestamp, corrected_timestamp),
    corrected_timestamp: wireTime(corrected_timestamp),
  }
}

const FIRST = Date.parse('1900-01-01T00:00:00Z')
const LAST = Date.parse('9999-12-31T23:59:59Z')

/** To the microsecond, and within the years that are kept: a clock may be wrong by any number of them. */
function withoutSkew(instant: Instant, skew: number): Instant {
  const millis = Math.min(LAST, Math.max(FIRST, dateOf(instant).getTime() - skew))
  const text = instantFromDate(new Date(millis))
  return parseInstant(`${text.slice(0, 23)}${instant.slice(23)}`) ?? text
}
