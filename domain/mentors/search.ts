import 'server-only'
import { type Sql, sql } from '@/lib/db'

/**
 * A condition on `mentor m`: part of its name, e-mail address or id, without regard to case or accents.
 * Wildcards in `words` stand for themselves. Served by a trigram index from three characters on.
 */
export function matchesWords(words: string): Sql {
  return sql`m.search_text LIKE '%' || regexp_replace(search_text(${words}), '([\\\\%_])', '\\\\\\1', 'g') || '%'`
}
