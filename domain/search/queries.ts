import 'server-only'
import type { Answer, Call } from '@/lib/call'
import { type Db, join, one, type Sql, sql } from '@/lib/db'
import { type FoundRow, toGroup } from './found'
import { MOST_MENTORS, rankedMentors } from './ranked-mentors'
import type { SearchQuery, SearchResults } from './schema'
import {
  blocEventSources,
  certificationSources,
  duplicateSources,
  mentorSource,
  type Source,
  syncEventSources,
} from './sources'
import { hasTrigram, splitWords } from './words'

/**
 * What a query matches, in groups, best first, with what a line about each needs: mentors by name, e-mail and id,
 * certifications and events by their ids, their mentor, and what is written in them.
 */
export async function search(db: Db, call: Call, { q, limit }: SearchQuery): Promise<Answer<SearchResults>> {
  const { text, types } = await prepare(db, call, q)
  const typed = text.split(/\s+/).filter(Boolean)
  const words = splitWords(text)
  const rows = typed.length === 0 ? [] : await find(db, call, typed.join(' '), words, types, limit + 1)
  const cut = rows.some(({ mentors }) => mentors === MOST_MENTORS)
  const view = { limit, cut, now: call.now }
  return {
    body: {
      mentors: toGroup('mentors', rows, view),
      certifications: toGroup('certifications', rows, view),
      sync_events: toGroup('sync_events', rows, view),
      bloc_events: toGroup('bloc_events', rows, view),
      duplicates: toGroup('duplicates', rows, view),
    },
  }
}

interface HeldType {
  readonly type: string
  readonly text: string
}

const MOST_TYPES = 200

/** The query as the texts it is compared with are stored, and the types of certifications there are: few, if any names are. */
async function prepare(db: Db, call: Call, q: string): Promise<{ text: string; types: HeldType[] }> {
  const first = (after: Sql) =>
    sql`(SELECT c.certification_type FROM certification AS c WHERE c.org_id = ${call.caller.org} ${after}
      ORDER BY c.certification_type LIMIT 1)`
  return one(
    db,
    sql`WITH RECURSIVE held (type) AS (SELECT ${first(sql``)} UNION ALL
          SELECT ${first(sql`AND c.certification_type > held.type`)} FROM held WHERE held.type IS NOT NULL)
        SELECT search_text(${q}) AS text, ARRAY(SELECT json_build_object('type', type, 'text', search_text(type))
          FROM (SELECT type FROM held LIMIT ${MOST_TYPES}) AS few WHERE type IS NOT NULL) AS types`,
  )
}

/** Everything in one statement, so that the mentors are ranked once. */
async function find(
  db: Db,
  call: Call,
  phrase: string,
  words: readonly string[],
  types: readonly HeldType[],
  most: number,
): Promise<(FoundRow & { mentors: number })[]> {
  const wanted = { phrase, words, most }
  const ofTypes = words.filter((word) => types.some(({ text }) => text.includes(word)))
  const rest = words.filter((word) => !ofTypes.includes(word))
  // two letters are in every type, and mean a name
  const named = ofTypes.some(hasTrigram)
  const matching = types.filter(({ text }) => named && ofTypes.every((word) => text.includes(word)))
  const mixed = rest.length > 0
  const sources = [
    mentorSource(wanted),
    ...certificationSources(
      call,
      wanted,
      matching.map(({ type }) => type),
      mixed,
    ),
    ...syncEventSources(call, wanted),
    ...blocEventSources(call, wanted),
    ...duplicateSources(call, wanted),
  ]
  const byRest = mixed && matching.length > 0
  const statement = sql`WITH ranked AS MATERIALIZED (${rankedMentors(call, words, phrase)})
    ${byRest ? sql`, ranked_by_rest AS MATERIALIZED (${rankedMentors(call, rest, rest.join(' '))})` : sql``}
    SELECT found.*, (SELECT count(*) FROM ranked) AS mentors FROM (${join(sources.map(numbered), ' UNION ALL ')}) AS found`
  // never prepared: the best plan for one letter is the worst for a whole name
  const { rows } = await db.query({ text: statement.text, values: statement.values })
  return rows
}

function numbered({ group, rows }: Source, source: number): Sql {
  return sql`(SELECT ${group} AS found_in, ${source}::integer AS source, row_number() OVER () AS place, one.*
    FROM (${rows}) AS one)`
}
