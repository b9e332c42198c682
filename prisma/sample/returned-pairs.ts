import type pg from 'pg'
import sql from 'sql-template-tag'
import { type Compared, comparedColumns, toPair } from '@/domain/duplicate-events/comparison'
import { scorePair } from '@/domain/duplicate-events/scoring'

/** Has those told apart come back whose first has been changed since: when, how sure it is, and why. */
export async function bringPairsBack(db: pg.ClientBase): Promise<void> {
  const { rows } = await db.query<Compared & { key: string }>(CHANGED_SINCE)
  for (const { key, ...compared } of rows) {
    const { probability, evidence, duplicate } = scorePair(toPair(compared))
    if (!duplicate) continue
    await db.query(
      `UPDATE distinct_pair AS p SET probability = $2, evidence = $3, returned_at = a.updated_at
       FROM activity AS a WHERE p.key = $1 AND a.key = p.other_activity_key`,
      [key, probability, JSON.stringify(evidence)],
    )
  }
}

const CHANGED_SINCE = sql`
  SELECT p.key, ${comparedColumns(sql`a`, sql`b`, sql`(a.mentor_key = b.mentor_key)`)}
  FROM distinct_pair p JOIN activity a ON a.key = p.activity_key JOIN activity b ON b.key = p.other_activity_key
  WHERE b.content_version <> p.other_content_version ORDER BY p.key`
