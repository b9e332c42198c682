import 'server-only'
import { empty, raw, type Sql, sql } from './db'
import type { PageQuery } from './wire'

/** For a statement that is read in pieces. */
export const ALL_ROWS: PageQuery = { page: 1, limit: Number.MAX_SAFE_INTEGER }

/**
 * The LIMIT and OFFSET of a page. The limit is written out, and the offset left out on the first page: with parameters
 * PostgreSQL assumes a tenth of the table, distrusts its cached plan and plans anew on each call, which costs more than
 * the query itself.
 */
export function pageSlice({ page, limit }: PageQuery): Sql {
  if (!Number.isSafeInteger(limit)) throw new RangeError(`not a number of rows: ${limit}`)
  const offset = (page - 1) * limit
  return sql`LIMIT ${raw(String(limit))}${offset === 0 ? empty : sql` OFFSET ${offset}`}`
}
