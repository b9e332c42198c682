import { ADVANCED, BASIC, LEVEL_2, TERM_YEARS } from './catalogue'
import { findNight, type Night } from './job-runs'
import type { Certify, Step } from './plan'
import type { Random } from './random'
import { DAY, HOUR, lastNight, MINUTE, startOfDay } from './time'

/** What a mentor's certifications look like today. */
export type Card =
  | 'valid'
  | 'renewed early'
  | 'renewed late'
  | 'within 90 days'
  | 'within 60 days'
  | 'within 30 days'
  | 'within 7 days'
  | 'lapsed'
  | 'lapsed tonight'
  | 'paused for two causes'
  | 'one of two lapsed'
  | 'revoked'
  | 'none'

const DECK: readonly (readonly [Card, number])[] = [
  ['valid', 47],
  ['renewed early', 11],
  ['renewed late', 6],
  ['within 90 days', 5],
  ['within 60 days', 6],
  ['within 30 days', 6],
  ['within 7 days', 3],
  ['lapsed', 5],
  ['lapsed tonight', 1],
  ['paused for two causes', 1],
  ['one of two lapsed', 2],
  ['revoked', 2],
  ['none', 5],
]

/** The cards of a hundred mentors, shuffled: every situation occurs even in a small organisation. */
export function shuffleCards(random: Random): Card[] {
  return random.shuffle(DECK.flatMap(([card, count]) => Array.from({ length: count }, () => card)))
}

interface Setting {
  readonly random: Random
  readonly now: number
  readonly nights: ReadonlyMap<number, Night>
}

/** The steps by which a mentor came to hold what the card says, in the order of time. */
export function planCertifications(setting: Setting, card: Card): Step[] {
  const { random, now } = setting
  const type = random.chance(0.82) ? BASIC : random.chance(0.6) ? ADVANCED : LEVEL_2
  const inDays = (from: number, to: number) => startOfDay(now) + random.integer(from, to) * DAY
  switch (card) {
    case 'valid':
      return [certify(setting, type, inDays(91, 365 * yearsOf(type) - 20)), ...secondType(setting, type)]
    case 'renewed early':
      return planEarlyRenewal(setting, type)
    case 'renewed late':
      return planLateRenewal(setting, type)
    case 'within 90 days':
      return [certify(setting, type, inDays(61, 90))]
    case 'within 60 days':
      return [certify(setting, type, inDays(31, 60))]
    case 'within 30 days':
      return [certify(setting, type, inDays(8, 30)), ...secondType(setting, type)]
    case 'within 7 days':
      return [certify(setting, type, endOfDay(inDays(0, 7), now))]
    case 'lapsed':
    case 'paused for two causes':
      return [certify(setting, type, pickLapse(setting, random.chance(0.6) ? 25 : 170))]
    case 'lapsed tonight':
      return [planUnhandledLapse(setting, type)]
    case 'one of two lapsed':
      return [certify(setting, BASIC, inDays(91, 900)), certify(setting, ADVANCED, pickLapse(setting, 60))]
    case 'revoked': {
      const certification = certify(setting, type, inDays(91, 365 * yearsOf(type) - 90))
      const at = now - random.integer(2 * HOUR, Math.max(3 * HOUR, Math.min(80 * DAY, now - certification.at - DAY)))
      return [certification, { kind: 'revoke', at, type }]
    }
    case 'none':
      return []
  }
}

function yearsOf(type: string): number {
  return TERM_YEARS[type] ?? 1
}

/** The same day so many years later; negative for earlier. */
function addYears(millis: number, years: number): number {
  const date = new Date(millis)
  date.setUTCFullYear(date.getUTCFullYear() + years)
  return date.getTime()
}

function certify({ random, now }: Setting, type: string, expires_at: number): Certify {
  const issued_at = addYears(startOfDay(expires_at), -yearsOf(type))
  const recorded = issued_at + random.integer(0, 6) * DAY + random.integer(7 * 60, 15 * 60) * MINUTE
  return { kind: 'certify', at: Math.min(recorded, now - random.integer(2, 50) * HOUR), type, issued_at, expires_at }
}

function secondType(setting: Setting, held: string): Certify[] {
  const { random, now } = setting
  if (!random.chance(0.2)) return []
  const type = held === BASIC ? ADVANCED : BASIC
  return [certify(setting, type, startOfDay(now) + random.integer(70, 365 * yearsOf(type) - 20) * DAY)]
}

/** A minute before midnight in Norway, or the next day's where that is over. */
function endOfDay(day: number, now: number): number {
  const end = day + 22 * HOUR - MINUTE
  return end > now ? end : end + DAY
}

/** Midnight of a day on which a nightly run found what had lapsed; the contract's own runs found nobody else. */
function pickLapse({ random, now, nights }: Setting, withinDays: number): number {
  let expiry = startOfDay(lastNight(now)) - random.integer(0, withinDays) * DAY
  for (;;) {
    const night = findNight(nights, expiry, now)
    if (night !== null && !nights.get(night)?.fixed) return expiry
    expiry -= DAY
  }
}

/** No run has come by since: most lapsed this morning, some were recorded this morning with a date that had passed. */
function planUnhandledLapse(setting: Setting, type: string): Certify {
  const { random, now } = setting
  const since = lastNight(now) + MINUTE
  const thisMorning = since + Math.floor(random.fraction() * (now - since - 1))
  if (random.chance(0.7)) return certify(setting, type, thisMorning)
  const expires_at = startOfDay(now) - random.integer(3, 20) * DAY
  return { kind: 'certify', at: thisMorning, type, issued_at: addYears(expires_at, -yearsOf(type)), expires_at }
}

function planEarlyRenewal(setting: Setting, type: string): Certify[] {
  const { random, now } = setting
  const years = yearsOf(type)
  const expires_at = startOfDay(now) + random.integer(91, 365 * years - 10) * DAY
  const issued_at = addYears(expires_at, -years)
  const terms: Certify[] = []
  const earlier = random.chance(0.3) ? 2 : 1
  for (let back = earlier; back >= 1; back--) {
    terms.push(certify(setting, type, addYears(issued_at, -years * (back - 1))))
  }
  const at = Math.min(issued_at - random.integer(3, 40) * DAY + 10 * HOUR, now - random.integer(2, 90) * HOUR)
  return [...terms, { kind: 'certify', at, type, issued_at, expires_at }]
}

/** Lapsed, paused by the job, renewed after some days and with that active again. */
function planLateRenewal(setting: Setting, type: string): Certify[] {
  const { random, now } = setting
  const lapse = pickLapse(setting, random.chance(0.6) ? 45 : 200)
  const at = Math.min(
    lapse + random.integer(2, 25) * DAY + random.integer(8, 14) * HOUR,
    now - random.integer(60, 600) * MINUTE,
  )
  const issued_at = startOfDay(at)
  return [
    certify(setting, type, lapse),
    { kind: 'certify', at, type, issued_at, expires_at: addYears(issued_at, yearsOf(type)) },
  ]
}
