import 'server-only'
import { hasLapsed } from '@/domain/certifications/expiry-rules'
import { mentorNotFound, statusOf } from '@/domain/mentors/lock'
import type { Answer, Call } from '@/lib/call'
import { type Db, first, join, one, rows, type Sql, sql } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { type Instant, secondsBetween, wireTime, wireTimeOrNull } from '@/lib/instant'
import { pageWithTotal } from '@/lib/list-total'
import { pageSlice } from '@/lib/pagination'
import { type List, listOf, type PageQuery } from '@/lib/wire'
import type { ListSyncEventsQuery, StatusSnapshot, SyncEventDetail, SyncEventItem, SyncEventType } from './schema'

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
  > {
  id: string
  newer_at: Instant | null
  client_timestamp: Instant | null
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
const newerEventTime = sql`CASE WHEN NOT e.accepted THEN (
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

/** Every app event lies in exactly one: waiting and applied, waiting and not accepted, acknowledged. */
export type SyncInboxTab = 'pending' | 'not_accepted' | 'acknowledged'

interface InboxColumns {
  sync_event_id: string
  mentor_id: string
  mentor_name: string
  event_type: SyncEventType
  /** The mentor's own words, and the coordinator's note beside them. */
  reason: string | null
  note: string | null
  client_timestamp: Instant | null
  effective_at: Instant
  server_timestamp: Instant
  accepted: boolean
  resulting_status: 'active' | 'paused'
  held_by: 'certification_expired' | null
  /** Effective time of the newer event for which this one was not accepted; null on accepted ones. */
  newer_at: Instant | null
  acknowledged_at: Instant | null
  acknowledged_by: string | null
  version: number
}

export interface SyncInboxRow extends InboxColumns {
  /** How far the phone's clock was ahead of the server's; 0 where it was not, or no client time came along. */
  ahead_seconds: number
  /** How long after the fact the event arrived, by the phone's clock; 0 as above. */
  late_by_seconds: number
}

const tabs: Record<SyncInboxTab, { where: Sql; order: Sql }> = {
  pending: {
    where: sql`e.acknowledged_at IS NULL AND e.accepted`,
    order: sql`e.effective_at, e.event_type DESC, e.key`,
  },
  not_accepted: {
    where: sql`e.acknowledged_at IS NULL AND NOT e.accepted`,
    order: sql`e.effective_at, e.event_type DESC, e.key`,
  },
  acknowledged: { where: sql`e.acknowledged_at IS NOT NULL`, order: sql`e.acknowledged_at DESC, e.key DESC` },
}

/** What phones and coordinators reported: waiting events oldest first, acknowledged ones latest first. */
export async function listSyncInbox(
  db: Db,
  call: Call,
  query: PageQuery & { readonly tab: SyncInboxTab },
): Promise<{ rows: SyncInboxRow[]; total: number }> {
  const { page, limit } = query
  const tab = tabs[query.tab]
  const where = sql`e.org_id = ${call.caller.org} AND e.origin = 'app' AND e.deleted_at IS NULL AND ${tab.where}`
  const found = await pageWithTotal<InboxColumns>(
    db,
    sql`SELECT e.id AS sync_event_id, m.mentor_id, m.full_name AS mentor_name, e.event_type, e.reason, e.note,
          e.client_timestamp, e.effective_at, e.server_timestamp, e.accepted, e.resulting_status, e.held_by,
          e.acknowledged_at, e.acknowledged_by, e.version, ${newerEventTime}
        FROM (SELECT e.* FROM sync_event AS e WHERE ${where} ORDER BY ${tab.order} ${pageSlice({ page, limit })}) AS e
        JOIN mentor AS m ON m.key = e.mentor_key
        ORDER BY ${tab.order}`,
    sql`SELECT count(*) FROM sync_event AS e WHERE ${where}`,
  )
  return { rows: found.rows.map(withSkew), total: found.total }
}

function withSkew(row: InboxColumns): SyncInboxRow {
  const skew = row.client_timestamp === null ? 0 : secondsBetween(row.client_timestamp, row.server_timestamp)
  return { ...row, ahead_seconds: Math.max(0, skew), late_by_seconds: Math.max(0, -skew) }
}

/** How many events lie in each tab of the inbox. */
export async function countSyncInbox(db: Db, call: Call): Promise<Record<SyncInboxTab, number>> {
  const counted = (tab: SyncInboxTab) => sql`(SELECT count(*) FROM sync_event AS e
    WHERE e.org_id = ${call.caller.org} AND e.origin = 'app' AND e.deleted_at IS NULL AND ${tabs[tab].where})`
  return one(
    db,
    sql`SELECT ${counted('pending')} AS pending, ${counted('not_accepted')} AS not_accepted,
          ${counted('acknowledged')} AS acknowledged`,
  )
}
