import { type CountableRule, type Counted, countCountable } from '@/domain/activities/countable'
import type { ActivityFields } from '@/domain/activities/schema'
import type { Resolution } from './states'

/** What is counted on the days that a decision can touch. */
export interface CountFacts {
  readonly rule: CountableRule
  readonly logged: readonly (Counted & { readonly key: number })[]
}

/** By how much the number of countable activities changes with a decision, merged as `merged` says. */
export function countableChange(
  { rule, logged }: CountFacts,
  resolution: Resolution,
  draft: Counted,
  activity: { readonly key: number; readonly mentor_key: number } | null,
  merged: ActivityFields | null,
): number {
  if (resolution === 'discard_draft') return 0
  const before = countCountable(rule, logged)
  if (resolution === 'keep_both') return countCountable(rule, [...logged, draft]) - before
  if (!activity || !merged) return 0
  const others = logged.filter(({ key }) => key !== activity.key)
  return countCountable(rule, [...others, { ...merged, mentor_key: activity.mentor_key }]) - before
}

/** The days of those mentors whose activities a decision can make count or not. */
export function concernedDays(
  { mentor_key, date }: Pick<Counted, 'mentor_key' | 'date'>,
  activity: Pick<Counted, 'mentor_key' | 'date'> | null,
): { mentor_key: number; date: string }[] {
  const own = { mentor_key, date }
  if (!activity) return [own]
  // a merge can take the draft's day over
  return [own, { mentor_key: activity.mentor_key, date: activity.date }, { mentor_key: activity.mentor_key, date }]
}
