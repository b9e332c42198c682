import 'server-only'
import type { Answer, Call } from '@/lib/call'
import { type Db, first, rows, sql, type Tx } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { type Instant, wireTime, wireTimeOrNull } from '@/lib/instant'
import type { BatchItem, DuplicateBatch } from './batch-schema'
import { type EventRow, eventId } from './event-row'

export interface BatchRow {
  readonly key: number
  /** `bat_…` */
  readonly id: string
  readonly state: DuplicateBatch['state']
  readonly created_by: string
  readonly created_at: Instant
  readonly run_by: string | null
  readonly run_at: Instant | null
  readonly ended_at: Instant | null
  readonly undone_by: string | null
  readonly undone_at: Instant | null
}

export interface ItemRow extends Pick<BatchItem, 'resolution' | 'candidate_id' | 'plan' | 'outcome'> {
  readonly position: number
  readonly event_key: number
  readonly number: EventRow['number']
  readonly review_version: number
}

type ShownItem = Omit<BatchItem, 'id'> & Pick<EventRow, 'number'>

const batchColumns = sql`b.key, b.id, b.state, b.created_by, b.created_at, b.run_by, b.run_at, b.ended_at, b.undone_by,
  b.undone_at`

/** The batch of this id. Throws `batch_not_found`. */
export async function requireBatch(db: Db, call: Call, id: string): Promise<BatchRow> {
  const batch = await first<BatchRow>(
    db,
    sql`SELECT ${batchColumns} FROM duplicate_batch b WHERE b.org_id = ${call.caller.org} AND b.id = ${id}`,
  )
  if (batch) return batch
  throw new AppError('batch_not_found', `There is no batch ${id}.`)
}

/**
 * Has nobody else go on with this batch, or start or undo it, until the transaction ends. Before any mentor is locked, and
 * so that waiting holds up nobody's change feed.
 */
export async function lockBatch(tx: Tx, batchKey: number): Promise<void> {
  await tx.query(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`duplicate batch ${batchKey}`}, 0))`)
}

/** The batch as it stands, read under its lock. */
export async function findBatch(tx: Tx, batchKey: number): Promise<BatchRow | null> {
  return first(tx, sql`SELECT ${batchColumns} FROM duplicate_batch b WHERE b.key = ${batchKey}`)
}

/** The row that comes next: forwards while the batch runs, backwards while it is taken back. */
export async function findNextItem(tx: Tx, batch: BatchRow): Promise<ItemRow | null> {
  const [outcome, order] = batch.state === 'running' ? ['planned', sql`i.position`] : ['done', sql`i.position DESC`]
  return first(
    tx,
    sql`SELECT i.position, i.event_key, e.number, i.review_version, i.resolution, i.candidate_id, i.plan, i.outcome
        FROM duplicate_batch_item i JOIN duplicate_event e ON e.key = i.event_key
        WHERE i.batch_key = ${batch.key} AND i.outcome = ${outcome} ORDER BY ${order} LIMIT 1`,
  )
}

/** A batch with each of its rows; those of erased mentors are left out. Throws `batch_not_found`. */
export async function getBatch(db: Db, call: Call, id: string): Promise<Answer<DuplicateBatch>> {
  const batch = await requireBatch(db, call, id)
  const items = await rows<ShownItem>(
    db,
    sql`SELECT e.number, m.mentor_id, m.full_name AS mentor_name, nullif(btrim(e.draft ->> 'title'), '') AS title, e.date,
          i.resolution, i.candidate_id, i.plan, i.outcome, i.code, i.detail,
          done.id AS receipt_id,
          CASE WHEN i.outcome = 'planned' THEN (i.plan ->> 'countable_change')::integer
            WHEN done.undone_at IS NULL THEN done.countable_change END AS countable_change
        FROM duplicate_batch_item i
        JOIN duplicate_event e ON e.key = i.event_key
        JOIN mentor m ON m.key = e.mentor_key AND m.erased_at IS NULL
        LEFT JOIN LATERAL (
          SELECT r.id, r.undone_at, r.countable_change FROM duplicate_receipt r
          WHERE r.event_key = i.event_key AND r.batch_key = i.batch_key ORDER BY r.key DESC LIMIT 1) AS done ON true
        WHERE i.batch_key = ${batch.key} ORDER BY i.position`,
  )
  const counts = { planned: 0, refused: 0, done: 0, undone: 0, undo_refused: 0 }
  for (const { outcome } of items) counts[outcome] += 1
  return {
    body: {
      ...toWire(batch),
      counts,
      items: items.map(({ number, ...item }) => ({ id: eventId({ number }), ...item })),
    },
  }
}

function toWire({ key: _, id, ...batch }: BatchRow): Omit<DuplicateBatch, 'counts' | 'items'> {
  return {
    batch_id: id,
    state: batch.state,
    created_by: batch.created_by,
    created_at: wireTime(batch.created_at),
    run_by: batch.run_by,
    run_at: wireTimeOrNull(batch.run_at),
    ended_at: wireTimeOrNull(batch.ended_at),
    undone_by: batch.undone_by,
    undone_at: wireTimeOrNull(batch.undone_at),
  }
}
