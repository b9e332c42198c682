import { viewFailedEvents } from '@/domain/duplicate-events/failed-queries'
import { failedEventList, failedEventsQuery } from '@/domain/duplicate-events/failed-schema'
import { read, resource } from '@/lib/http/endpoint'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: read(
    {
      summary: 'List the checks and merges that could not be carried out',
      description: 'What was sent is kept; set the state to checking to try again.',
      query: failedEventsQuery,
      response: failedEventList,
    },
    (db, call, { query }) => viewFailedEvents(db, call, query),
  ),
})
