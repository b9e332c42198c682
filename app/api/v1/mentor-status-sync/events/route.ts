import { recordSyncEvent } from '@/domain/mentor-status-sync/commands/record-event'
import { postedSyncEvent, postSyncEventBody } from '@/domain/mentor-status-sync/schema'
import { resource, write } from '@/lib/http/endpoint'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  POST: write(
    {
      summary: 'Submit a BLoC-originated status event from mobile client',
      description:
        'The last writer by effective time wins, whatever the order of arrival; the same mentor, type and client time again returns the first answer.',
      body: postSyncEventBody,
      clientClock: true,
      response: postedSyncEvent,
      status: 201,
      errors: ['mentor_not_found'],
    },
    (tx, call, { body }) => recordSyncEvent(tx, call, body),
  ),
})
