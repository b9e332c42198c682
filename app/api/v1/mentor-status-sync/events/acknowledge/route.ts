import { acknowledgeSyncEvents } from '@/domain/mentor-status-sync/commands/acknowledge-events'
import { acknowledgedSyncEvents, acknowledgeSyncEventsBody } from '@/domain/mentor-status-sync/schema'
import { resource, write } from '@/lib/http/endpoint'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  POST: write(
    {
      summary: 'Acknowledge many sync events at once',
      description:
        'Events of origin `app`; the app acknowledges those of the server. One result for each id: a refused one does not hold up the others.',
      body: acknowledgeSyncEventsBody,
      response: acknowledgedSyncEvents,
    },
    (tx, call, { body }) => acknowledgeSyncEvents(tx, call, body),
  ),
})
