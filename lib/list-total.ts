import 'server-only'
import { type Db, pool, rows, type Sql, sql } from './db'

interface Kept {
  readonly snapshot: string
  readonly value: unknown
}

declare global {
  var __lists: WeakMap<object, Map<string, Kept>> | undefined
}

globalThis.__lists ??= new WeakMap()
const byDatabase = globalThis.__lists
const KEPT = 300

/**
 * One page and the exact number of all rows that match, in one statement and one round trip. What was read before is not
 * read again while the database is still in the very state it was read in: two equal `pg_current_snapshot()` see the
 * same committed rows. Statements that depend on the clock take the present as a value, and so never find themselves.
 * `page` selects the rows in their order; `count` selects one number; `snapshot` is what they were read at. Do not change the rows: they may be handed out again.
 */
export async function pageWithTotal<Row>(
  db: Db,
  page: Sql,
  count: Sql,
): Promise<{ rows: readonly Row[]; total: number; snapshot: string }> {
  const kept = byDatabase.get(pool()) ?? new Map<string, Kept>()
  byDatabase.set(pool(), kept)
  const [pageKey, countKey] = [keyOf(page), keyOf(count)]
  const keptPage = kept.get(pageKey)
  const keptCount = kept.get(countKey)
  const found = await rows<Row & { list_snapshot: string; list_total: number | null; list_place: number | null }>(
    db,
    sql`SELECT state.*, page.*
        FROM (SELECT pg_current_snapshot()::text AS list_snapshot,
                CASE WHEN pg_current_snapshot()::text = ${keptCount?.snapshot ?? ''} THEN NULL ELSE (${count}) END AS list_total) AS state
        LEFT JOIN (SELECT row_number() OVER () AS list_place, ordered.* FROM (${page}) AS ordered) AS page
          ON pg_current_snapshot()::text <> ${keptPage?.snapshot ?? ''}
        ORDER BY list_place`,
  )
  const state = found[0]
  if (!state) throw new Error('a SELECT without FROM returned no row')
  const snapshot = state.list_snapshot
  const total = state.list_total ?? (keptCount?.value as number)
  const fresh = snapshot !== keptPage?.snapshot
  const data = fresh ? (state.list_place === null ? [] : found) : (keptPage.value as Row[])
  if (fresh) keep(kept, pageKey, { snapshot, value: data })
  if (state.list_total !== null) keep(kept, countKey, { snapshot, value: total })
  return { rows: data, total, snapshot }
}

function keyOf({ text, values }: Sql): string {
  return `${text}\n${JSON.stringify(values)}`
}

function keep(kept: Map<string, Kept>, key: string, entry: Kept): void {
  kept.delete(key)
  kept.set(key, entry)
  if (kept.size > KEPT) kept.delete(kept.keys().next().value as string)
}
