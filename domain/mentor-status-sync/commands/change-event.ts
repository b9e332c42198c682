import 'server-only'
import { recordMentorChange } from '@/domain/mentors/record'
import type { Answer, Call } from '@/lib/call'
import { one, sql, type Tx } from '@/lib/db'
import { wireTime } from '@/lib/instant'
import type { ChangedSyncEvent, PutSyncEventBody } from '../schema'
import { turnEvent } from '../turn-event'
import { type EventRow, lockEvent, loggedState } from './lock-event'

/**
 * Acknowledges an event or takes that back, and sets the coordinator's note; the mentor's own words stay beside it.
 * What is so already is no error and changes nothing. Throws `event_not_found`.
 */
export async function changeSyncEvent(
  tx: Tx,
  call: Call,
  id: string,
  body: PutSyncEventBody,
): Promise<Answer<ChangedSyncEvent>> {
  const { mentor, event } = await lockEvent(tx, call, id)
  const turn = turnEvent(call, event, body)
  if (!turn) return changedAnswer(id, event)
  const { after, action } = turn
  const changed = await one<EventRow>(
    tx,
    sql`UPDATE sync_event SET note = ${after.note}, acknowledged_at = ${after.acknowledged_at},
          acknowledged_by = ${after.acknowledged_by}, version = version + 1, updated_at = ${call.now}
        WHERE key = ${event.key} AND version = ${event.version}
        RETURNING key, event_type, reason, note, acknowledged_at, acknowledged_by, updated_at, version`,
  )
  await recordMentorChange(tx, call, mentor, {}, [
    { type: 'sync_event', id, action, before: loggedState(event), after: loggedState(changed) },
  ])
  return changedAnswer(id, changed)
}

function changedAnswer(id: string, event: EventRow): Answer<ChangedSyncEvent> {
  return {
    version: event.version,
    body: {
      sync_event_id: id,
      acknowledged: event.acknowledged_at !== null,
      reason: event.note ?? event.reason,
      updated_at: wireTime(event.updated_at),
    },
  }
}
