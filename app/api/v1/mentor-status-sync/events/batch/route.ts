import { recordSyncEventBatch } from '@/domain/mentor-status-sync/commands/record-batch'
import { postSyncEventBatchBody, syncEventVerdicts } from '@/domain/mentor-status-sync/schema'
import { resource, write } from '@/lib/http/endpoint'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  POST: write(
    {
      summary: 'Submit the events of several mentors at once',
      description:
        'In order, with a verdict for each; one that is refused does not hold up the others. The whole may be sent again: what was received is `duplicate`, and events without `client_timestamp` are told by the Idempotency-Key of the batch.',
      body: postSyncEventBatchBody,
      bodyLimit: 2 * 1024 * 1024,
      judges: 'events',
      clientClock: true,
      response: syncEventVerdicts,
      status: 200,
    },
    (tx, call, { body }) => recordSyncEventBatch(tx, call, body),
  ),
})
