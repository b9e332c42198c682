import 'server-only'
import { findActivities } from '@/domain/activities/queries'
import type { Call } from '@/lib/call'
import { readClock } from '@/lib/clock'
import { first, pool, sql, type Tx, transaction } from '@/lib/db'
import { type AppError, toAppError } from '@/lib/errors'
import { log } from '@/lib/log'
import { isAsPlanned, planDecision, requireWaiting } from './batch-plan'
import { type BatchRow, findBatch, findNextItem, type ItemRow, lockBatch } from './batch-rows'
import type { BatchItem } from './batch-schema'
import { chooseCandidate, movedOn, requireResolution } from './choose'
import { resolveDuplicate } from './commands/resolve'
import { undoResolution } from './commands/undo'
import { type EventRow, eventId, requireEvent } from './event-row'
import { type Ledger, lockDays, withMentors } from './ledger'
import { listLiveCandidates } from './live-candidates'
import { needsCheck } from './run-check'
import { enqueueBatch } from './waiting'

// short jobs: a server that stops waits for them, and checks have their turn between
const PIECE_MS = 1000

/**
 * Goes on with a batch where it stands: row after row, each in a transaction of its own with its outcome. What is left
 * after a second is queued anew. A fault of the database or of the program is thrown, so that the worker tries again; in
 * the last attempt the row is refused.
 */
export async function carryOnBatch(
  batchKey: number,
  org: string,
  options: { lastAttempt?: boolean } = {},
): Promise<void> {
  const started = performance.now()
  while (await transaction((tx) => takeNext(tx, batchKey, org, options.lastAttempt === true))) {
    if (performance.now() - started > PIECE_MS) return enqueueBatch(pool(), { caller: { org } }, batchKey)
  }
}

/** Deals with one row. False where nothing is left to do. */
async function takeNext(tx: Tx, batchKey: number, org: string, lastAttempt: boolean): Promise<boolean> {
  await lockBatch(tx, batchKey)
  const batch = await findBatch(tx, batchKey)
  if (batch?.state !== 'running' && batch?.state !== 'undoing') return false
  const item = await findNextItem(tx, batch)
  const call = callFor(batch, org)
  if (!item) {
    await endBatch(tx, call, batch)
    return false
  }
  await tx.query('SAVEPOINT batch_row')
  try {
    await (batch.state === 'running' ? carryOut : takeBack)(tx, call, batch, item)
  } catch (error) {
    const known = refusalOf(error, lastAttempt)
    if (!known) throw error
    await tx.query('ROLLBACK TO SAVEPOINT batch_row')
    if (known.code === 'internal_error') log.error({ err: error, batch: batch.id, item }, 'a row of a batch failed')
    await record(tx, batch, item, batch.state === 'running' ? 'refused' : 'undo_refused', known)
  }
  return true
}

function refusalOf(error: unknown, lastAttempt: boolean): AppError | null {
  const known = toAppError(error)
  const mayPass = known.code === 'database_unavailable' || known.code === 'internal_error'
  return mayPass && !lastAttempt ? null : known
}

function callFor({ id, state, run_by, undone_by }: BatchRow, org: string): Call {
  const actor = state === 'running' ? run_by : undone_by
  if (actor === null) throw new Error(`${id} is ${state} in nobody's name`)
  return {
    caller: { org, actor },
    now: readClock(),
    requestId: id,
    ifMatch: null,
    afterCommit: () => {
      throw new Error('a row of a batch leaves nothing to do after its commit')
    },
  }
}

async function carryOut(tx: Tx, call: Call, batch: BatchRow, item: ItemRow): Promise<void> {
  await withEvent(tx, call, item, async (event, ledger) => {
    requireWaiting(event, needsCheck(event))
    const decision = {
      resolution: item.resolution,
      review_version: item.review_version,
      ...(item.candidate_id !== null && { candidate_id: item.candidate_id }),
    }
    const live = await listLiveCandidates(tx, [event.key])
    const keys = live.flatMap(({ activity_key }) => (activity_key === null ? [] : [activity_key]))
    const chosen = chooseCandidate(event, live, await findActivities(tx, call, keys), decision)
    const { touched } = planDecision(event, chosen, requireResolution(event, chosen, decision, true))
    if (!isAsPlanned(item.plan, touched)) {
      throw movedOn(`What ${eventId(event)} would fill or replace is not what was planned.`)
    }
    await resolveDuplicate(tx, call, event, ledger, decision, { explicit: true, batchKey: batch.key })
  })
  await tx.query(
    // what this very row has touched of the rows to come is part of their plan
    sql`UPDATE duplicate_batch_item i SET review_version = e.review_version
        FROM duplicate_event e
        WHERE i.batch_key = ${batch.key} AND i.outcome = 'planned' AND i.position > ${item.position} AND e.key = i.event_key
          AND e.review_version = i.review_version + 1 AND e.written_in = pg_current_xact_id()`,
  )
  await record(tx, batch, item, 'done')
}

async function takeBack(tx: Tx, call: Call, batch: BatchRow, item: ItemRow): Promise<void> {
  await withEvent(tx, call, item, async (event, ledger) => {
    const standing = await first<{ batch_key: number | null }>(
      tx,
      sql`SELECT batch_key FROM duplicate_receipt WHERE event_key = ${event.key} AND undone_at IS NULL`,
    )
    // somebody may have taken it back already, and even decided otherwise since
    if (standing?.batch_key === batch.key) await undoResolution(tx, call, event, ledger)
  })
  await record(tx, batch, item, 'undone')
}

async function withEvent(
  tx: Tx,
  call: Call,
  item: ItemRow,
  work: (event: EventRow, ledger: Ledger) => Promise<void>,
): Promise<void> {
  const named = await requireEvent(tx, call, eventId(item))
  await withMentors(tx, call, [named.mentor_key], async (ledger) => {
    await lockDays(tx, call, named.date)
    await work(await requireEvent(tx, call, eventId(item)), ledger)
  })
}

async function record(
  tx: Tx,
  batch: BatchRow,
  item: ItemRow,
  outcome: BatchItem['outcome'],
  refusal: AppError | null = null,
): Promise<void> {
  await tx.query(
    sql`UPDATE duplicate_batch_item
        SET outcome = ${outcome}, code = ${refusal?.code ?? null}, detail = ${refusal?.message ?? null}
        WHERE batch_key = ${batch.key} AND position = ${item.position} AND outcome = ${item.outcome}`,
  )
}

async function endBatch(tx: Tx, call: Call, { key, state }: BatchRow): Promise<void> {
  const end = state === 'running' ? sql`state = 'done', ended_at = ${call.now}` : sql`state = 'undone'`
  await tx.query(sql`UPDATE duplicate_batch SET ${end} WHERE key = ${key} AND state = ${state}`)
}
