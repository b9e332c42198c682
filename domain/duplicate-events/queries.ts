import 'server-only'
import type { Answer, Call } from '@/lib/call'
import { type Db, join, one, type Sql, sql } from '@/lib/db'
import { pageWithTotal } from '@/lib/list-total'
import { pageSlice } from '@/lib/pagination'
import { type List, listOf } from '@/lib/wire'
import { type EventRow, eventColumns, liveEvents, requireEvent } from './event-row'
import { waitsForReview } from './queue-order'
import type { DuplicateEvent, DuplicateListItem, DuplicateListQuery } from './schema'
import { detailOf, listItemOf } from './wire'

const ORDERS: Record<DuplicateListQuery['sort'], Sql> = {
  dispatched_at: sql`e.dispatched_at, e.key`,
  '-dispatched_at': sql`e.dispatched_at DESC, e.key DESC`,
  date: sql`e.date, e.key`,
  '-date': sql`e.date DESC, e.key DESC`,
}

/** Events that are not cancelled, oldest first. */
export async function listDuplicateEvents(
  db: Db,
  call: Call,
  query: DuplicateListQuery,
): Promise<Answer<List<DuplicateListItem>>> {
  const { page, limit, sort, ...filter } = query
  const where = join(
    [
      sql`e.org_id = ${call.caller.org} AND e.cancelled_at IS NULL`,
      filter.state && sql`e.state = ${filter.state}`,
      filter.event_type && sql`e.event_type = ${filter.event_type}`,
      filter.peer_id &&
        sql`e.mentor_key = (SELECT key FROM mentor WHERE org_id = ${call.caller.org} AND mentor_id = ${filter.peer_id})`,
      filter.activity_type_id && sql`e.activity_type_id = ${filter.activity_type_id}`,
      filter.date_from && sql`e.date >= ${filter.date_from}`,
      filter.date_to && sql`e.date <= ${filter.date_to}`,
    ].filter((part) => part !== undefined && part !== ''),
    ' AND ',
  )
  const found = await pageWithTotal<EventRow>(
    db,
    sql`SELECT ${eventColumns} FROM ${liveEvents} WHERE ${where}
        ORDER BY ${ORDERS[sort]} ${pageSlice({ page, limit })}`,
    sql`SELECT count(*) FROM ${liveEvents} WHERE ${where}`,
  )
  return { body: listOf(found.rows.map(listItemOf), query, found.total) }
}

/** One event whole. Throws `event_not_found`. */
export async function getDuplicateEvent(db: Db, call: Call, id: string): Promise<Answer<DuplicateEvent>> {
  const event = await requireEvent(db, call, id)
  return { body: detailOf(event), version: event.version }
}

/** How many drafts wait for a coordinator. */
export async function countReviews(db: Db, call: Call): Promise<number> {
  const { total } = await one<{ total: number }>(
    db,
    sql`SELECT count(*) AS total FROM ${liveEvents} WHERE ${waitsForReview(call)}`,
  )
  return total
}
