import { duplicateBatch, planBatchBody } from '@/domain/duplicate-events/batch-schema'
import { planBatch } from '@/domain/duplicate-events/commands/plan-batch'
import { resource, write } from '@/lib/http/endpoint'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  POST: write(
    {
      summary: 'Plan decisions about many drafts',
      description:
        'Stores what each of them would do, in their order, or why it would be refused, and changes nothing else. Carry it out with `run`.',
      body: planBatchBody,
      response: duplicateBatch,
      status: 201,
      errors: ['event_not_found'],
    },
    (tx, call, { body }) => planBatch(tx, call, body),
  ),
})
