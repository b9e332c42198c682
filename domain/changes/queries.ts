import 'server-only'
import { matchesWords } from '@/domain/mentors/search'
import { requireSettings } from '@/domain/organisations/queries'
import type { Call } from '@/lib/call'
import { type Db, first, join, readInPieces, rows, type Snapshot, type Sql, sql } from '@/lib/db'
import { type Instant, wireTime } from '@/lib/instant'
import { type ListCursor, writeListCursor } from '@/lib/list-cursor'
import { pageWithTotal } from '@/lib/list-total'
import { pageSlice } from '@/lib/pagination'
import { listOf } from '@/lib/wire'
import type { ChangeEntry, ChangeFilters, ChangeList, ChangeListQuery } from './schema'

/** A row of the change log with the mentor it concerns, who may be nobody any more. */
export interface LoggedChange {
  readonly position: number
  readonly type: string
  readonly id: string
  readonly action: string
  readonly actor: string
  readonly at: Instant
  readonly after: unknown
  readonly mentor_id: string | null
  readonly full_name: string | null
}

/** The newest changes in the organisation, the latest first. An erased mentor's are left out. */
export async function listNewestChanges(db: Db, call: Call, limit: number): Promise<LoggedChange[]> {
  return rows(
    db,
    sql`SELECT c.position, c.type, c.id, c.action, c.actor, c.at, c.after, m.mentor_id, m.full_name
        FROM change AS c LEFT JOIN mentor AS m ON m.key = c.mentor_key
        WHERE c.org_id = ${call.caller.org} AND m.erased_at IS NULL
        ORDER BY c.at DESC, c.position DESC LIMIT ${limit}`,
  )
}

/**
 * A SELECT of `type`, `id`, `mentor_key` and `action` of whatever was written after a list had been read: exactly what its
 * snapshot did not see, whether it has begun or been committed since.
 */
export function touchedSince(call: Call, { snapshot }: ListCursor): Sql {
  return sql`SELECT type, id, mentor_key, action FROM change
    WHERE transaction_id >= pg_snapshot_xmin(${snapshot}::pg_snapshot)
      AND NOT pg_visible_in_snapshot(transaction_id, ${snapshot}::pg_snapshot) AND org_id = ${call.caller.org}`
}

type EntryRow = Omit<ChangeEntry, 'at'> & { readonly at: Instant }

const entryColumns = sql`c.position, c.type, c.id, m.mentor_id, m.full_name, c.revision, c.action, c.actor, c.at, c.before,
  c.after, c.request_id`

const ORDERS: Record<ChangeFilters['sort'], Sql> = {
  at: sql`c.at, c.position`,
  '-at': sql`c.at DESC, c.position DESC`,
}

/** The change log by its filters, with the exact number of what matches. An erased mentor's changes are left out. */
export async function listChanges(db: Db, call: Call, query: ChangeListQuery): Promise<ChangeList> {
  const where = await readConditions(db, call, query)
  const { page, limit } = query
  const found = await pageWithTotal<EntryRow>(
    db,
    sql`SELECT ${entryColumns}
        FROM (SELECT c.* FROM change AS c WHERE ${where} AND NOT ${isErased} ORDER BY ${ORDERS[query.sort]}
              ${pageSlice({ page, limit })}) AS c
        LEFT JOIN mentor AS m ON m.key = c.mentor_key
        ORDER BY ${ORDERS[query.sort]}`,
    // all of them are counted in an index, the few of erased mentors by themselves
    sql`SELECT (SELECT count(*) FROM change AS c WHERE ${where})
          - (SELECT count(*) FROM change AS c WHERE ${where} AND c.mentor_key IN (${erasedMentors(call)}))`,
  )
  return { ...listOf(found.rows.map(toEntry), query, found.total), as_of: await writeListCursor(call, found.snapshot) }
}

/** All that `listChanges` would page through, in its order and in pieces. */
export async function* readAllChanges(
  snapshot: Snapshot,
  call: Call,
  filters: ChangeFilters,
): AsyncGenerator<ChangeEntry[]> {
  const where = await readConditions(snapshot, call, filters)
  const all = sql`SELECT ${entryColumns} FROM change AS c LEFT JOIN mentor AS m ON m.key = c.mentor_key
    WHERE ${where} AND NOT ${isErased} ORDER BY ${ORDERS[filters.sort]}`
  for await (const piece of readInPieces<EntryRow>(snapshot, all)) yield piece.map(toEntry)
}

function toEntry(row: EntryRow): ChangeEntry {
  const { position, type, id, mentor_id, full_name, revision, action, actor, before, after, request_id } = row
  const at = wireTime(row.at)
  return { position, type, id, mentor_id, full_name, revision, action, actor, at, before, after, request_id }
}

const isErased = sql`EXISTS (SELECT FROM mentor AS e WHERE e.key = c.mentor_key AND e.erased_at IS NOT NULL)`

function erasedMentors(call: Call): Sql {
  return sql`SELECT key FROM mentor WHERE org_id = ${call.caller.org} AND erased_at IS NOT NULL`
}

async function readConditions(db: Db, call: Call, filters: ChangeFilters): Promise<Sql> {
  const { time_zone } = await requireSettings(db, call)
  const { actor, mentor, kind, from, to } = filters
  const [type, action] = kind?.split('.') ?? []
  const where = [sql`c.org_id = ${call.caller.org}`]
  if (actor) where.push(sql`c.actor = ${actor}`)
  if (mentor) where.push(await ofMentor(db, call, mentor))
  if (type) where.push(sql`c.type = ${type}`)
  if (action) where.push(sql`c.action = ${action}`)
  if (from) where.push(sql`c.at >= (${from}::date::timestamp AT TIME ZONE ${time_zone})`)
  if (to) where.push(sql`c.at < ((${to}::date + 1)::timestamp AT TIME ZONE ${time_zone})`)
  return join(where, ' AND ')
}

async function ofMentor(db: Db, call: Call, words: string): Promise<Sql> {
  const named = await first<{ key: number }>(
    db,
    sql`SELECT key FROM mentor WHERE org_id = ${call.caller.org} AND mentor_id = ${words} AND erased_at IS NULL`,
  )
  if (named) return sql`c.mentor_key = ${named.key}`
  return sql`c.mentor_key IN (SELECT m.key FROM mentor AS m
    WHERE m.org_id = ${call.caller.org} AND m.erased_at IS NULL AND ${matchesWords(words)})`
}

const ACTORS = 200

/** Who stands in the log, in the order of their names; the first two hundred. */
export async function listActors(db: Db, call: Call): Promise<string[]> {
  // one step in the index for each of them, however many changes they made
  const found = await rows<{ actor: string }>(
    db,
    sql`WITH RECURSIVE known AS (
          (SELECT actor FROM change WHERE org_id = ${call.caller.org} ORDER BY actor LIMIT 1)
          UNION ALL
          SELECT (SELECT c.actor FROM change AS c WHERE c.org_id = ${call.caller.org} AND c.actor > known.actor
                  ORDER BY c.actor LIMIT 1)
          FROM known WHERE known.actor IS NOT NULL
        )
        SELECT actor FROM known WHERE actor IS NOT NULL LIMIT ${ACTORS}`,
  )
  return found.map(({ actor }) => actor)
}
