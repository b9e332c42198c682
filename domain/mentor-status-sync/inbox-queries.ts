import 'server-only'
import { touchedSince } from '@/domain/changes/queries'
import { type PhoneTime, phoneClockOf } from '@/domain/mentors/phone-clock'
import type { Answer, Call } from '@/lib/call'
import { type Db, join, one, readInPieces, rows, type Snapshot, type Sql, sql } from '@/lib/db'
import { type Instant, secondsBetween, wireTime, wireTimeOrNull } from '@/lib/instant'
import { type ListCursor, readListCursor, writeListCursor } from '@/lib/list-cursor'
import { pageWithTotal } from '@/lib/list-total'
import { ALL_ROWS, pageSlice } from '@/lib/pagination'
import { MOST_SELECTED } from '@/lib/selection-limit'
import { listOf } from '@/lib/wire'
import type {
  SyncInboxCounts,
  SyncInboxQuery,
  SyncInboxRow,
  SyncInboxSelection,
  SyncInboxSelectionQuery,
  SyncInboxTab,
  SyncInboxView,
} from './inbox-schema'
import { newerEventTime } from './queries'

type Filters = Pick<SyncInboxQuery, 'tab' | 'mentor_id' | 'event' | 'sort'>

interface InboxColumns
  extends Pick<
      SyncInboxRow,
      | 'sync_event_id'
      | 'mentor_id'
      | 'mentor_name'
      | 'event_type'
      | 'reason'
      | 'note'
      | 'accepted'
      | 'resulting_status'
      | 'held_by'
      | 'acknowledged_by'
      | 'version'
    >,
    PhoneTime {
  key: number
  effective_at: Instant
  server_timestamp: Instant
  newer_at: Instant | null
  acknowledged_at: Instant | null
}

const tabs: Record<SyncInboxTab, Sql> = {
  pending: sql`e.acknowledged_at IS NULL AND e.accepted`,
  not_accepted: sql`e.acknowledged_at IS NULL AND NOT e.accepted`,
  acknowledged: sql`e.acknowledged_at IS NOT NULL`,
}

// at equal times the pause comes last, because it wins
const waiting = {
  time: sql`e.effective_at, e.event_type DESC, e.key`,
  '-time': sql`e.effective_at DESC, e.event_type, e.key DESC`,
}
const acknowledged = {
  time: sql`e.acknowledged_at, e.key`,
  '-time': sql`e.acknowledged_at DESC, e.key DESC`,
}

function orderOf({ tab, sort }: Filters): Sql {
  return tab === 'acknowledged' ? acknowledged[sort ?? '-time'] : waiting[sort ?? 'time']
}

/** SQL: which events `e` an inbox holds; one event by its id in whichever tab. */
function conditionsOf(call: Call, { tab, mentor_id, event }: Filters): Sql {
  const { org } = call.caller
  return join(
    [
      sql`e.org_id = ${org} AND e.origin = 'app' AND e.deleted_at IS NULL`,
      event === undefined ? tabs[tab] : sql`e.id = ${event}`,
      ...(mentor_id === undefined ? [] : [ofMentor(call, mentor_id)]),
    ],
    ' AND ',
  )
}

function ofMentor(call: Call, mentorId: string): Sql {
  return sql`e.mentor_key = (SELECT key FROM mentor
    WHERE org_id = ${call.caller.org} AND mentor_id = ${mentorId} AND erased_at IS NULL)`
}

/** What phones and coordinators reported: by default waiting events oldest first, acknowledged ones latest first. */
export async function listSyncInbox(
  db: Db,
  call: Call,
  query: SyncInboxQuery,
): Promise<{ rows: SyncInboxRow[]; total: number; snapshot: string }> {
  const found = await pageWithTotal<InboxColumns>(
    db,
    pageOf(call, query),
    sql`SELECT count(*) FROM sync_event AS e WHERE ${conditionsOf(call, query)}`,
  )
  return { rows: found.rows.map(toRow), total: found.total, snapshot: found.snapshot }
}

/** All that `listSyncInbox` would page through, in its order and in pieces. */
export async function* readSyncInbox(
  snapshot: Snapshot,
  call: Call,
  query: Omit<SyncInboxQuery, 'page' | 'limit'>,
): AsyncGenerator<SyncInboxRow[]> {
  for await (const piece of readInPieces<InboxColumns>(snapshot, pageOf(call, { ...query, ...ALL_ROWS }))) {
    yield piece.map(toRow)
  }
}

function pageOf(call: Call, query: SyncInboxQuery): Sql {
  const { page, limit } = query
  const order = orderOf(query)
  return sql`SELECT e.key, e.id AS sync_event_id, m.mentor_id, m.full_name AS mentor_name, e.event_type, e.reason, e.note,
      e.client_timestamp, e.client_clock, e.corrected_timestamp, e.effective_at, e.server_timestamp, e.accepted, e.resulting_status, e.held_by,
      e.acknowledged_at, e.acknowledged_by, e.version, ${newerEventTime}
    FROM (SELECT e.* FROM sync_event AS e WHERE ${conditionsOf(call, query)}
          ORDER BY ${order} ${pageSlice({ page, limit })}) AS e
    JOIN mentor AS m ON m.key = e.mentor_key
    ORDER BY ${order}`
}

function toRow(row: InboxColumns): SyncInboxRow {
  const { client_timestamp: client, server_timestamp: server } = row
  const time = row.corrected_timestamp ?? client
  const skew = time === null ? 0 : secondsBetween(time, server)
  return {
    sync_event_id: row.sync_event_id,
    mentor_id: row.mentor_id,
    mentor_name: row.mentor_name,
    event_type: row.event_type,
    reason: row.reason,
    note: row.note,
    client_timestamp: wireTimeOrNull(client),
    ...phoneClockOf(row),
    effective_at: wireTime(row.effective_at),
    server_timestamp: wireTime(server),
    accepted: row.accepted,
    resulting_status: row.resulting_status,
    held_by: row.held_by,
    newer_at: wireTimeOrNull(row.newer_at),
    acknowledged_at: wireTimeOrNull(row.acknowledged_at),
    acknowledged_by: row.acknowledged_by,
    ahead_seconds: Math.max(0, skew),
    late_by_seconds: Math.max(0, -skew),
    place: placeOf(row),
    version: row.version,
  }
}

function placeOf({ acknowledged_at, effective_at, event_type, key }: InboxColumns): string {
  const within = event_type === 'PauseMentorEvent' ? 1 : 0
  const time = acknowledged_at ?? `${effective_at} ${within}`
  return `${time} ${String(key).padStart(16, '0')}`
}

/** How many events wait for a coordinator, of one mentor where one is asked for. */
export async function countWaitingSyncEvents(
  db: Db,
  call: Call,
  mentorId?: string,
): Promise<Omit<SyncInboxCounts, 'acknowledged'>> {
  return one(
    db,
    sql`SELECT ${countOf(call, 'pending', mentorId)} AS pending, ${countOf(call, 'not_accepted', mentorId)} AS not_accepted`,
  )
}

async function countAcknowledged(db: Db, call: Call, mentorId: string | undefined): Promise<number> {
  const { count } = await one<{ count: number }>(db, sql`SELECT ${countOf(call, 'acknowledged', mentorId)} AS count`)
  return count
}

function countOf(call: Call, tab: SyncInboxTab, mentorId: string | undefined): Sql {
  return sql`(SELECT count(*) FROM sync_event AS e WHERE ${conditionsOf(call, { tab, mentor_id: mentorId })})`
}

/** The screen of the inbox: a page of a tab, how much lies in each, and what a selection refers to. */
export async function viewSyncInbox(db: Db, call: Call, query: SyncInboxQuery): Promise<Answer<SyncInboxView>> {
  const { rows: data, total, snapshot } = await listSyncInbox(db, call, query)
  const { tab, mentor_id, event } = query
  // after the list: the counts may be newer than the cursor, never older
  const [waitingCounts, acknowledgedCount, as_of] = await Promise.all([
    countWaitingSyncEvents(db, call, mentor_id),
    tab === 'acknowledged' && event === undefined ? total : countAcknowledged(db, call, mentor_id),
    writeListCursor(call, snapshot),
  ])
  const counts = { ...waitingCounts, acknowledged: acknowledgedCount }
  const [only] = event === undefined ? [] : data
  return { body: { ...listOf(data, query, total), tab: only ? tabOf(only) : tab, counts, as_of } }
}

function tabOf({ acknowledged_at, accepted }: SyncInboxRow): SyncInboxTab {
  if (acknowledged_at !== null) return 'acknowledged'
  return accepted ? 'pending' : 'not_accepted'
}

/**
 * The ids of what matched when a view was read and has not been touched since, in its order, `limit` at most. Throws
 * `list_outdated`.
 */
export async function findUntouched(
  db: Db,
  call: Call,
  { as_of, ...filters }: SyncInboxSelectionQuery,
  limit: number,
): Promise<string[]> {
  const cursor = await readListCursor(call, as_of)
  const found = await rows<{ id: string }>(db, untouched(call, cursor, filters, sql`e.id`, limit))
  return found.map(({ id }) => id)
}

function untouched(call: Call, cursor: ListCursor, filters: Filters, columns: Sql, limit: number): Sql {
  return sql`WITH touched AS MATERIALIZED (
      SELECT DISTINCT id FROM (${touchedSince(call, cursor)}) AS change WHERE type = 'sync_event'
    )
    SELECT ${columns} FROM sync_event AS e JOIN mentor AS m ON m.key = e.mentor_key
    WHERE ${conditionsOf(call, filters)} AND e.id NOT IN (SELECT id FROM touched)
    ORDER BY ${orderOf(filters)} LIMIT ${limit}`
}

/**
 * What matched when a view was read and has not been touched since, in its order, 10,000 at most. Throws
 * `list_outdated`.
 */
export async function selectSyncInbox(
  db: Db,
  call: Call,
  { as_of, ...filters }: SyncInboxSelectionQuery,
): Promise<Answer<SyncInboxSelection>> {
  const cursor = await readListCursor(call, as_of)
  const matching = conditionsOf(call, filters)
  const [data, { count }] = await Promise.all([
    rows<SyncInboxSelection['data'][number]>(
      db,
      untouched(
        call,
        cursor,
        filters,
        sql`e.id AS sync_event_id, m.mentor_id, m.full_name AS mentor_name, e.note, e.version`,
        MOST_SELECTED,
      ),
    ),
    one<{ count: number }>(db, sql`SELECT count(*) AS count FROM sync_event AS e WHERE ${matching}`),
  ])
  return { body: { data, left_out: Math.max(0, count - data.length) } }
}
