import 'server-only'
import { type LockedMentor, lockMentorByKey } from '@/domain/mentors/lock'
import type { Call } from '@/lib/call'
import { first, sql, type Tx } from '@/lib/db'
import { requireVersion } from '@/lib/http/if-match'
import type { Instant } from '@/lib/instant'
import { syncEventNotFound } from '../queries'
import type { SyncEventType } from '../schema'

export interface EventRow {
  key: number
  event_type: SyncEventType
  reason: string | null
  note: string | null
  acknowledged_at: Instant | null
  acknowledged_by: string | null
  updated_at: Instant
  version: number
}

/** Locks the event's mentor and then reads the event. Throws `event_not_found`, also for a deleted one, and 412. */
export async function lockEvent(tx: Tx, call: Call, id: string): Promise<{ mentor: LockedMentor; event: EventRow }> {
  const owner = await first<{ mentor_key: number }>(
    tx,
    sql`SELECT mentor_key FROM sync_event WHERE org_id = ${call.caller.org} AND id = ${id}`,
  )
  if (!owner) throw syncEventNotFound(id)
  const mentor = await lockMentorByKey(tx, call, owner.mentor_key)
  const event = await first<EventRow>(
    tx,
    sql`SELECT key, event_type, reason, note, acknowledged_at, acknowledged_by, updated_at, version FROM sync_event
        WHERE org_id = ${call.caller.org} AND id = ${id} AND deleted_at IS NULL`,
  )
  if (!event) throw syncEventNotFound(id)
  requireVersion(call, event.version)
  return { mentor, event }
}

/** What the change log keeps of an event when a coordinator deals with it. */
export function loggedState(event: EventRow): object {
  const { event_type, note, acknowledged_at, acknowledged_by } = event
  return { event_type, acknowledged: acknowledged_at !== null, acknowledged_at, acknowledged_by, note }
}
