import type { Instant } from '@/lib/instant'

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'] as const

/** `job_26MAR2026_`: what the ids of all runs of a day in UTC begin with. */
export function jobRunPrefix(now: Instant): string {
  return `job_${now.slice(8, 10)}${MONTHS[Number(now.slice(5, 7)) - 1]}${now.slice(0, 4)}_`
}

/** `job_26MAR2026_01`; `counter` from 1. */
export function jobRunIdOf(now: Instant, counter: number): string {
  return jobRunPrefix(now) + String(counter).padStart(2, '0')
}
