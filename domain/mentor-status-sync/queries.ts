import 'server-only'
import { hasLapsed } from '@/domain/certifications/expiry-rules'
import { mentorNotFound, statusOf } from '@/domain/mentors/lock'
import { type PhoneTime, phoneClockOf } from '@/domain/mentors/phone-clock'
import type { Answer, Call } from '@/lib/call'
import { type Db, first, join, rows, type Sql, sql } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { type Instant, secondsBetween, wireTime, wireTimeOrNull } from '@/lib/instant'
import { pageWithTotal } from '@/lib/list-total'
import { pageSlice } from '@/lib/pagination'
import { type List, listOf } from '@/lib/wire'
import type { ListSyncEventsQuery, StatusSnapshot, SyncEventDetail, SyncEventItem } from './schema'

interface ItemRow extends Pick<SyncEventItem, 'mentor_id' | 'event_type' | 'resulting_status' | 'acknowledged'> {
  id: string
  server_timestamp: Instant
}

const itemColumns = sql`e.id, m.mentor_id, e.event_type, e.resulting_status, e.server_timestamp,
  e.acknowledged_at IS NOT NULL AS acknowledged`

function toItem(row: ItemRow): SyncEventItem {
  return {
    sync_event_id: row.id,
    mentor_id: row.mentor_id,
    event_type: row.event_type,
    resulting_status: row.resulting_status,
    server_timestamp: wireTime(row.server_timestamp),
    acknowledged: row.acknowledged,
  }
}

// The order to apply events in: at equal times the pause comes last, because it wins.
const orders: Record<ListSyncEventsQuery['sort'], Sql> = {
  effective_at: sql`e.effective_at, e.event_type DESC, e.key`,
  '-effective_at': sql`e.effective_at DESC, e.event_type, e.key DESC`,
  server_timestamp: sql`e.server_timestamp, e.key`,
  '-server_timestamp': sql`e.server_timestamp DESC, e.key DESC`,
}

/** Sync events in the order to apply them in, by default those yet to be acknowledged, superseded ones included. */
export async function listSyncEvents(
  db: Db,
  call: Call,
  query: ListSyncEventsQuery,
): Promise<Answer<List<SyncEventItem>>> {
  const { org } = call.caller
  const { page, limit, sort, acknowledged, event_type, origin, mentor_id } = query
  const conditions = [sql`e.org_id = ${org}`, sql`e.deleted_at IS NULL`]
  if (acknowledged === 'true') conditions.push(sql`e.acknowledged_at IS NOT NULL`)
  if (acknowledged === 'false') conditions.push(sql`e.acknowledged_at IS NULL`)
  if (event_type) conditions.push(sql`e.event_type = ${event_type}`)
  if (origin) conditions.push(sql`e.origin = ${origin}`)
  if (mentor_id) {
    conditions.push(sql`e.mentor_key = (SELECT key FROM mentor
      WHERE org_id = ${org} AND mentor_id = ${mentor_id} AND erased_at IS NULL)`)
  }
  const where = join(conditions, ' AND ')
  const found = await pageWithTotal<ItemRow>(
    db,
    sql`SELECT ${itemColumns}
        FROM (SELECT e.* FROM sync_event AS e WHERE ${where}
              ORDER BY ${orders[sort]} ${pageSlice({ page, limit })}) AS e
        JOIN mentor AS m ON m.key = e.mentor_key
        ORDER BY ${orders[sort]}`,
    sql`SELECT count(*) FROM sync_event AS e WHERE ${where}`,
  )
  return { body: listOf(found.rows.map(toItem), query, found.total) }
}

interface SnapshotRow extends Omit<ItemRow, 'id'> {
  /** Null in the one row of a mentor without pending events. */
  id: string | null
  paused_by_hand: boolean
  paused_by_certification: boolean
  status_updated_at: Instant
  first_expiry: Instant | null
  last_expiry: Instant | null
  revision: number
}

/** A mentor's status at this moment with all events yet to be acknowledged. Throws `mentor_not_found`. */
export async function getStatusSnapshot(db: Db, call: Call, mentorId: string): Promise<Answer<StatusSnapshot>> {
  const found = await rows<SnapshotRow>(
    db,
    sql`SELECT ${itemColumns}, m.paused_by_hand, m.paused_by_certification, m.status_updated_at, m.first_expiry, m.last_expiry, m.revision
        FROM mentor AS m
        LEFT JOIN sync_event AS e ON e.mentor_key = m.key AND e.acknowledged_at IS NULL AND e.deleted_at IS NULL
        WHERE m.org_id = ${call.caller.org} AND m.mentor_id = ${mentorId} AND m.erased_at IS NULL
        ORDER BY ${orders.effective_at}`,
  )
  const mentor = found[0]
  if (!mentor) throw mentorNotFound(mentorId)
  const status = statusOf(mentor)
  const holdsValid = mentor.last_expiry !== null && mentor.last_expiry > call.now
  return {
    version: mentor.revision,
    body: {
      mentor_id: mentor.mentor_id,
      status,
      is_eligible_for_assignment: status === 'active' && holdsValid && !hasLapsed(mentor.first_expiry, call.now),
      last_updated: wireTime(mentor.status_updated_at),
      pending_events: found.flatMap((row) => (row.id === null ? [] : toItem({ ...row, id: row.id }))),
    },
  }
}

interface DetailRow
  extends Pick<
      SyncEventDetail,
      | 'mentor_id'
      | 'event_type'
      | 'origin'
      | 'accepted'
      | 'rejection_reason'
      | 'resulting_status'
      | 'held_by'
      | 'reason'
      | 'note'
      | 'acknowledged_by'
    >,
    PhoneTime {
  id: string
  newer_at: Instant | null
  effective_at: Instant
  server_timestamp: Instant
  acknowledged_at: Instant | null
  updated_at: Instant
  version: number
}

/**
 * The effective time of what superseded the event `e`: commands on one mentor are serial, so what had been accepted
 * before has a lower key, and a deleted event has superseded others all the same.
 */
export const newerEventTime = sql`CASE WHEN NOT e.accepted THEN (
    SELECT max(n.effective_at) FROM sync_event AS n
    WHERE n.mentor_key = e.mentor_key AND n.accepted AND n.origin = 'app' AND n.key < e.key
  ) END AS newer_at`

/** One event whole. Throws `event_not_found`. */
export async function getSyncEvent(db: Db, call: Call, id: string): Promise<Answer<SyncEventDetail>> {
  const row = await first<DetailRow>(
    db,
    sql`SELECT e.*, m.mentor_id, ${newerEventTime}
        FROM sync_event AS e JOIN mentor AS m ON m.key = e.mentor_key
        WHERE e.org_id = ${call.caller.org} AND e.id = ${id} AND e.deleted_at IS NULL`,
  )
  if (!row) throw syncEventNotFound(id)
  const { client_timestamp: client, server_timestamp: server } = row
  return {
    version: row.version,
    body: {
      sync_event_id: row.id,
      mentor_id: row.mentor_id,
      event_type: row.event_type,
      origin: row.origin,
      accepted: row.accepted,
      rejection_reason: row.rejection_reason,
      superseded_by_event_of: wireTimeOrNull(row.newer_at),
      resulting_status: row.resulting_status,
      held_by: row.held_by,
      reason: row.reason,
      note: row.note,
      client_timestamp: wireTimeOrNull(client),
      ...phoneClockOf(row),
      effective_at: wireTime(row.effective_at),
      server_timestamp: wireTime(server),
      skew_seconds: client === null ? null : secondsBetween(client, server),
      acknowledged: row.acknowledged_at !== null,
      acknowledged_at: wireTimeOrNull(row.acknowledged_at),
      acknowledged_by: row.acknowledged_by,
      created_at: wireTime(server),
      updated_at: wireTime(row.updated_at),
    },
  }
}

export function syncEventNotFound(id: string): AppError {
  return new AppError('event_not_found', `There is no sync event ${id}; it may have been deleted.`)
}
