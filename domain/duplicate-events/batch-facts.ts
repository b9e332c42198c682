import 'server-only'
import { type CountableRule, findOnDays, requireCountableRule } from '@/domain/activities/countable'
import { type Activity, findActivities } from '@/domain/activities/queries'
import type { Call } from '@/lib/call'
import { type Db, rows, sql } from '@/lib/db'
import type { Instant } from '@/lib/instant'
import type { Logged } from './countable-change'
import { type EventRow, eventColumns, eventId } from './event-row'
import { type LiveCandidate, listLiveCandidates } from './live-candidates'

export type NamedEvent = EventRow & { readonly cancelled_at: Instant | null }

/** What a plan is made of: read once for all of it. */
export interface BatchFacts {
  /** By the keys of the events, surest first. */
  readonly found: ReadonlyMap<number, readonly LiveCandidate[]>
  /** As they will be after the rows that come before. */
  readonly activities: Map<number, Activity>
  /** What the mentors concerned logged on the days concerned, likewise. */
  readonly logged: Map<number | string, Logged>
  /** Activities, and drafts that were decided to be distinct from them. */
  readonly distinct: readonly { readonly activity_key: number; readonly draft_key: number }[]
  readonly rule: CountableRule
}

/** The events by their ids, also those that were cancelled; ids that name none are left out. */
export async function findNamedEvents(db: Db, call: Call, ids: readonly string[]): Promise<Map<string, NamedEvent>> {
  const numbers = ids.map((id) => Number(id.slice('evt-'.length)))
  const found = await rows<NamedEvent>(
    db,
    sql`SELECT ${eventColumns}, e.cancelled_at
        FROM duplicate_event e JOIN mentor m ON m.key = e.mentor_key AND m.erased_at IS NULL
        WHERE e.org_id = ${call.caller.org} AND e.number = ANY(${numbers})`,
  )
  return new Map(found.map((event) => [eventId(event), event]))
}

/** What decisions about these events can touch. */
export async function readBatchFacts(db: Db, call: Call, events: readonly EventRow[]): Promise<BatchFacts> {
  const eventKeys = events.map(({ key }) => key)
  const live = await listLiveCandidates(db, eventKeys)
  const keys = live.flatMap(({ activity_key }) => (activity_key === null ? [] : [activity_key]))
  const activities = await findActivities(db, call, [...new Set(keys)])
  const logged = await findOnDays(
    db,
    [...events, ...activities.values()].map(({ mentor_key, date }) => ({ mentor_key, date })),
  )
  return {
    found: new Map(eventKeys.map((key) => [key, live.filter(({ event_key }) => event_key === key)])),
    activities,
    logged: new Map(logged.map((one) => [one.key, one])),
    distinct: await rows(
      db,
      sql`SELECT activity_key, other_draft_key AS draft_key FROM distinct_pair WHERE other_draft_key = ANY(${eventKeys})`,
    ),
    rule: await requireCountableRule(db, call),
  }
}
