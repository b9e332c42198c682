import { addMonths, daysBetween, localDate } from '@/lib/calendar'
import type { Instant } from '@/lib/instant'

export const BASES = ['fromExpiry', 'fromToday', 'fixed'] as const
export type Basis = (typeof BASES)[number]

export const MAX_MONTHS = 120

/** What a coordinator has chosen, as typed. */
export interface RenewalChoice {
  readonly basis: Basis
  readonly months: string
  readonly fixed: string
}

/** The last valid day (`YYYY-MM-DD`), or which words say what is wrong with the choice. */
export type RenewalResult = { readonly lastDay: string } | { readonly error: 'months' | 'date' | 'past'; date?: string }

interface Term {
  readonly issued_at: string
  readonly expires_at: string
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

/** What the dialog proposes: nobody loses time by renewing early, nobody gets a date in the past by renewing late. */
export function proposeRenewal(certification: Term & { readonly days_left: number }): RenewalChoice {
  return {
    basis: certification.days_left < 0 ? 'fromToday' : 'fromExpiry',
    months: String(termInMonths(certification)),
    fixed: '',
  }
}

/** Where a choice leads, counted in the calendar of `timeZone`. `today` is `YYYY-MM-DD` there. */
export function renewalResult(
  choice: RenewalChoice,
  expiresAt: string,
  { today, timeZone }: { readonly today: string; readonly timeZone: string },
): RenewalResult {
  if (choice.basis === 'fixed') {
    const sound = /^\d{4}-\d\d-\d\d$/.test(choice.fixed) && choice.fixed >= today
    return sound && choice.fixed <= addMonths(today, MAX_MONTHS) ? { lastDay: choice.fixed } : { error: 'date' }
  }
  const months = /^\d{1,3}$/.test(choice.months.trim()) ? Number(choice.months) : 0
  if (months < 1 || months > MAX_MONTHS) return { error: 'months' }
  const start = choice.basis === 'fromToday' ? today : localDate(expiresAt as Instant, timeZone)
  const lastDay = addMonths(start, months)
  return lastDay < today ? { error: 'past', date: lastDay } : { lastDay }
}
