import 'server-only'
import type { Answer, Call } from '@/lib/call'
import { currentPosition, formatCursor, type Position, reloadRequired, requirePosition } from '@/lib/cursor'
import { type Db, empty, first, rows, type Sql, sql } from '@/lib/db'
import { env } from '@/lib/env'
import { type Instant, wireTime } from '@/lib/instant'
import type { FeedChange, FeedFilters, FeedPage, FeedQuery } from './feed-schema'

/** A change and where it stands in the feed. */
export interface FedChange {
  readonly at: Position
  readonly change: FeedChange
}

export interface FedPage {
  readonly changes: readonly FedChange[]
  /** Where to go on. */
  readonly next: Position
  readonly more: boolean
  /** Whether a transaction is still running somewhere, which holds back what was committed after it began. */
  readonly behind: boolean
}

/**
 * What was committed after a position, in the order of the feed: by the transaction that wrote it, up to the oldest one
 * still running, which may yet commit in front of the others. An erased mentor's changes are left out. Throws
 * `reload_required` for a position whose changes are no longer kept, or that belongs to another database or one that has
 * been restored since.
 */
export async function readFeed(db: Db, call: Call, query: FeedQuery): Promise<Answer<FeedPage>> {
  const from = query.since === undefined ? await findStart(db, call) : await requirePosition(query.since)
  const { changes, next, more } = await readFeedPage(db, call, from, query, query.limit)
  return { body: { data: changes.map(({ change }) => change), next: await formatCursor(next), more } }
}

// a page of one kind looks through this many changes, so that a rare kind costs no more than a common one
const LOOKED_THROUGH = 10_000
// commands that last write their time first and commit later: the order of times is not quite that of the feed
const SLACK_DAYS = 1

interface Looked {
  readonly horizon: string
  readonly behind: boolean
  readonly from_later_state: boolean
  readonly lost: boolean
  readonly looked: number
  readonly last_transaction: string | null
  readonly last_position: number | null
}

type FedRow = Looked &
  Omit<FeedChange, 'at' | 'position'> & {
    readonly transaction_id: string
    readonly position: number | null
    readonly at: Instant
  }

/** As `readFeed`, with positions instead of cursors; `from` itself is not among them. */
export async function readFeedPage(
  db: Db,
  call: Call,
  from: Position,
  filters: FeedFilters,
  limit: number,
): Promise<FedPage> {
  const [type, action] = filters.kind?.split('.') ?? []
  const looking = type === undefined ? limit + 1 : LOOKED_THROUGH
  const found = await rows<FedRow>(
    db,
    sql`WITH looked AS MATERIALIZED (
          SELECT c.transaction_id, c.position, c.type, c.action, c.mentor_key, c.at FROM change AS c
          WHERE ${scopeOf(call, filters)} AND c.transaction_id < pg_snapshot_xmin(pg_current_snapshot())
            AND (c.transaction_id, c.position) > (${from.transaction}::text::xid8, ${from.position}::bigint)
          ORDER BY c.transaction_id, c.position LIMIT ${looking}
        ), sums AS (
          SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS horizon,
            pg_snapshot_xmin(pg_current_snapshot()) < pg_snapshot_xmax(pg_current_snapshot()) AS behind,
            ${from.transaction}::text::xid8 > pg_snapshot_xmax(pg_current_snapshot()) AS from_later_state,
            coalesce((SELECT at FROM looked ORDER BY transaction_id, position LIMIT 1)
              < ${call.now}::timestamptz - make_interval(days => ${env().CHANGES_DAYS + SLACK_DAYS}::int), false) AS lost,
            (SELECT count(*) FROM looked) AS looked, last.transaction_id::text AS last_transaction,
            last.position AS last_position
          FROM (SELECT) AS one LEFT JOIN
            (SELECT transaction_id, position FROM looked ORDER BY transaction_id DESC, position DESC LIMIT 1) AS last ON true
        ), wanted AS (
          SELECT l.position, m.mentor_id FROM looked AS l LEFT JOIN mentor AS m ON m.key = l.mentor_key
          WHERE m.erased_at IS NULL ${type === undefined ? empty : sql`AND l.type = ${type}`}
            ${action === undefined ? empty : sql`AND l.action = ${action}`}
          ORDER BY l.transaction_id, l.position LIMIT ${limit + 1}
        )
        SELECT sums.*, c.transaction_id::text, c.position, c.type, c.id, wanted.mentor_id, c.revision, c.action, c.actor, c.at,
          c.before, c.after
        FROM sums LEFT JOIN (wanted JOIN change AS c ON c.position = wanted.position) ON true
        ORDER BY c.transaction_id, c.position`,
  )
  const [looked] = found as [FedRow, ...FedRow[]]
  if (looked.from_later_state) throw reloadRequired('comes from a later state of this database than it is in now')
  if (looked.lost) throw reloadRequired(`lies more than ${env().CHANGES_DAYS} days back`)
  const changes = found.filter(({ position }) => position !== null).map(toFed)
  const kept = changes.slice(0, limit)
  const more = changes.length > limit || looked.looked === looking
  const next = nextPosition(kept, changes.length > limit, more, looked)
  return { changes: kept, next, more, behind: looked.behind }
}

function nextPosition(kept: readonly FedChange[], cut: boolean, more: boolean, looked: Looked): Position {
  const last = kept.at(-1)
  if (cut && last) return last.at
  if (more && looked.last_transaction !== null) {
    return { transaction: looked.last_transaction, position: looked.last_position ?? 0 }
  }
  return { transaction: looked.horizon, position: 0 }
}

function toFed(row: FedRow): FedChange {
  const { type, id, mentor_id, revision, action, actor, before, after } = row
  const position = row.position ?? 0
  return {
    at: { transaction: row.transaction_id, position },
    change: { position, type, id, mentor_id, revision, action, actor, at: wireTime(row.at), before, after },
  }
}

function scopeOf(call: Call, { mentor_id }: FeedFilters): Sql {
  const { org } = call.caller
  if (mentor_id === undefined) return sql`c.org_id = ${org}`
  return sql`c.mentor_key = (SELECT key FROM mentor WHERE org_id = ${org} AND mentor_id = ${mentor_id})`
}

// among so many of the first by time lies the first by transaction
const NEIGHBOURS = 1000

/** Just before the oldest change that is kept for the feed; where there is none, at its end. */
async function findStart(db: Db, call: Call): Promise<Position> {
  const start = await first<{ transaction: string; position: number }>(
    db,
    sql`SELECT transaction_id::text AS transaction, position - 1 AS position FROM (
          SELECT transaction_id, position FROM change
          WHERE org_id = ${call.caller.org}
            AND at >= ${call.now}::timestamptz - make_interval(days => ${env().CHANGES_DAYS}::int)
          ORDER BY at, position LIMIT ${NEIGHBOURS}
        ) AS oldest ORDER BY transaction_id, oldest.position LIMIT 1`,
  )
  return start ?? currentPosition(db)
}
