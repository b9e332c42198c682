import 'server-only'
import { recordMentorChange } from '@/domain/mentors/record'
import type { Answer, Call } from '@/lib/call'
import { sql, type Tx } from '@/lib/db'
import { wireTime } from '@/lib/instant'
import type { DeletedSyncEvent } from '../schema'
import { lockEvent, loggedState } from './lock-event'

/**
 * Takes an event out of every view. Its words go, its verdict stays, for a phone that sends it again; the mentor's status
 * stays as it is. Throws `event_not_found`.
 */
export async function deleteSyncEvent(tx: Tx, call: Call, id: string): Promise<Answer<DeletedSyncEvent>> {
  const { mentor, event } = await lockEvent(tx, call, id)
  await tx.query(sql`UPDATE sync_event SET deleted_at = ${call.now}, updated_at = ${call.now}, version = version + 1,
    reason = NULL, note = NULL WHERE key = ${event.key} AND deleted_at IS NULL`)
  await recordMentorChange(tx, call, mentor, {}, [
    { type: 'sync_event', id, action: 'deleted', before: { ...loggedState(event), reason: event.reason }, after: null },
  ])
  return { body: { sync_event_id: id, deleted: true, deleted_at: wireTime(call.now) } }
}
