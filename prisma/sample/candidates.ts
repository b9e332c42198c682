import type pg from 'pg'
import sql from 'sql-template-tag'
import {
  activityKeys,
  type Compared,
  comparedColumns,
  draftColumns,
  draftKeys,
  toPair,
} from '@/domain/duplicate-events/comparison'
import { scorePair } from '@/domain/duplicate-events/scoring'
import { ORGANISATION } from './catalogue'

/** Gives every check that found a duplicate, waiting or decided, what it found: the activities near it and their scores. */
export async function findCandidates(db: pg.ClientBase): Promise<void> {
  const { rows } = await db.query<Compared & { event_key: string; activity_key: string }>(NEAR_ACTIVITIES)
  const candidates = rows.flatMap(({ event_key, activity_key, ...compared }) => {
    const { probability, evidence, duplicate } = scorePair(toPair(compared))
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
const NEAR_ACTIVITIES = sql`
  WITH near AS (
    SELECT e.key AS event_key, a.key AS activity_key
    FROM duplicate_event e JOIN activity a ON a.mentor_key = e.mentor_key AND a.date BETWEEN e.date - 1 AND e.date + 1
    UNION
    SELECT e.key, a.key FROM duplicate_event e JOIN activity a ON ${activityKeys(sql`a`)} && ${draftKeys(sql`e`)}
  )
  SELECT n.*, ${comparedColumns(sql`e`, sql`a`, sql`(a.mentor_key = e.mentor_key)`)}
  FROM near n JOIN activity a ON a.key = n.activity_key
  JOIN (SELECT e.*, ${draftColumns(sql`e.draft`)} FROM duplicate_event e) AS e ON e.key = n.event_key
  WHERE e.org_id = ${ORGANISATION.id} AND e.event_type = 'check' AND e.state IN ('duplicate_found', 'resolved')
    AND a.created_at < e.dispatched_at AND a.key IS DISTINCT FROM CASE e.resolution WHEN 'keep_both' THEN e.activity_key END
  ORDER BY n.event_key, n.activity_key`
