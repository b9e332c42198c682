import 'server-only'
import type { Call } from '@/lib/call'
import { join, type Sql, sql } from '@/lib/db'
import type { SearchGroup } from './schema'
import { beginningOfId, escapeLike, hasTrigram, numbersBeginning, type Range } from './words'

/** What is looked for: the query without case and accents, and its words, the longest first. */
export interface Wanted {
  readonly phrase: string
  readonly words: readonly string[]
  /** Rows of each source: one more than are shown. */
  readonly most: number
}

/** One way in which something is found; a group's sources come in the order of their rank. */
export interface Source {
  readonly group: SearchGroup
  /** SQL: rows of the columns of `FoundRow`, best first. */
  readonly rows: Sql
}

const nothing = sql`NULL::timestamptz`

/** The matching mentors themselves. */
export function mentorSource({ most }: Wanted): Source {
  const rows = sql`SELECT m.mentor_id AS id, m.mentor_id, m.full_name AS mentor_name, ${nothing} AS at, ${nothing} AS revoked_at,
      jsonb_build_object('email', m.email, 'paused', m.paused_by_hand OR m.paused_by_certification) AS facts
    FROM (SELECT * FROM ranked ORDER BY place LIMIT ${most}) AS r JOIN mentor AS m ON m.key = r.key ORDER BY r.place`
  return { group: 'mentors', rows }
}

interface Table {
  /** SQL: the columns of `FoundRow` of a row `e` and its mentor `m`. */
  readonly columns: Sql
  /** SQL: the table, as `e`, and which of its rows are live. */
  readonly from: Sql
  readonly live: Sql
  /** SQL: the order of one mentor's rows. */
  readonly order: Sql
}

/** SQL: the records of the mentors in `ranked`: the best mentor's first, and no further than needed. */
function ofRankedMentors({ columns, from, live, order }: Table, ranked: Sql, most: number, where = sql``): Sql {
  return sql`SELECT ${columns} FROM (SELECT * FROM ${ranked} ORDER BY place) AS r JOIN mentor AS m ON m.key = r.key
    CROSS JOIN LATERAL (SELECT e.* FROM ${from} WHERE e.mentor_key = r.key AND ${live} ${where}
      ORDER BY ${order} LIMIT ${most}) AS e
    ORDER BY r.place, ${order} LIMIT ${most}`
}

/** SQL: the records of `from` that `picked` chooses, with their mentors, in `order`. */
function chosen({ columns }: Table, picked: Sql, order: Sql): Sql {
  return sql`SELECT ${columns} FROM (${picked}) AS e JOIN mentor AS m ON m.key = e.mentor_key AND m.erased_at IS NULL ORDER BY ${order}`
}

const NEWEST = 500
const MOST_OLDER = 2000

/**
 * SQL: what was written in records, newest first. A common word is among the newest ones, which are looked through
 * first; only otherwise are the trigrams asked, which bring few then. Their limit bounds what a word costs that was common
 * long ago only, and keeps the planner from mixing the two ways.
 */
function byWords({ words, most }: Wanted, { from, live }: Table, text: Sql, newest: Sql): Sql {
  const matches = join(
    words.map((word) => sql`${text} LIKE ${`%${escapeLike(word)}%`}`),
    ' AND ',
  )
  const recent = sql`SELECT e.* FROM (SELECT e.* FROM ${from} WHERE ${live} ORDER BY ${newest} LIMIT ${NEWEST}) AS e WHERE ${matches}`
  return sql`WITH recent AS MATERIALIZED (${recent} ORDER BY ${newest} LIMIT ${most})
    SELECT * FROM recent WHERE (SELECT count(*) FROM recent) = ${most}
    UNION ALL (SELECT * FROM (SELECT e.* FROM ${from} WHERE ${live} AND ${matches} LIMIT ${MOST_OLDER}) AS e
      WHERE (SELECT count(*) FROM recent) < ${most} ORDER BY ${newest} LIMIT ${most})`
}

const byMentor = sql`ranked`

/** By id, by the mentor, by the type, or by words that are partly the one and partly the other. */
export function certificationSources(call: Call, wanted: Wanted, types: readonly string[], mixed: boolean): Source[] {
  const { org } = call.caller
  const table: Table = {
    columns: sql`e.id, m.mentor_id, m.full_name AS mentor_name, e.expires_at AS at, e.revoked_at,
      jsonb_build_object('certification_type', e.certification_type) AS facts`,
    from: sql`certification AS e`,
    live: sql`e.org_id = ${org}`,
    order: sql`e.is_current DESC, e.expires_at DESC, e.key DESC`,
  }
  const { most } = wanted
  const id = beginningOfId(wanted.phrase, 'cert_')
  const sources = [ofRankedMentors(table, byMentor, most)]
  if (id) sources.unshift(byId(table, id, most))
  if (types.length > 0 && mixed)
    sources.push(ofRankedMentors(table, sql`ranked_by_rest`, most, sql`AND e.certification_type = ANY (${types})`))
  if (types.length > 0 && !mixed) {
    const newest = sql`SELECT e.* FROM unnest(${types}::text[]) AS held (type) CROSS JOIN LATERAL (
        SELECT e.* FROM certification AS e WHERE ${table.live} AND e.certification_type = held.type ORDER BY e.key DESC LIMIT ${most}
      ) AS e ORDER BY e.key DESC LIMIT ${most}`
    sources.push(chosen(table, newest, sql`e.key DESC`))
  }
  return sources.map((rows) => ({ group: 'certifications', rows }))
}

function byId(table: Table, beginning: string, most: number): Sql {
  const { from, live } = table
  const pattern = `${escapeLike(beginning)}%`
  const picked = sql`SELECT e.* FROM ${from} WHERE ${live} AND e.id LIKE ${pattern} ORDER BY e.id USING ~<~ LIMIT ${most}`
  return chosen(table, picked, sql`e.id USING ~<~`)
}

/** By id, by the mentor, by the words of the reason or note. */
export function syncEventSources(call: Call, wanted: Wanted): Source[] {
  const table: Table = {
    columns: sql`e.id, m.mentor_id, m.full_name AS mentor_name, e.server_timestamp AS at, ${nothing} AS revoked_at,
      jsonb_build_object('event_type', e.event_type, 'origin', e.origin, 'accepted', e.accepted,
        'acknowledged', e.acknowledged_at IS NOT NULL, 'words', left(coalesce(e.note, e.reason), 200)) AS facts`,
    from: sql`sync_event AS e`,
    live: sql`e.org_id = ${call.caller.org} AND e.deleted_at IS NULL`,
    order: sql`e.effective_at DESC, e.event_type, e.key DESC`,
  }
  const id = beginningOfId(wanted.phrase, 'evt_')
  const sources = [ofRankedMentors(table, byMentor, wanted.most)]
  if (id) sources.unshift(byId(table, id, wanted.most))
  if (wanted.words.some(hasTrigram)) {
    const newest = sql`e.server_timestamp DESC, e.key DESC`
    const written = { ...table, live: sql`${table.live} AND (e.reason IS NOT NULL OR e.note IS NOT NULL)` }
    const picked = byWords(wanted, written, sql`sync_event_words(e.reason, e.note)`, newest)
    sources.push(chosen(table, picked, newest))
  }
  return sources.map((rows) => ({ group: 'sync_events', rows }))
}

/** By id, by the mentor, by the draft's title. */
export function duplicateSources(call: Call, wanted: Wanted): Source[] {
  const table: Table = {
    columns: sql`'evt-' || e.number AS id, m.mentor_id, m.full_name AS mentor_name, ${nothing} AS at, ${nothing} AS revoked_at,
      jsonb_build_object('event_type', e.event_type, 'state', e.state, 'title', left(e.draft ->> 'title', 200), 'date', e.date) AS facts`,
    from: sql`duplicate_event AS e`,
    live: sql`e.org_id = ${call.caller.org} AND e.cancelled_at IS NULL`,
    order: sql`e.date DESC, e.key DESC`,
  }
  const { most, phrase, words } = wanted
  const checks = sql`${table.live} AND e.event_type = 'check'`
  const numbers = numbersBeginning(phrase, 'evt-')
  const checkNumbers = numbersBeginning(phrase, 'dc-')
  const sources = [ofRankedMentors(table, byMentor, most)]
  if (numbers) sources.unshift(byNumber(table, sql`e.number`, numbers, most))
  if (checkNumbers) sources.unshift(byNumber({ ...table, live: checks }, sql`e.check_number`, checkNumbers, most))
  if (words.some(hasTrigram)) {
    const newest = sql`e.dispatched_at DESC, e.key DESC`
    sources.push(chosen(table, byWords(wanted, table, sql`draft_words(e.draft)`, newest), newest))
  }
  return sources.map((rows) => ({ group: 'duplicates', rows }))
}

/** By id only. */
export function blocEventSources(call: Call, { phrase, most }: Wanted): Source[] {
  const numbers = numbersBeginning(phrase, 'evt-bloc-', 4)
  if (!numbers) return []
  const table: Table = {
    columns: sql`'evt-bloc-' || lpad(e.number::text, greatest(4, length(e.number::text)), '0') AS id, m.mentor_id,
      m.full_name AS mentor_name, e.fired_at AS at, ${nothing} AS revoked_at,
      jsonb_build_object('event_type', e.event_type, 'processed', e.processed) AS facts`,
    from: sql`bloc_event AS e`,
    live: sql`e.org_id = ${call.caller.org} AND e.deleted_at IS NULL`,
    order: sql`e.number`,
  }
  return [{ group: 'bloc_events', rows: byNumber(table, sql`e.number`, numbers, most) }]
}

function byNumber(table: Table, number: Sql, ranges: readonly Range[], most: number): Sql {
  const { from, live } = table
  const lows = ranges.map(([low]) => low)
  const highs = ranges.map(([, high]) => high)
  const picked = sql`SELECT e.* FROM unnest(${lows}::bigint[], ${highs}::bigint[]) AS range (low, high) CROSS JOIN LATERAL (
      SELECT e.* FROM ${from} WHERE ${live} AND ${number} BETWEEN range.low AND range.high ORDER BY ${number} LIMIT ${most}
    ) AS e ORDER BY ${number} LIMIT ${most}`
  return chosen(table, picked, number)
}
