import type { TaskList } from 'graphile-worker'
import { z } from 'zod'
import { runNightly } from './nightly'
import { sweepKeptAnswers } from './sweep-kept-answers'

const checkPayload = z.object({ org: z.string(), event: z.int() })
const batchPayload = z.object({ org: z.string(), batch: z.int() })

/** What each kind of job does. Any of them may be run again after a crash, and may then have been done already. */
export const taskList: TaskList = {
  'expiry-job': (payload) => runNightly(payload),
  'sweep-kept-answers': () => sweepKeptAnswers(),
  async 'check-duplicates'(payload, { job }) {
    const { org, event } = checkPayload.parse(payload)
    const { runDuplicateCheck } = await import('@/domain/duplicate-events/run-check')
    await runDuplicateCheck(event, org, { lastAttempt: job.attempts >= job.max_attempts })
  },
  async 'duplicate-batch'(payload, { job }) {
    const { org, batch } = batchPayload.parse(payload)
    const { carryOnBatch } = await import('@/domain/duplicate-events/carry-on-batch')
    await carryOnBatch(batch, org, { lastAttempt: job.attempts >= job.max_attempts })
  },
}
