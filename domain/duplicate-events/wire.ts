import { wireTime, wireTimeOrNull } from '@/lib/instant'
import { checkId, type EventRow, eventId } from './event-row'
import type { DispatchedEvent, DuplicateEvent, DuplicateListItem, UpdatedEvent } from './schema'

type ListedRow = Pick<
  EventRow,
  'number' | 'event_type' | 'peer_id' | 'activity_type_id' | 'date' | 'dispatched_at' | 'state'
>

export function listItemOf(event: ListedRow): DuplicateListItem {
  return {
    id: eventId(event),
    event_type: event.event_type,
    peer_id: event.peer_id,
    activity_type_id: event.activity_type_id,
    date: event.date,
    dispatched_at: wireTime(event.dispatched_at),
    state: event.state,
  }
}

export function detailOf(event: EventRow): DuplicateEvent {
  return {
    id: eventId(event),
    event_type: event.event_type,
    peer_id: event.peer_id,
    activity_type_id: event.activity_type_id,
    date: event.date,
    draft_activity: event.draft,
    dispatched_at: wireTime(event.dispatched_at),
    state: event.state,
    duplicate_check_id: checkId(event),
    ...(event.annotation !== null && { annotation: event.annotation }),
    ...(event.last_updated_at !== null && { last_updated_at: wireTime(event.last_updated_at) }),
    ...errorOf(event),
  }
}

export function dispatchedOf(event: EventRow): DispatchedEvent {
  return { ...listItemOf(event), duplicate_check_id: checkId(event), ...errorOf(event) }
}

export function updatedOf(event: EventRow): UpdatedEvent {
  return {
    id: eventId(event),
    event_type: event.event_type,
    state: event.state,
    annotation: event.annotation,
    last_updated_at: wireTimeOrNull(event.last_updated_at),
    ...errorOf(event),
  }
}

function errorOf(event: EventRow): { error?: string } {
  return event.error === null ? {} : { error: event.error }
}
