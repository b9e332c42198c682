import 'server-only'
import type { Call } from '@/lib/call'
import { type Db, one, type Sql, sql } from '@/lib/db'
import { type Instant, secondsBetween } from '@/lib/instant'
import { pageWithTotal } from '@/lib/list-total'
import type { PageQuery } from '@/lib/wire'
import { newerEventTime } from './queries'
import type { SyncEventType } from './schema'

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
    JSON.stringify(['sync_inbox', call.caller.org, query.tab]),
    sql`SELECT e.id AS sync_event_id, m.mentor_id, m.full_name AS mentor_name, e.event_type, e.reason, e.note,
          e.client_timestamp, e.effective_at, e.server_timestamp, e.accepted, e.resulting_status, e.held_by,
          e.acknowledged_at, e.acknowledged_by, e.version, ${newerEventTime}
        FROM (SELECT e.* FROM sync_event AS e WHERE ${where} ORDER BY ${tab.order} LIMIT ${limit} OFFSET ${(page - 1) * limit}) AS e
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
