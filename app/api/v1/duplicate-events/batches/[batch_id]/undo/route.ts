import { batchParams, duplicateBatch } from '@/domain/duplicate-events/batch-schema'
import { undoBatch } from '@/domain/duplicate-events/commands/run-batch'
import { resource, write } from '@/lib/http/endpoint'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  POST: write(
    {
      summary: 'Take a batch back',
      description:
        'In the background, the last row first; each says whether it could be taken back, and if not, why. One that stands still goes on.',
      params: batchParams,
      notFound: 'batch_not_found',
      response: duplicateBatch,
      errors: ['batch_not_ended'],
    },
    (tx, call, { params }) => undoBatch(tx, call, params.batch_id),
  ),
})
