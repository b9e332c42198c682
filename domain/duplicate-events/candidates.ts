import 'server-only'
import type { Call } from '@/lib/call'
import { type Db, join, rows, type Sql, sql, type Tx } from '@/lib/db'
import type { EventRow } from './event-row'
import { draftFields } from './merge-plan'
import { type Evidence, scorePair } from './scoring'

/** What a draft may duplicate: a kept activity, or a draft that waits itself. */
export interface Found {
  readonly activity_key: number | null
  readonly draft_key: number | null
  readonly probability: number
  readonly evidence: readonly Evidence[]
}

interface ComparedRow {
  activity_key: number | null
  draft_key: number | null
  same_mentor: boolean
  activity_type_id: string
  days_apart: number
  title_similarity: number | null
  location_similarity: number | null
  duration_minutes: number | null
  starts_apart: number | null
  participant_count: number | null
}

const KEPT = 20
// below this share of common trigrams two texts of different mentors are not worth a comparison
const SIMILAR = 0.3

/**
 * What the draft of a check may duplicate, surest first, at most 20. Reads by index: what its mentor logged within a day,
 * and what others logged of the same type on the same day under a similar title or in a similar place.
 */
export async function findCandidates(db: Db, call: Call, event: EventRow): Promise<Found[]> {
  const draft = draftFields(event.draft ?? {}, event)
  const compared = await rows<ComparedRow>(db, candidateQuery(call, event, draft))
  const found: Found[] = []
  for (const row of compared) {
    const { duplicate, probability, evidence } = scorePair({
      same_mentor: row.same_mentor,
      same_type: row.activity_type_id === event.activity_type_id,
      days_apart: row.days_apart,
      title_similarity: row.title_similarity,
      location_similarity: row.location_similarity,
      durations: pairOf(draft.duration_minutes, row.duration_minutes),
      starts_apart: row.starts_apart,
      participants: pairOf(draft.participant_count, row.participant_count),
    })
    if (duplicate) found.push({ activity_key: row.activity_key, draft_key: row.draft_key, probability, evidence })
  }
  return found.sort((a, b) => b.probability - a.probability || rankOf(a) - rankOf(b)).slice(0, KEPT)
}

/** Replaces what was found for the event before. */
export async function keepCandidates(tx: Tx, event: EventRow, found: readonly Found[]): Promise<void> {
  await tx.query(sql`DELETE FROM duplicate_candidate WHERE event_key = ${event.key}`)
  if (found.length === 0) return
  const values = found.map(
    ({ activity_key, draft_key, probability, evidence }) =>
      sql`(${event.key}, ${activity_key}, ${draft_key}, ${probability}, ${JSON.stringify(evidence)})`,
  )
  await tx.query(
    sql`INSERT INTO duplicate_candidate (event_key, activity_key, draft_key, probability, evidence) VALUES ${join(values)}`,
  )
}

function pairOf(a: number | null, b: number | null): [number, number] | null {
  return a === null || b === null ? null : [a, b]
}

// what is kept comes before what still waits, the older before the younger
function rankOf({ activity_key, draft_key }: Found): number {
  return activity_key ?? 1e15 + (draft_key ?? 0)
}

function candidateQuery(call: Call, event: EventRow, draft: ReturnType<typeof draftFields>): Sql {
  const { org } = call.caller
  const days = sql`BETWEEN ${event.date}::date - 1 AND ${event.date}::date + 1`
  const sameSlot = (at: Sql) => sql`${at}.activity_type_id = ${event.activity_type_id} AND ${at}.date = ${event.date}`
  // each read once for the whole statement: taking accents away from a text is the costly part
  const title = sql`(SELECT title FROM own)`
  const place = sql`(SELECT place FROM own)`
  const similar = (otherTitle: Sql, otherPlace: Sql) =>
    sql`(${likeness(title, otherTitle)} >= ${SIMILAR} OR ${likeness(place, otherPlace)} >= ${SIMILAR})`
  return sql`WITH RECURSIVE own AS MATERIALIZED (
      SELECT search_text(${draft.title}) AS title, search_text(${draft.location}) AS place
    ), waiting_for_it AS (
      SELECT ${event.key}::bigint AS key
      UNION
      SELECT e.key FROM waiting_for_it w
      JOIN duplicate_candidate c ON c.draft_key = w.key
      JOIN duplicate_event e ON e.key = c.event_key AND e.state = 'duplicate_found' AND e.cancelled_at IS NULL
    ), near AS (
      SELECT a.key AS activity_key, NULL::bigint AS draft_key FROM activity a
      WHERE a.mentor_key = ${event.mentor_key} AND a.date ${days}
      UNION
      SELECT a.key, NULL FROM activity_co_leader l JOIN activity a ON a.key = l.activity_key
      WHERE l.mentor_key = ${event.mentor_key} AND a.date ${days}
      UNION
      SELECT a.key, NULL FROM activity a
      WHERE a.org_id = ${org} AND ${sameSlot(sql`a`)} AND ${similar(sql`a.title`, sql`a.location`)}
      UNION
      SELECT NULL, e.key FROM duplicate_event e
      WHERE e.org_id = ${org} AND e.cancelled_at IS NULL AND e.state IN ('checking', 'duplicate_found') AND e.event_type = 'check'
        AND e.date ${days}
        -- of two drafts still being checked the later one waits for the earlier; and nothing waits for itself
        AND (e.state = 'duplicate_found' OR e.key < ${event.key}) AND e.key NOT IN (SELECT key FROM waiting_for_it)
        AND (e.mentor_key = ${event.mentor_key}
          OR (${sameSlot(sql`e`)} AND ${similar(draftText(sql`e`, 'title'), draftText(sql`e`, 'location'))}))
    ), record AS (
      SELECT n.*, a.mentor_key, a.activity_type_id, a.date, a.title, a.location, a.duration_minutes, a.starts_at,
        a.participant_count
      FROM near n JOIN activity a ON a.key = n.activity_key
      WHERE NOT EXISTS (
        SELECT FROM distinct_pair p
        WHERE p.activity_key = a.key AND p.content_version = a.content_version AND p.other_draft_key = ${event.key})
      UNION ALL
      SELECT n.*, e.mentor_key, e.activity_type_id, e.date, ${draftText(sql`e`, 'title')}, ${draftText(sql`e`, 'location')},
        (e.draft ->> 'duration_minutes')::double precision, e.draft ->> 'starts_at', (e.draft ->> 'participant_count')::integer
      FROM near n JOIN duplicate_event e ON e.key = n.draft_key
    )
    SELECT r.activity_key, r.draft_key, r.activity_type_id, r.duration_minutes, r.participant_count,
      r.mentor_key = ${event.mentor_key} OR EXISTS (
        SELECT FROM activity_co_leader l
        WHERE l.activity_key = r.activity_key AND l.mentor_key = ${event.mentor_key}) AS same_mentor,
      abs(r.date - ${event.date}::date) AS days_apart,
      ${likeness(title, sql`r.title`)} AS title_similarity,
      ${likeness(place, sql`r.location`)} AS location_similarity,
      abs(extract(epoch FROM r.starts_at::time - ${draft.starts_at}::text::time) / 60)::integer AS starts_apart
    FROM record r JOIN mentor m ON m.key = r.mentor_key AND m.erased_at IS NULL`
}

function draftText(at: Sql, key: 'title' | 'location'): Sql {
  return sql`nullif(btrim(${at}.draft ->> ${key}::text), '')`
}

// text without letters and digits has no trigrams, but may be equal all the same
function likeness(own: Sql, other: Sql): Sql {
  return sql`CASE WHEN ${own} = search_text(${other}) THEN 1 ELSE similarity(${own}, search_text(${other})) END`
}
