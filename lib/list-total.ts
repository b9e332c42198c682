import 'server-only'
import { type Db, pool, rows, type Sql, sql } from './db'

type Totals = Map<string, { snapshot: string; total: number }>

declare global {
  var __totals: WeakMap<object, Totals> | undefined
}

globalThis.__totals ??= new WeakMap()
const byDatabase = globalThis.__totals
const KEPT = 500

/**
 * One page and the exact number of all rows that match, in one statement. The count is skipped while the database is
 * still in the very state it was last counted in: two equal `pg_current_snapshot()` see the same committed rows.
 * `filter` must name everything the count depends on; null where it depends on the clock, and every call counts.
 * `page` selects the rows in their order; `count` selects one number.
 */
export async function pageWithTotal<Row>(
  db: Db,
  filter: string | null,
  page: Sql,
  count: Sql,
): Promise<{ rows: Row[]; total: number }> {
  const totals = byDatabase.get(pool()) ?? new Map()
  byDatabase.set(pool(), totals)
  const kept = filter === null ? undefined : totals.get(filter)
  const found = await rows<Row & { list_snapshot: string; list_total: number | null; list_place: number | null }>(
    db,
    sql`SELECT state.*, page.*
        FROM (SELECT pg_current_snapshot()::text AS list_snapshot,
                CASE WHEN pg_current_snapshot()::text = ${kept?.snapshot ?? ''} THEN NULL ELSE (${count}) END AS list_total) AS state
        LEFT JOIN (SELECT row_number() OVER () AS list_place, ordered.* FROM (${page}) AS ordered) AS page ON true
        ORDER BY list_place`,
  )
  const state = found[0]
  if (!state) throw new Error('a SELECT without FROM returned no row')
  const total = state.list_total ?? kept?.total ?? 0
  if (filter !== null && state.list_total !== null) {
    if (totals.size >= KEPT) totals.clear()
    totals.set(filter, { snapshot: state.list_snapshot, total })
  }
  return { rows: state.list_place === null ? [] : found, total }
}
