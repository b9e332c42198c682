import 'server-only'
import type { Call } from '@/lib/call'
import { type Db, rows, type Sql, sql } from '@/lib/db'
import type { ActivityFields } from './schema'

export interface Activity extends ActivityFields {
  readonly key: number
  /** `act_…` */
  readonly id: string
  readonly mentor_key: number
  readonly mentor_id: string
  readonly mentor_name: string
  readonly version: number
  /** Names the content: raised with every change, set back when a change is undone. */
  readonly content_version: number
  /** Mentor ids of those who led it together with the one who logged it. */
  readonly co_leaders: readonly string[]
}

/**
 * `sums.total_activities` and `sums.total_sessions` of the mentor `m` in the organisation `o` over the last `days` days of
 * the organisation's calendar, led and co-led alike: to be joined to a statement that has both. An activity of a type that
 * the catalogue does not know is not known to be a session.
 */
export function sumActivities(call: Call, days: number): Sql {
  // OFFSET 0 keeps the planner from reading all activities of these days to find the few that were co-led
  return sql`CROSS JOIN LATERAL (
      SELECT count(*) AS total_activities, count(*) FILTER (WHERE t.counts_as_session) AS total_sessions
      FROM (
        SELECT a.activity_type_id, a.date FROM activity a WHERE a.mentor_key = m.key
        UNION ALL
        SELECT a.activity_type_id, a.date FROM activity_co_leader c
        CROSS JOIN LATERAL (SELECT activity_type_id, date FROM activity WHERE key = c.activity_key OFFSET 0) AS a
        WHERE c.mentor_key = m.key
      ) AS led
      LEFT JOIN activity_type t ON t.org_id = m.org_id AND t.id = led.activity_type_id
      WHERE led.date > (${call.now}::timestamptz AT TIME ZONE o.time_zone)::date - ${days}::int
        AND led.date <= (${call.now}::timestamptz AT TIME ZONE o.time_zone)::date
    ) AS sums`
}

/** The activities with these internal keys; those that are gone are left out. */
export async function findActivities(db: Db, call: Call, keys: readonly number[]): Promise<Map<number, Activity>> {
  const found = await rows<Activity>(
    db,
    sql`SELECT a.key, a.id, a.mentor_key, m.mentor_id, m.full_name AS mentor_name, a.activity_type_id, a.date, a.title,
          a.duration_minutes, a.location, a.starts_at, a.participant_count, a.notes, a.extra, a.version, a.content_version,
          ARRAY(SELECT l.mentor_id FROM activity_co_leader c JOIN mentor l ON l.key = c.mentor_key
                WHERE c.activity_key = a.key ORDER BY l.mentor_id) AS co_leaders
        FROM activity a JOIN mentor m ON m.key = a.mentor_key
        WHERE a.org_id = ${call.caller.org} AND a.key = ANY(${keys})`,
  )
  return new Map(found.map((activity) => [activity.key, activity]))
}

/** One activity, or null; a null key names none. */
export async function findActivity(db: Db, call: Call, key: number | null): Promise<Activity | null> {
  return key === null ? null : ((await findActivities(db, call, [key])).get(key) ?? null)
}

/** An activity in the words of the API, for the change log. */
export function activityRecord({ key: _, mentor_key: __, mentor_name: ___, ...record }: Activity) {
  return record
}

export interface ActivityTypeName {
  readonly id: string
  readonly name_nb: string
  readonly name_en: string
}

/** The organisation's catalogue of activity types; drafts may name types that it does not know. */
export function listActivityTypes(db: Db, call: Call): Promise<ActivityTypeName[]> {
  return rows(db, sql`SELECT id, name_nb, name_en FROM activity_type WHERE org_id = ${call.caller.org} ORDER BY id`)
}
