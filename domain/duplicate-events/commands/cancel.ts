import 'server-only'
import type { Answer, Call } from '@/lib/call'
import type { Tx } from '@/lib/db'
import { requireVersion } from '@/lib/http/if-match'
import { eventChange, eventId, requireEvent, saveEvent } from '../event-row'
import { lockDays, withMentors } from '../ledger'
import { listWaiters, recheckLater } from '../waiting'

/**
 * Takes an event out of the queue with its draft; a check in flight stops. What it did to activities stays done. Throws
 * `event_not_found` and `precondition_failed`.
 */
export async function cancelEvent(tx: Tx, call: Call, id: string): Promise<Answer<{ message: string }>> {
  const named = await requireEvent(tx, call, id)
  await withMentors(tx, call, [named.mentor_key], async (ledger) => {
    await lockDays(tx, call, named.date)
    const event = await requireEvent(tx, call, id)
    requireVersion(call, event.version)
    const waited = event.state === 'checking' || event.state === 'duplicate_found'
    const waiters = waited ? await listWaiters(tx, event) : []
    await saveEvent(tx, call, event, { cancelled_at: call.now })
    ledger.note(event.mentor_key, eventChange('cancelled', event, null))
    await recheckLater(tx, call, waiters)
  })
  return { body: { message: `Event ${eventId(named)} cancelled and removed from processing queue.` } }
}
