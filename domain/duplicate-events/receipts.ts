import 'server-only'
import type { Activity } from '@/domain/activities/queries'
import type { Call } from '@/lib/call'
import { sql, type Tx } from '@/lib/db'
import type { Chosen } from './choose'
import type { EventRow } from './event-row'
import type { Receipt } from './merge-plan'
import type { Resolution } from './states'

export interface Decided {
  readonly resolution: Resolution
  readonly chosen: Chosen
  readonly content: Receipt
  /** By how much the number of countable activities has changed. */
  readonly countable_change: number
  /** The batch that carried it out. */
  readonly batchKey: number | null
}

/** Keeps what a decision did, and the evidence that it was made on. */
export async function keepReceipt(tx: Tx, call: Call, event: EventRow, decided: Decided): Promise<void> {
  const { resolution, chosen, content, countable_change, batchKey } = decided
  const { probability = null, evidence = [] } = candidateOf(chosen.activity, chosen.candidates) ?? {}
  await tx.query(
    sql`INSERT INTO duplicate_receipt (org_id, event_key, mentor_key, other_mentor_key, resolution, probability, evidence,
          content, countable_change, batch_key, decided_by, decided_at)
        VALUES (${call.caller.org}, ${event.key}, ${event.mentor_key}, ${chosen.activity?.mentor_key ?? null}, ${resolution},
          ${probability}, ${JSON.stringify(evidence)}, ${JSON.stringify(content)}, ${countable_change}, ${batchKey},
          ${call.caller.actor}, ${call.now})`,
  )
}

/** Notes who took the decision back; its receipt stays. */
export async function closeReceipt(tx: Tx, call: Call, event: EventRow): Promise<void> {
  await tx.query(
    sql`UPDATE duplicate_receipt SET undone_by = ${call.caller.actor}, undone_at = ${call.now}
        WHERE event_key = ${event.key} AND undone_at IS NULL`,
  )
}

function candidateOf(activity: Activity | null, candidates: Chosen['candidates']) {
  return activity ? candidates.find(({ activity_key }) => activity_key === activity.key) : candidates[0]
}
