import type pg from 'pg'
import { type Pair, scorePair } from '@/domain/duplicate-events/scoring'
import { ORGANISATION } from './catalogue'

interface Compared extends Omit<Pair, 'durations' | 'participants'> {
  readonly event_key: string
  readonly activity_key: string
  readonly duration: [number, number] | null
  readonly participants: [number, number] | null
}

/** Gives every check that found a duplicate, waiting or decided, what it found: the activities near it and their scores. */
export async function findCandidates(db: pg.ClientBase): Promise<void> {
  const { rows } = await db.query<Compared>(NEAR_ACTIVITIES, [ORGANISATION.id])
  const candidates = rows.flatMap(({ event_key, activity_key, duration, ...pair }) => {
    const { probability, evidence, duplicate } = scorePair({ ...pair, durations: duration })
    return duplicate ? [{ event_key, activity_key, probability, evidence }] : []
  })
  await db.query(
    `INSERT INTO duplicate_candidate (event_key, activity_key, probability, evidence)
     SELECT event_key, activity_key, probability, evidence FROM json_populate_recordset(NULL::duplicate_candidate, $1)`,
    [JSON.stringify(candidates)],
  )
  await db.query(
    `UPDATE duplicate_event AS e SET probability = c.surest
     FROM (SELECT event_key, max(probability) AS surest FROM duplicate_candidate GROUP BY event_key) AS c
     WHERE e.key = c.event_key`,
  )
}

// What a decided draft became itself is no candidate of it.
const NEAR_ACTIVITIES = `
  SELECT e.key AS event_key, a.key AS activity_key, a.mentor_key = e.mentor_key AS same_mentor,
    a.activity_type_id = e.activity_type_id AS same_type, abs(a.date - e.date) AS days_apart,
    similarity(search_text(e.draft ->> 'title'), search_text(a.title)) AS title_similarity,
    similarity(search_text(e.draft ->> 'location'), search_text(a.location)) AS location_similarity,
    CASE WHEN e.draft ->> 'duration_minutes' IS NOT NULL AND a.duration_minutes IS NOT NULL
      THEN jsonb_build_array(e.draft -> 'duration_minutes', a.duration_minutes) END AS duration,
    abs(extract(epoch FROM (e.draft ->> 'starts_at')::time - a.starts_at::time) / 60)::float AS starts_apart,
    CASE WHEN e.draft ->> 'participant_count' IS NOT NULL AND a.participant_count IS NOT NULL
      THEN jsonb_build_array(e.draft -> 'participant_count', a.participant_count) END AS participants
  FROM duplicate_event e
  JOIN activity a ON a.created_at < e.dispatched_at AND a.key IS DISTINCT FROM CASE e.resolution WHEN 'keep_both' THEN e.activity_key END
    AND ((a.mentor_key = e.mentor_key AND a.date BETWEEN e.date - 1 AND e.date + 1)
      OR (a.org_id = e.org_id AND a.activity_type_id = e.activity_type_id AND a.date = e.date
        AND (similarity(search_text(e.draft ->> 'title'), search_text(a.title)) > 0.3
          OR similarity(search_text(e.draft ->> 'location'), search_text(a.location)) > 0.3)))
  WHERE e.org_id = $1 AND e.event_type = 'check' AND e.state IN ('duplicate_found', 'resolved')
  ORDER BY e.key, a.key`
