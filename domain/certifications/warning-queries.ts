import 'server-only'
import { touchedSince } from '@/domain/changes/queries'
import { pausedFrom } from '@/domain/expiry-job/schedule'
import { daysUntil } from '@/lib/calendar'
import type { Answer, Call } from '@/lib/call'
import { type Db, empty, one, readInPieces, rows, type Snapshot, type Sql, sql } from '@/lib/db'
import { env } from '@/lib/env'
import { type Instant, wireTime, wireTimeOrNull } from '@/lib/instant'
import { readListCursor, writeListCursor } from '@/lib/list-cursor'
import { pageWithTotal } from '@/lib/list-total'
import { ALL_ROWS, pageSlice } from '@/lib/pagination'
import { MOST_SELECTED } from '@/lib/selection-limit'
import { type List, listOf } from '@/lib/wire'
import { startOfDay } from './queries'
import { snoozeHolds, today } from './snooze-queries'
import type {
  ExpiryWarning,
  WarningCounts,
  WarningSelection,
  WarningSelectionQuery,
  WarningSort,
  WarningsQuery,
  WarningsView,
  WarningWindow,
} from './warning-schema'

type ExpiryCounts = Omit<WarningCounts, 'snoozed'>

/** How many warnings lie in each window, days counted in the organisation's zone; snoozed ones in none. */
export async function countExpiryWindows(db: Db, call: Call): Promise<ExpiryCounts> {
  const within = (days: number) =>
    sql`count(*) FILTER (WHERE c.expires_at > ${call.now} AND c.expires_at < (${startOfDay(call, days + 1)}))`
  return one(
    db,
    sql`SELECT count(*) FILTER (WHERE c.expires_at <= ${call.now}) AS expired, ${within(7)} AS "7", ${within(30)} AS "30",
          ${within(60)} AS "60", ${within(90)} AS "90"
        FROM certification AS c
        WHERE ${isCurrent(call)} AND c.expires_at < (${startOfDay(call, 91)}) AND ${notSnoozed(call)}`,
  )
}

async function countSnoozed(db: Db, call: Call): Promise<number> {
  const { snoozed } = await one<{ snoozed: number }>(db, sql`SELECT count(*) AS snoozed FROM ${snoozedPairs(call)}`)
  return snoozed
}

/** The warnings of a window, by default the earliest expiry first, with what the expiry means for the mentor. */
export async function listExpiryWarnings(
  db: Db,
  call: Call,
  query: WarningsQuery,
): Promise<List<ExpiryWarning> & { snapshot: string }> {
  const {
    rows: found,
    total,
    snapshot,
  } = await pageWithTotal<WarningRow>(
    db,
    pageOf(call, query),
    sql`SELECT count(*) FROM ${inWindow(call, query.window)}`,
  )
  return {
    ...listOf(
      found.map((row) => toWarning(call, row)),
      query,
      total,
    ),
    snapshot,
  }
}

/** All warnings of a window, in the view's order and in pieces. */
export async function* readAllWarnings(
  snapshot: Snapshot,
  call: Call,
  query: Omit<WarningsQuery, 'page' | 'limit'>,
): AsyncGenerator<ExpiryWarning[]> {
  for await (const piece of readInPieces<WarningRow>(snapshot, pageOf(call, { ...query, ...ALL_ROWS }))) {
    yield piece.map((row) => toWarning(call, row))
  }
}

/** The screen of the warnings: a page of a window, the numbers beside all of them, and what a selection refers to. */
export async function viewExpiryWarnings(db: Db, call: Call, query: WarningsQuery): Promise<Answer<WarningsView>> {
  const { data, pagination, snapshot } = await listExpiryWarnings(db, call, query)
  // after the list: the counts may be newer than the cursor, never older
  const [expiring, snoozed, as_of] = await Promise.all([
    countExpiryWindows(db, call),
    countSnoozed(db, call),
    writeListCursor(call, snapshot),
  ])
  return { body: { data, pagination, counts: { ...expiring, snoozed }, as_of } }
}

/**
 * What matched when a view was read and has not been touched since, the earliest expiry first, 10,000 at most. Touched is
 * whatever belongs to a mentor of whom a certification was written since: another one may have become the current one.
 * Throws `list_outdated`.
 */
export async function selectExpiryWarnings(
  db: Db,
  call: Call,
  { window, as_of }: WarningSelectionQuery,
): Promise<Answer<WarningSelection>> {
  const cursor = await readListCursor(call, as_of)
  const then = { ...call, now: cursor.at }
  const untouched = sql`AND c.mentor_key NOT IN (SELECT touched.mentor_key FROM (${touchedSince(call, cursor)}) AS touched
    WHERE touched.type = 'certification' AND touched.mentor_key IS NOT NULL)`
  const [selected, { matching }] = await Promise.all([
    rows<WarningRow>(db, pageOf(then, { window, page: 1, limit: MOST_SELECTED, sort: 'expires_at' }, untouched)),
    one<{ matching: number }>(db, sql`SELECT count(*) AS matching FROM ${inWindow(then, window)}`),
  ])
  const data = selected.map((row) => toWarning(call, row))
  return { body: { data, left_out: Math.max(0, matching - data.length) } }
}

function isCurrent(call: Call): Sql {
  return sql`c.org_id = ${call.caller.org} AND c.is_current`
}

function notSnoozed(call: Call): Sql {
  return sql`NOT EXISTS (SELECT FROM certification_snooze AS s WHERE ${snoozeHolds(call)})`
}

function snoozedPairs(call: Call): Sql {
  return sql`certification_snooze AS s JOIN certification AS c ON ${snoozeHolds(call)} WHERE ${isCurrent(call)}`
}

/**
 * SQL: the same, for a few of them in an order of the snoozes. Two equalities would be taken for a rare coincidence, and
 * all of them be found and sorted: one is asked for as a range.
 */
function snoozedInOrder(call: Call): Sql {
  return sql`certification_snooze AS s JOIN certification AS c
      ON c.key = s.certification_key AND c.expires_at >= s.expires_at AND c.expires_at <= s.expires_at
    WHERE s.org_id = ${call.caller.org} AND s.until > ${today(call)} AND ${isCurrent(call)}`
}

/** SQL: the tables and the condition of a window, the certification as `c`. */
function inWindow(call: Call, window: WarningWindow): Sql {
  if (window === 'snoozed') return snoozedPairs(call)
  const expiry =
    window === 'expired'
      ? sql`c.expires_at <= ${call.now}`
      : sql`c.expires_at > ${call.now} AND c.expires_at < (${startOfDay(call, Number(window) + 1)})`
  return sql`certification AS c WHERE ${isCurrent(call)} AND ${expiry} AND ${notSnoozed(call)}`
}

function ordersOf(row: Sql, key: Sql): Record<WarningSort, Sql> {
  return {
    expires_at: sql`${row}.expires_at, ${key}`,
    '-expires_at': sql`${row}.expires_at DESC, ${key} DESC`,
    until: sql`${row}.until, ${key}`,
    '-until': sql`${row}.until DESC, ${key} DESC`,
  }
}

const orders = ordersOf(sql`c`, sql`c.key`)
// those of the snooze itself, which its indexes hold
const snoozedOrders = ordersOf(sql`s`, sql`s.certification_key`)

/** What is not snoozed has no day on which it is back. */
function sortOf(window: WarningWindow, sort: WarningSort | undefined): WarningSort {
  if (window === 'snoozed') return sort ?? 'until'
  return sort === '-until' || sort === '-expires_at' ? '-expires_at' : 'expires_at'
}

function pageOf(call: Call, { window, sort, ...page }: WarningsQuery, condition = empty): Sql {
  const by = sortOf(window, sort)
  const picked =
    window === 'snoozed'
      ? sql`SELECT c.*, s.until, s.reason, s.owner FROM ${snoozedInOrder(call)} ${condition} ORDER BY ${snoozedOrders[by]}`
      : sql`SELECT c.*, NULL::date AS until, NULL AS reason, NULL AS owner FROM ${inWindow(call, window)} ${condition}
          ORDER BY ${orders[by]}`
  return sql`SELECT c.id AS certification_id, m.mentor_id, m.full_name, c.certification_type, c.issued_at, c.expires_at,
      c.version, c.auto_pause_applied_at IS NOT NULL AS auto_pause_applied, c.until, c.reason, c.owner, o.time_zone,
      o.warning_days, m.paused_by_hand OR m.paused_by_certification AS paused,
      (SELECT count(*) FROM assignment AS a WHERE a.mentor_key = m.key AND a.status <> 'closed') AS open_assignments
    FROM (${picked} ${pageSlice(page)}) AS c
    JOIN mentor AS m ON m.key = c.mentor_key JOIN organisation AS o ON o.id = c.org_id
    ORDER BY ${orders[by]}`
}

interface WarningRow
  extends Omit<ExpiryWarning, 'issued_at' | 'expires_at' | 'days_left' | 'state' | 'paused_from' | 'snooze'> {
  issued_at: Instant
  expires_at: Instant
  time_zone: string
  warning_days: number
  until: string | null
  reason: string
  owner: string
}

function toWarning(call: Call, row: WarningRow): ExpiryWarning {
  const expired = row.expires_at <= call.now
  const days_left = daysUntil(row.expires_at, call.now, row.time_zone)
  return {
    certification_id: row.certification_id,
    mentor_id: row.mentor_id,
    full_name: row.full_name,
    certification_type: row.certification_type,
    issued_at: wireTime(row.issued_at),
    expires_at: wireTime(row.expires_at),
    version: row.version,
    days_left,
    auto_pause_applied: row.auto_pause_applied,
    state: expired ? 'expired' : days_left <= row.warning_days ? 'expiring' : 'valid',
    paused: row.paused,
    paused_from: row.paused ? null : wireTimeOrNull(pausedFrom(row.expires_at, call.now, env().EXPIRY_JOB_AT)),
    open_assignments: row.open_assignments,
    snooze: row.until === null ? null : { until: row.until, reason: row.reason, owner: row.owner },
  }
}
