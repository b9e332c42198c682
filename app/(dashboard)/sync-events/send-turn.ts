import type { RowResult } from '@/components/list/send-in-chunks'
import type { AcknowledgedSyncEvent, AcknowledgedSyncEvents } from '@/domain/mentor-status-sync/acknowledge-schema'
import { callApi } from '@/lib/api-client'
import type { InboxTarget, Turn } from './inbox-state'

/**
 * Sends one chunk; events that had other notes each need a request of their own to get them back. No note is written over
 * one that has come since.
 */
export async function sendTurn(
  rows: readonly InboxTarget[],
  { acknowledged, note, restoreNotes = false }: Turn,
  idempotencyKey: string,
  wordsOf: (code: NonNullable<AcknowledgedSyncEvent['code']>) => string,
): Promise<RowResult[]> {
  const results: RowResult[] = []
  // the note that is taken back was written at the version that had been read, and raised it
  const written = restoreNotes ? 1 : 0
  const reasons = restoreNotes ? [...new Set(rows.map((row) => row.note))] : [note]
  for (const [index, reason] of reasons.entries()) {
    const group = restoreNotes ? rows.filter((row) => row.note === reason) : rows
    const { body } = await callApi<AcknowledgedSyncEvents>('/api/v1/mentor-status-sync/events/acknowledge', {
      method: 'POST',
      body: {
        ids: group.map(({ id }) => id),
        acknowledged,
        ...(reason !== undefined && { reason, versions: group.map(({ version }) => version + written) }),
      },
      idempotencyKey: `${idempotencyKey}-${index}`,
    })
    for (const [place, { outcome, code }] of body.results.entries()) {
      const { id, name } = group[place] as InboxTarget
      results.push({ id, name, outcome, ...(code && { why: wordsOf(code) }) })
    }
  }
  return results
}
