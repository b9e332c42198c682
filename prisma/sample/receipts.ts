import type pg from 'pg'
import { type Counted, countCountable } from '@/domain/activities/countable'
import type { ActivityFields } from '@/domain/activities/schema'
import { undoMerge } from '@/domain/duplicate-events/merge-plan'
import type { DuplicateEventRow } from './rows'

type Kept = Counted & ActivityFields & { readonly key: number }

// what the organisation counts by default
const RULE = { participants: 3, minutes: 45, once_a_day: true }

/** Gives each decision its receipt, with the evidence it was made on and what it did to the number of countable activities. */
export async function keepReceipts(db: pg.ClientBase, events: readonly DuplicateEventRow[]): Promise<void> {
  const receipts = []
  for (const event of events) {
    if (event.receipt === null) continue
    receipts.push({ event_key: event.key, content: event.receipt, countable_change: await changeBy(db, event) })
  }
  await db.query(
    `INSERT INTO duplicate_receipt (org_id, event_key, mentor_key, other_mentor_key, resolution, probability, evidence, content,
       countable_change, decided_by, decided_at)
     SELECT e.org_id, e.key, e.mentor_key, a.mentor_key, e.resolution, c.probability, coalesce(c.evidence, '[]'), receipt.content,
       receipt.countable_change, e.resolved_by, e.last_updated_at
     FROM json_to_recordset($1) AS receipt(event_key bigint, content jsonb, countable_change integer)
     JOIN duplicate_event e ON e.key = receipt.event_key
     LEFT JOIN LATERAL (
       SELECT c.* FROM duplicate_candidate c
       WHERE c.event_key = e.key AND (e.resolution IN ('keep_both', 'discard_draft') OR c.activity_key = e.activity_key)
       ORDER BY c.probability DESC, c.key LIMIT 1
     ) AS c ON true
     LEFT JOIN activity a ON a.key = c.activity_key
     ORDER BY e.last_updated_at, e.key`,
    [JSON.stringify(receipts)],
  )
}

async function changeBy(db: pg.ClientBase, { resolution, receipt, activity_key }: DuplicateEventRow): Promise<number> {
  if (activity_key === null || receipt === null) return 0
  const { rows: sameDay } = await db.query<Kept>(
    `SELECT a.key::integer, a.mentor_key, a.activity_type_id, a.date::text AS date, a.participant_count, a.duration_minutes, a.extra
     FROM activity a JOIN activity own ON own.mentor_key = a.mentor_key AND own.date = a.date WHERE own.key = $1`,
    [activity_key],
  )
  const before = sameDay.flatMap((one) => {
    if (one.key !== activity_key) return [one]
    return resolution === 'keep_both' ? [] : [{ ...undoMerge(one, receipt.lines), mentor_key: one.mentor_key }]
  })
  return countCountable(RULE, sameDay) - countCountable(RULE, before)
}
