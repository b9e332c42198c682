import 'server-only'
import type { Call } from '@/lib/call'
import { type Db, join, rows, type Sql, sql, type Tx } from '@/lib/db'
import { activityKeys, type Compared, comparedColumns, draftColumns, draftKeys, toPair } from './comparison'
import { isUnchanged } from './distinct-pairs'
import type { EventRow } from './event-row'
import { type Evidence, scorePair } from './scoring'

/** What a draft may duplicate: a kept activity, or a draft that waits itself. */
export interface Found {
  readonly activity_key: number | null
  readonly draft_key: number | null
  readonly probability: number
  readonly evidence: readonly Evidence[]
}

type ComparedRow = Compared & { readonly activity_key: number | null; readonly draft_key: number | null }

const KEPT = 20

/**
 * What the draft of a check may duplicate, surest first, at most 20. Reads by index: what its mentor logged within a day,
 * and what others logged on the same day: with a word in common where the type is the same too, else one of the title and
 * one of the place; or of the same type with as many people, more than two,
 * while one of the two leaves out where.
 */
export async function findCandidates(db: Db, call: Call, event: EventRow): Promise<Found[]> {
  const compared = await rows<ComparedRow>(db, candidateQuery(call, event))
  const found: Found[] = []
  for (const { activity_key, draft_key, ...row } of compared) {
    const { duplicate, probability, evidence } = scorePair(toPair(row))
    if (duplicate) found.push({ activity_key, draft_key, probability, evidence })
  }
  return found.sort((a, b) => b.probability - a.probability || rankOf(a) - rankOf(b)).slice(0, KEPT)
}

/**
 * Weighs what was found for these events by what it says now. None of it is dropped: what a coordinator has been shown is
 * for a coordinator to decide.
 */
export async function weighCandidates(tx: Tx, eventKeys: readonly number[]): Promise<void> {
  const compared = await rows<Compared & { readonly key: number }>(
    tx,
    sql`SELECT c.key, ${comparedColumns(sql`own`, sql`r`, sql`r.same_mentor`)}
        FROM duplicate_candidate c
        CROSS JOIN LATERAL (SELECT e.*, ${draftColumns(sql`e.draft`)} FROM duplicate_event e WHERE e.key = c.event_key) AS own
        LEFT JOIN duplicate_event other ON other.key = c.draft_key
        CROSS JOIN LATERAL (
          SELECT a.mentor_key, a.activity_type_id, a.date, a.title, a.title_words, a.place_words, a.duration_minutes,
            a.starts_at, a.participant_count, a.notes,
            a.mentor_key = own.mentor_key OR EXISTS (
              SELECT FROM activity_co_leader l WHERE l.activity_key = a.key AND l.mentor_key = own.mentor_key) AS same_mentor
          FROM activity a WHERE a.key = coalesce(c.activity_key, other.activity_key)
          UNION ALL
          SELECT other.mentor_key, other.activity_type_id, other.date, d.title, other.title_words, other.place_words,
            d.duration_minutes, d.starts_at, d.participant_count, d.notes, other.mentor_key = own.mentor_key
          FROM (SELECT ${draftColumns(sql`other.draft`)}) AS d
          WHERE c.draft_key IS NOT NULL AND other.activity_key IS NULL AND other.cancelled_at IS NULL
        ) AS r
        WHERE c.event_key = ANY(${eventKeys})`,
  )
  if (compared.length === 0) return
  const weighed = compared.map(({ key, ...pair }) => {
    const { probability, evidence } = scorePair(toPair(pair))
    return { key, probability, evidence }
  })
  await tx.query(
    sql`UPDATE duplicate_candidate c SET probability = w.probability, evidence = w.evidence
        FROM jsonb_to_recordset(${JSON.stringify(weighed)}::jsonb) AS w(key bigint, probability double precision, evidence jsonb)
        WHERE c.key = w.key`,
  )
  await tx.query(
    sql`UPDATE duplicate_event e SET probability = surest.probability
        FROM (SELECT event_key, max(probability) AS probability FROM duplicate_candidate
              WHERE key = ANY(${weighed.map(({ key }) => key)}) GROUP BY event_key) AS surest
        WHERE e.key = surest.event_key`,
  )
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

// what is kept comes before what still waits, the older before the younger
function rankOf({ activity_key, draft_key }: Found): number {
  return activity_key ?? 1e15 + (draft_key ?? 0)
}

function candidateQuery(call: Call, event: EventRow): Sql {
  const { org } = call.caller
  const days = sql`BETWEEN ${event.date}::date - 1 AND ${event.date}::date + 1`
  const ownKeys = sql`(SELECT ${draftKeys(sql`own`)} FROM own)`
  const ownHeads = sql`(SELECT participant_count FROM own)`
  const placeless = (at: Sql) => sql`(${at}.place_words IS NULL OR (SELECT place_words FROM own) IS NULL)`
  const draftHeads = sql`(e.draft ->> 'participant_count')::integer`
  // repeated word for word by the statements' part for waiting drafts: their indexes hold nothing else
  const waiting = sql`e.cancelled_at IS NULL AND e.state IN ('checking', 'duplicate_found') AND e.event_type = 'check'`
  // What OFFSET 0 holds together is looked up row by row. How many records have a word in common is guessed far too high,
  // and by that guess all drafts and all mentors would be read.
  return sql`WITH RECURSIVE own AS MATERIALIZED (
      SELECT e.*, ${draftColumns(sql`e.draft`)} FROM duplicate_event e WHERE e.key = ${event.key}
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
      SELECT a.key, NULL FROM activity a WHERE ${activityKeys(sql`a`)} && ${ownKeys}
      UNION
      SELECT a.key, NULL FROM activity a
      WHERE a.org_id = ${org} AND a.activity_type_id = ${event.activity_type_id} AND a.date = ${event.date}::date
        AND a.participant_count = ${ownHeads} AND a.participant_count > 2 AND ${placeless(sql`a`)}
      UNION
      SELECT NULL, e.key FROM duplicate_event e WHERE ${waiting} AND e.mentor_key = ${event.mentor_key} AND e.date ${days}
      UNION
      SELECT NULL, e.key FROM duplicate_event e WHERE ${waiting} AND ${draftKeys(sql`e`)} && ${ownKeys}
      UNION
      SELECT NULL, e.key FROM duplicate_event e
      WHERE ${waiting} AND e.org_id = ${org} AND e.activity_type_id = ${event.activity_type_id} AND e.date = ${event.date}::date
        AND ${draftHeads} = ${ownHeads} AND ${draftHeads} > 2 AND ${placeless(sql`e`)}
    ), record AS (
      SELECT n.*, a.mentor_key, a.activity_type_id, a.date, a.title, a.title_words, a.place_words, a.duration_minutes,
        a.starts_at, a.participant_count, a.notes
      FROM near n CROSS JOIN LATERAL (SELECT * FROM activity WHERE key = n.activity_key OFFSET 0) AS a
      WHERE a.org_id = ${org} AND NOT EXISTS (
        SELECT FROM distinct_pair p WHERE p.activity_key = a.key AND p.other_draft_key = ${event.key}
          AND ${isUnchanged(sql`a`, sql`p.content_version`, sql`p.content`)})
      UNION ALL
      SELECT n.*, e.mentor_key, e.activity_type_id, e.date, d.title, e.title_words, e.place_words, d.duration_minutes,
        d.starts_at, d.participant_count, d.notes
      FROM near n CROSS JOIN LATERAL (SELECT * FROM duplicate_event WHERE key = n.draft_key OFFSET 0) AS e
      CROSS JOIN LATERAL (SELECT ${draftColumns(sql`e.draft`)}) AS d
      -- of two drafts still being checked the later one waits for the earlier; and nothing waits for itself
      WHERE e.org_id = ${org} AND (e.state = 'duplicate_found' OR e.key < ${event.key})
        AND e.key NOT IN (SELECT key FROM waiting_for_it)
    )
    SELECT r.activity_key, r.draft_key, ${comparedColumns(sql`own`, sql`r`, sql`whose.same`)}
    FROM own, record r
    CROSS JOIN LATERAL (SELECT FROM mentor WHERE key = r.mentor_key AND erased_at IS NULL OFFSET 0) AS present
    CROSS JOIN LATERAL (
      SELECT r.mentor_key = ${event.mentor_key} OR EXISTS (
        SELECT FROM activity_co_leader l
        WHERE l.activity_key = r.activity_key AND l.mentor_key = ${event.mentor_key}) AS same
    ) AS whose`
}
