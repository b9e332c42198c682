import type { CountableRule, Counted } from '@/domain/activities/countable'
import { isCountable, type Slot } from '@/domain/activities/countable-rule'

/** An activity under its key; a draft that may become one, under its id. */
export type Logged = Counted & { readonly key: number | string }

/** The slots in which an activity of the mentor counts, of all that is logged, apart from that of this key. */
export function slotsBesides(
  rule: CountableRule,
  logged: Iterable<Logged>,
  { mentor_key, key }: Pick<Logged, 'mentor_key' | 'key'>,
): Slot[] {
  const others = [...logged].filter((one) => one.mentor_key === mentor_key && one.key !== key && isCountable(rule, one))
  const slots = new Map(
    others.map(({ activity_type_id, date }) => [`${date} ${activity_type_id}`, { activity_type_id, date }]),
  )
  return [...slots.values()]
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
