import { addMonths, daysBetween, endOfDay, localDate } from '@/lib/calendar'
import type { Instant } from '@/lib/instant'

export const BASES = ['fromExpiry', 'fromToday', 'fixed'] as const
export type Basis = (typeof BASES)[number]

export const MAX_MONTHS = 120

/** What a coordinator has chosen, as typed. Of several certifications, no months stand for the previous term of each. */
export interface RenewalChoice {
  readonly basis: Basis
  readonly months: string
  readonly fixed: string
}

/** The last valid day (`YYYY-MM-DD`), or which words say what is wrong with the choice, and where it would have led. */
export type RenewalResult =
  | { readonly lastDay: string }
  | { readonly error: 'months' | 'date' | 'past' | 'shorter'; readonly date?: string }

interface Term {
  readonly issued_at: string
  readonly expires_at: string
}

/** What is renewed; `version` as it was read. */
export interface Renewable extends Term {
  readonly certification_id: string
  readonly full_name: string
  readonly certification_type: string
  readonly version: number
  readonly days_left: number
  /** Whether the expiry job has paused the mentor for it: a renewal lifts that, and cannot be taken back. */
  readonly auto_pause_applied: boolean
}

/** Where and when a date is counted: `today` is `YYYY-MM-DD` in `timeZone`. */
interface Calendar {
  readonly today: string
  readonly timeZone: string
}

/**
 * The previous term in whole months, from 1 to 120. One within three months of whole years counts as those: an early
 * renewal makes a term longer than the organisation means it to be, and must not grow with each renewal.
 */
export function termInMonths({ issued_at, expires_at }: Term): number {
  const months = Math.round(daysBetween(issued_at.slice(0, 10), expires_at.slice(0, 10)) / 30.44)
  const years = Math.round(months / 12)
  const whole = years > 0 && Math.abs(months - years * 12) <= 3 ? years * 12 : months
  return Math.min(MAX_MONTHS, Math.max(1, whole))
}

/**
 * What the dialog proposes: nobody loses time by renewing early, nobody gets a date in the past by renewing late, and
 * each keeps the length of its term.
 */
export function proposeRenewal(rows: readonly (Term & { readonly days_left: number })[]): RenewalChoice {
  const terms = new Set(rows.map(termInMonths))
  return {
    basis: rows.every((row) => row.days_left < 0) ? 'fromToday' : 'fromExpiry',
    months: terms.size === 1 ? String([...terms][0]) : '',
    fixed: '',
  }
}

/** Where a choice leads for one certification. A renewal ends today or later, and later than what it renews. */
export function renewalResult(choice: RenewalChoice, row: Term, { today, timeZone }: Calendar): RenewalResult {
  const present = localDate(row.expires_at as Instant, timeZone)
  const lastDay = choice.basis === 'fixed' ? fixedDay(choice, today) : countedDay(choice, present, today)
  if (typeof lastDay !== 'string') return lastDay
  if (lastDay < today) return { error: 'past', date: lastDay }
  return lastDay <= present ? { error: 'shorter', date: lastDay } : { lastDay }
}

function fixedDay({ fixed }: RenewalChoice, today: string): string | { error: 'date' } {
  const sound = /^\d{4}-\d\d-\d\d$/.test(fixed) && fixed >= today && fixed <= addMonths(today, MAX_MONTHS)
  return sound ? fixed : { error: 'date' }
}

function countedDay({ basis, months }: RenewalChoice, present: string, today: string): string | { error: 'months' } {
  const count = /^\d{1,3}$/.test(months.trim()) ? Number(months) : 0
  if (count < 1 || count > MAX_MONTHS) return { error: 'months' }
  return addMonths(basis === 'fromToday' ? today : present, count)
}

/** A certification with where the choice leads for it. */
export interface PlannedRenewal {
  readonly row: Renewable
  readonly result: RenewalResult
}

/** Where a choice leads for each of several; those for which it makes no sense come first. */
export function planRenewals(
  choice: RenewalChoice,
  rows: readonly Renewable[],
  calendar: Calendar,
): readonly PlannedRenewal[] {
  const planned = rows.map((row): PlannedRenewal => {
    const each = rows.length > 1 && choice.months.trim() === ''
    return {
      row,
      result: renewalResult(each ? { ...choice, months: String(termInMonths(row)) } : choice, row, calendar),
    }
  })
  return [...planned.filter(({ result }) => 'error' in result), ...planned.filter(({ result }) => 'lastDay' in result)]
}

/** The dates that the API is told: valid from `now` to the last second of the last day. */
export function renewedDates(lastDay: string, now: Date, timeZone: string): Term {
  return { issued_at: now.toISOString(), expires_at: endOfDay(lastDay, timeZone) }
}
