import type { Call } from '@/lib/call'
import type { Instant } from '@/lib/instant'

interface EventState {
  readonly note: string | null
  readonly acknowledged_at: Instant | null
  readonly acknowledged_by: string | null
}

/** What becomes of an event, and the word that the change log has for it. */
export interface Turn<Event> {
  readonly after: Event
  readonly action: 'acknowledged' | 'unacknowledged' | 'annotated'
}

/**
 * Acknowledges an event or takes that back, and sets the coordinator's note, each where it is asked for. Null where all of
 * it is so already: who acknowledged first stays.
 */
export function turnEvent<Event extends EventState>(
  { now, caller }: Pick<Call, 'now' | 'caller'>,
  event: Event,
  wanted: { readonly acknowledged?: boolean | undefined; readonly reason?: string | null | undefined },
): Turn<Event> | null {
  const was = event.acknowledged_at !== null
  const acknowledged = wanted.acknowledged ?? was
  const note = wanted.reason === undefined ? event.note : wanted.reason
  if (acknowledged === was) return note === event.note ? null : { after: { ...event, note }, action: 'annotated' }
  return acknowledged
    ? { after: { ...event, note, acknowledged_at: now, acknowledged_by: caller.actor }, action: 'acknowledged' }
    : { after: { ...event, note, acknowledged_at: null, acknowledged_by: null }, action: 'unacknowledged' }
}
