import { addDays, addMonths } from '@/lib/calendar'

/** What a coordinator has typed. */
export interface SnoozeChoice {
  readonly until: string
  readonly reason: string
  readonly owner: string
}

export type SnoozeErrors = Partial<Record<keyof SnoozeChoice, true>>

export const MAX_REASON = 500
export const MAX_OWNER = 200

/** What is a press away, counted from today. */
export const SPANS = {
  week: (today: string) => addDays(today, 7),
  fortnight: (today: string) => addDays(today, 14),
  month: (today: string) => addMonths(today, 1),
} as const

/** The first and the last day on which a warning may be back. */
export function snoozeBounds(today: string): { readonly first: string; readonly last: string } {
  return { first: addDays(today, 1), last: addMonths(today, 12) }
}

/** What has to be mended before it can be sent. `today` is `YYYY-MM-DD` in the organisation's zone. */
export function findErrors({ until, reason, owner }: SnoozeChoice, today: string): SnoozeErrors {
  const { first, last } = snoozeBounds(today)
  return {
    ...((!/^\d{4}-\d\d-\d\d$/.test(until) || until < first || until > last) && { until: true }),
    ...((reason.trim() === '' || reason.trim().length > MAX_REASON) && { reason: true }),
    ...((owner.trim() === '' || owner.trim().length > MAX_OWNER) && { owner: true }),
  }
}
