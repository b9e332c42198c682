import 'server-only'
import type { Call } from '@/lib/call'
import { join, type Sql, sql } from '@/lib/db'
import { escapeLike } from './words'

/** How many of the mentors that match are looked at, best first: enough for anything but a fragment of two letters. */
export const MOST_MENTORS = 2000

/**
 * SQL: `key` and `place` (from 1) of the mentors that all `words` (as `search_text` writes them) match, best first: the id
 * itself, a name that begins with `phrase`, words that each begin with one of these, the rest; each by name, then id.
 * Every part reads the names in their order or from the trigrams and ends early; none begins before the one above it has
 * left room. The text that is searched ends in the mentor's id, so nearly no two are equal.
 */
export function rankedMentors(call: Call, words: readonly string[], phrase: string): Sql {
  const live = sql`m.org_id = ${call.caller.org} AND m.erased_at IS NULL`
  const ordered = sql`ORDER BY m.search_text COLLATE "C", m.key LIMIT ${MOST_MENTORS}`
  const anywhere = join(
    words.map((word) => sql`m.search_text LIKE ${`%${escapeLike(word)}%`}`),
    ' AND ',
  )
  const begins = join(
    words.map(
      (word) => sql`(m.search_text LIKE ${`% ${escapeLike(word)}%`} OR m.search_text LIKE ${`${escapeLike(word)}%`})`,
    ),
    ' AND ',
  )
  const byName = sql`m.search_text COLLATE "C" LIKE ${`${escapeLike(phrase)}%`}`
  const byId = sql`SELECT m.key FROM mentor AS m WHERE ${live} AND lower(m.mentor_id) = ${phrase}`
  const other = sql`m.key <> ALL (ARRAY(${byId}))`
  return sql`SELECT found.key, row_number() OVER (ORDER BY found.tier, found.search_text COLLATE "C", found.key) AS place
    FROM ((SELECT m.key, m.search_text, 0 AS tier FROM mentor AS m WHERE ${live} AND lower(m.mentor_id) = ${phrase})
      UNION ALL (SELECT m.key, m.search_text, 1 FROM mentor AS m WHERE ${live} AND ${byName} AND ${other} ${ordered})
      UNION ALL (SELECT m.key, m.search_text, 2 FROM mentor AS m
        WHERE ${live} AND ${begins} AND NOT (${byName}) AND ${other} ${ordered})
      UNION ALL (SELECT m.key, m.search_text, 3 FROM mentor AS m
        WHERE ${live} AND ${anywhere} AND NOT (${begins}) AND NOT (${byName}) AND ${other} ${ordered})
      LIMIT ${MOST_MENTORS}) AS found`
}
