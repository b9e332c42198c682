import 'server-only'
import type { Answer, Call } from '@/lib/call'
import { type Db, one, type Sql, sql } from '@/lib/db'
import { type Instant, wireTime } from '@/lib/instant'
import { pageWithTotal } from '@/lib/list-total'
import { pageSlice } from '@/lib/pagination'
import { type List, listOf } from '@/lib/wire'
import { type EventRow, eventId, liveEvents } from './event-row'
import type { FailedEvent, FailedEventsQuery } from './failed-schema'

type Row = Omit<FailedEvent, 'id' | 'dispatched_at'> & Pick<EventRow, 'number'> & { readonly dispatched_at: Instant }

const ORDERS: Readonly<Record<FailedEventsQuery['sort'], Sql>> = {
  dispatched_at: sql`e.dispatched_at, e.key`,
  '-dispatched_at': sql`e.dispatched_at DESC, e.key DESC`,
}

/** Checks and merges that could not be carried out, those that have waited longest first. */
export async function viewFailedEvents(
  db: Db,
  call: Call,
  query: FailedEventsQuery,
): Promise<Answer<List<FailedEvent>>> {
  const found = await pageWithTotal<Row>(
    db,
    sql`SELECT e.number, e.event_type, m.mentor_id, m.full_name AS mentor_name, nullif(btrim(e.draft ->> 'title'), '') AS title,
          e.activity_type_id, e.date, e.dispatched_at, e.error
        FROM ${liveEvents} WHERE ${hasFailed(call)} ORDER BY ${ORDERS[query.sort]} ${pageSlice(query)}`,
    sql`SELECT count(*) FROM ${liveEvents} WHERE ${hasFailed(call)}`,
  )
  const data = found.rows.map(({ number, dispatched_at, event_type, mentor_id, mentor_name, ...row }) => ({
    id: eventId({ number }),
    event_type,
    mentor_id,
    mentor_name,
    title: row.title,
    activity_type_id: row.activity_type_id,
    date: row.date,
    dispatched_at: wireTime(dispatched_at),
    error: row.error,
  }))
  return { body: listOf(data, query, found.total) }
}

/** How many of them there are. */
export async function countFailedEvents(db: Db, call: Call): Promise<number> {
  return (await one<{ count: number }>(db, sql`SELECT count(*) AS count FROM ${liveEvents} WHERE ${hasFailed(call)}`))
    .count
}

function hasFailed(call: Call): Sql {
  return sql`e.org_id = ${call.caller.org} AND e.state = 'failed' AND e.cancelled_at IS NULL`
}
