import { batchParams, duplicateBatch } from '@/domain/duplicate-events/batch-schema'
import { runBatch } from '@/domain/duplicate-events/commands/run-batch'
import { resource, write } from '@/lib/http/endpoint'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  POST: write(
    {
      summary: 'Carry a planned batch out',
      description:
        'In the background, row after row; the batch shows where it stands. A row whose draft has moved on since is refused, the others go on. One that stands still goes on, one that has ended is not run again.',
      params: batchParams,
      notFound: 'batch_not_found',
      response: duplicateBatch,
      errors: ['transition_not_allowed'],
    },
    (tx, call, { params }) => runBatch(tx, call, params.batch_id),
  ),
})
