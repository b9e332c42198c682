import { dispatchEvent } from '@/domain/duplicate-events/commands/dispatch'
import { listDuplicateEvents } from '@/domain/duplicate-events/queries'
import { dispatchBody, dispatchedEvent, duplicateEventList, duplicateListQuery } from '@/domain/duplicate-events/schema'
import { read, resource, write } from '@/lib/http/endpoint'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: read(
    { summary: 'List all duplicate detection events', query: duplicateListQuery, response: duplicateEventList },
    (db, call, { query }) => listDuplicateEvents(db, call, query),
  ),
  POST: write(
    {
      summary: 'Dispatch a BLoC event',
      description:
        'A check answers at once and runs in the background. A merge is carried out at once: what the check’s draft says is merged, and a draft sent along is kept with the event. With nothing to merge it is stored as failed and can be tried again.',
      body: dispatchBody,
      response: dispatchedEvent,
      status: 201,
      errors: ['mentor_not_found'],
    },
    (tx, call, { body }) => dispatchEvent(tx, call, body),
  ),
})
