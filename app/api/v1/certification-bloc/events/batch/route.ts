import { blocEventVerdicts, postBlocEventBatchBody } from '@/domain/certification-bloc/batch-schema'
import { recordBlocEventBatch } from '@/domain/certification-bloc/record-batch'
import { resource, write } from '@/lib/http/endpoint'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  POST: write(
    {
      summary: 'Send the queue of a phone: events of one or several mentors at once',
      description:
        'In order, with a verdict for each; one that is refused does not hold up the others. The whole may be sent again at any time: what was received is `duplicate` by its `client_event_id`.',
      body: postBlocEventBatchBody,
      bodyLimit: 2 * 1024 * 1024,
      judges: 'events',
      clientClock: true,
      response: blocEventVerdicts,
      status: 200,
    },
    (tx, call, { body }) => recordBlocEventBatch(tx, call, body),
  ),
})
