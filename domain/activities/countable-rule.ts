import type { CountableRule, Counted } from './countable'

// without the database: a browser counts by the same rule

/** Whether it counts, taken by itself. What is not told does not reach a threshold above 0. */
export function isCountable(
  rule: CountableRule,
  activity: Pick<Counted, 'participant_count' | 'duration_minutes'>,
): boolean {
  const { participant_count, duration_minutes } = activity
  return (participant_count ?? 0) >= rule.participants && (duration_minutes ?? 0) >= rule.minutes
}

/** What a mentor's activities of one type and day share where several count once. */
export type Slot = Pick<Counted, 'activity_type_id' | 'date'>

/**
 * By how much the number of countable activities changes where a mentor's activity `before` becomes `after`, null where
 * there is none; `besides` are the slots in which another activity of the mentor counts.
 */
export function countableChange(
  rule: CountableRule,
  besides: readonly Slot[],
  before: Omit<Counted, 'mentor_key'> | null,
  after: Omit<Counted, 'mentor_key'> | null,
): number {
  const adds = (activity: typeof before) =>
    activity !== null && isCountable(rule, activity) && !(rule.once_a_day && besides.some(isSlotOf(activity)))
  return Number(adds(after)) - Number(adds(before))
}

function isSlotOf({ activity_type_id, date }: Slot) {
  return (slot: Slot) => slot.activity_type_id === activity_type_id && slot.date === date
}
