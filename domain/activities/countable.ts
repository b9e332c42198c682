import 'server-only'
import type { Call } from '@/lib/call'
import { type Db, one, rows, sql } from '@/lib/db'
import { isCountable } from './countable-rule'

/** What an organisation counts for its grants: its own reading, not an official one. */
export interface CountableRule {
  readonly participants: number
  readonly minutes: number
  /** Several of one mentor, type and day count once. */
  readonly once_a_day: boolean
}

/** Of an activity, or of a draft that may become one, what decides whether it counts. */
export interface Counted {
  readonly mentor_key: number
  readonly activity_type_id: string
  /** `YYYY-MM-DD` */
  readonly date: string
  readonly participant_count: number | null
  readonly duration_minutes: number | null
}

/** The organisation's rule as it stands. */
export async function requireCountableRule(db: Db, call: Call): Promise<CountableRule> {
  return one(
    db,
    sql`SELECT countable_participants AS participants, countable_minutes AS minutes, countable_once_a_day AS once_a_day
        FROM organisation WHERE id = ${call.caller.org}`,
  )
}

/** How many of them count. */
export function countCountable(rule: CountableRule, activities: readonly Counted[]): number {
  const counted = activities.filter((activity) => isCountable(rule, activity))
  if (!rule.once_a_day) return counted.length
  return new Set(counted.map((one) => JSON.stringify([one.mentor_key, one.activity_type_id, one.date]))).size
}

/** All that these mentors logged on these days, by an index: what a change of one of them can make count or not. */
export async function findOnDays(
  db: Db,
  days: readonly Pick<Counted, 'mentor_key' | 'date'>[],
): Promise<(Counted & { readonly key: number })[]> {
  return rows(
    db,
    sql`SELECT DISTINCT a.key, a.mentor_key, a.activity_type_id, a.date, a.participant_count, a.duration_minutes
        FROM jsonb_to_recordset(${JSON.stringify(days)}::jsonb) AS day(mentor_key bigint, date date)
        JOIN activity a ON a.mentor_key = day.mentor_key AND a.date = day.date`,
  )
}
