import 'server-only'
import type { Answer, Call } from '@/lib/call'
import { type Sql, sql, type Tx } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { type BatchRow, findBatch, getBatch, lockBatch, requireBatch } from '../batch-rows'
import type { DuplicateBatch } from '../batch-schema'
import { enqueueBatch } from '../waiting'

/**
 * Has a planned batch carried out in the background, in the caller's name; one that stands still goes on, one that has
 * ended stays as it is. Throws `batch_not_found`, and `transition_not_allowed` once it was taken back.
 */
export async function runBatch(tx: Tx, call: Call, id: string): Promise<Answer<DuplicateBatch>> {
  const batch = await takeBatch(tx, call, id)
  if (batch.state === 'undoing' || batch.state === 'undone') {
    throw new AppError(
      'transition_not_allowed',
      `${id} has been taken back and cannot be run again. Nothing was stored; plan the same decisions anew.`,
    )
  }
  if (batch.state === 'planned') {
    await setBatch(tx, batch, sql`state = 'running', run_by = ${call.caller.actor}, run_at = ${call.now}`)
  }
  if (batch.state !== 'done') await enqueueBatch(tx, call, batch.key)
  return getBatch(tx, call, id)
}

/**
 * Has what a batch did taken back in the background, the last first, in the caller's name; one that stands still goes on,
 * one that was taken back stays as it is. Throws `batch_not_found` and `batch_not_ended`.
 */
export async function undoBatch(tx: Tx, call: Call, id: string): Promise<Answer<DuplicateBatch>> {
  const batch = await takeBatch(tx, call, id)
  if (batch.state === 'planned' || batch.state === 'running') {
    const reason = batch.state === 'planned' ? 'has not been run' : 'is still running'
    throw new AppError('batch_not_ended', `${id} ${reason}. Nothing was taken back; try again when it has ended.`)
  }
  if (batch.state === 'done') {
    await setBatch(tx, batch, sql`state = 'undoing', undone_by = ${call.caller.actor}, undone_at = ${call.now}`)
  }
  if (batch.state !== 'undone') await enqueueBatch(tx, call, batch.key)
  return getBatch(tx, call, id)
}

async function takeBatch(tx: Tx, call: Call, id: string): Promise<BatchRow> {
  const { key } = await requireBatch(tx, call, id)
  await lockBatch(tx, key)
  const batch = await findBatch(tx, key)
  if (!batch) throw new Error(`${id} went away`)
  return batch
}

async function setBatch(tx: Tx, { key, state }: BatchRow, sets: Sql): Promise<void> {
  await tx.query(sql`UPDATE duplicate_batch SET ${sets} WHERE key = ${key} AND state = ${state}`)
}
