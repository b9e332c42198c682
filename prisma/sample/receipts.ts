import type pg from 'pg'
import { type Counted, countCountable } from '@/domain/activities/countable'
import type { ActivityFields } from '@/domain/activities/schema'
import { undoMerge } from '@/domain/duplicate-events/merge-plan'
import type { DuplicateEventRow, TakenBack } from './rows'

type Kept = Counted & ActivityFields & { readonly key: number }

// what the organisation counts by default
const RULE = { participants: 3, minutes: 45, once_a_day: true }

/** Gives each decision its receipt, with the evidence it was made on and what it did to the number of countable activities. */
export async function keepReceipts(db: pg.ClientBase, events: readonly DuplicateEventRow[]): Promise<void> {
  const receipts = []
  for (const event of events) {
    if (event.receipt !== null) receipts.push(await standingReceipt(db, event))
    if (event.taken_back) receipts.push(await takenBackReceipt(db, event, event.taken_back))
  }
  await db.query(
    `INSERT INTO duplicate_receipt (org_id, event_key, mentor_key, other_mentor_key, resolution, probability, evidence, content,
       countable_change, decided_by, decided_at, undone_by, undone_at)
     SELECT e.org_id, e.key, e.mentor_key, a.mentor_key, receipt.resolution, c.probability, coalesce(c.evidence, '[]'),
       receipt.content, receipt.countable_change, receipt.decided_by, receipt.decided_at,
       CASE WHEN receipt.undone_at IS NOT NULL THEN receipt.decided_by END, receipt.undone_at
     FROM json_to_recordset($1) AS receipt(event_key bigint, resolution text, activity_key bigint, content jsonb,
       countable_change integer, decided_by text, decided_at timestamptz, undone_at timestamptz)
     JOIN duplicate_event e ON e.key = receipt.event_key
     LEFT JOIN LATERAL (
       SELECT c.* FROM duplicate_candidate c
       WHERE c.event_key = e.key
         AND (receipt.resolution IN ('keep_both', 'discard_draft') OR c.activity_key = receipt.activity_key)
       ORDER BY c.probability DESC, c.key LIMIT 1
     ) AS c ON true
     LEFT JOIN activity a ON a.key = c.activity_key
     ORDER BY receipt.decided_at, e.key`,
    [JSON.stringify(receipts)],
  )
}

async function standingReceipt(db: pg.ClientBase, event: DuplicateEventRow) {
  const { key, resolution, activity_key, receipt, resolved_by, last_updated_at } = event
  const before = (one: Kept) =>
    resolution === 'keep_both' ? null : { ...undoMerge(one, receipt?.lines ?? []), mentor_key: one.mentor_key }
  return {
    event_key: key,
    resolution,
    activity_key,
    content: receipt,
    countable_change: await changeBy(db, activity_key, before, (one) => one),
    decided_by: resolved_by,
    decided_at: last_updated_at,
    undone_at: null,
  }
}

async function takenBackReceipt(
  db: pg.ClientBase,
  { key, last_updated_at }: DuplicateEventRow,
  { resolution, activity_key, receipt, merged, decided_at }: TakenBack,
) {
  const after = ({ mentor_key }: Kept) => ({ ...merged, mentor_key })
  return {
    event_key: key,
    resolution,
    activity_key,
    content: receipt,
    countable_change: await changeBy(db, activity_key, (one) => one, after),
    decided_by: 'open',
    decided_at,
    undone_at: last_updated_at,
  }
}

type Version = (kept: Kept) => Counted | null

/** By how much more activities counted with a decision about this one than before it. */
async function changeBy(
  db: pg.ClientBase,
  activityKey: number | null,
  before: Version,
  after: Version,
): Promise<number> {
  if (activityKey === null) return 0
  const { rows: sameDay } = await db.query<Kept>(
    `SELECT a.key::integer, a.mentor_key, a.activity_type_id, a.date::text AS date, a.participant_count, a.duration_minutes, a.extra
     FROM activity a JOIN activity own ON own.mentor_key = a.mentor_key AND own.date = a.date WHERE own.key = $1`,
    [activityKey],
  )
  const countWith = (version: Version) =>
    countCountable(
      RULE,
      sameDay.flatMap((one) => (one.key === activityKey ? (version(one) ?? []) : [one])),
    )
  return countWith(after) - countWith(before)
}
