import { cancelEvent } from '@/domain/duplicate-events/commands/cancel'
import { updateEvent } from '@/domain/duplicate-events/commands/update'
import { getDuplicateEvent } from '@/domain/duplicate-events/queries'
import { cancelledEvent, duplicateEvent, eventParams, updateBody, updatedEvent } from '@/domain/duplicate-events/schema'
import { read, resource, write } from '@/lib/http/endpoint'

const event = { params: eventParams, notFound: 'event_not_found' } as const

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: read({ ...event, summary: 'Get a specific BLoC event', response: duplicateEvent }, (db, call, { params }) =>
    getDuplicateEvent(db, call, params.id),
  ),
  PUT: write(
    {
      ...event,
      summary: 'Update event state or annotation',
      description:
        'The state resolved carries a decision out, the state it came from takes it back, checking tries a failed event again.',
      body: updateBody,
      response: updatedEvent,
      errors: [
        'transition_not_allowed',
        'resolution_required',
        'already_resolved',
        'review_moved_on',
        'activity_moved_on',
        'precondition_failed',
      ],
    },
    (tx, call, { params, body }) => updateEvent(tx, call, params.id, body),
  ),
  DELETE: write(
    { ...event, summary: 'Cancel an in-flight event', response: cancelledEvent, errors: ['precondition_failed'] },
    (tx, call, { params }) => cancelEvent(tx, call, params.id),
  ),
})
