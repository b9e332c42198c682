import { acknowledgedSyncEvents, acknowledgeSyncEventsBody } from '@/domain/mentor-status-sync/acknowledge-schema'
import { acknowledgeSyncEvents } from '@/domain/mentor-status-sync/commands/acknowledge-events'
import { resource, write } from '@/lib/http/endpoint'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  POST: write(
    {
      summary: 'Acknowledge many sync events at once',
      description:
        'Events of origin `app`; the app acknowledges those of the server. By their ids, or by what lay in the inbox when it was read, 500 at a time. One result for each: a refused one does not hold up the others. `acknowledged: false` for the ids of a call takes it back.',
      body: acknowledgeSyncEventsBody,
      response: acknowledgedSyncEvents,
      errors: ['list_outdated'],
    },
    (tx, call, { body }) => acknowledgeSyncEvents(tx, call, body),
  ),
})
