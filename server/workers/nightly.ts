import { randomUUID } from 'node:crypto'
import { type CronItem, type ParsedCronItem, parseCronItems } from 'graphile-worker'
import { z } from 'zod'
import { runExpiryJob } from '@/domain/expiry-job/commands/run-expiry-job'
import { readClock } from '@/lib/clock'
import { pool, rows, sql } from '@/lib/db'
import { log } from '@/lib/log'

const DAY_MS = 86_400_000

/**
 * What happens by itself every day, in UTC; `expiryJobAt` is `HH:MM` or `off`. graphile-worker queues each of them once
 * however many instances are up. One that fell into the last 24 hours while none was up is made up at start; one from
 * before the database first saw the schedule was not missed.
 */
export function nightlyItems(expiryJobAt: string): ParsedCronItem[] {
  const items: CronItem[] = [
    { task: 'sweep-kept-answers', match: '40 3 * * *', options: { backfillPeriod: DAY_MS, maxAttempts: 5 } },
  ]
  if (expiryJobAt !== 'off') {
    const [hour, minute] = expiryJobAt.split(':').map(Number)
    const options = { backfillPeriod: DAY_MS, maxAttempts: 12 }
    items.push({ task: 'expiry-job', match: `${minute} ${hour} * * *`, options })
  }
  return parseCronItems(items)
}

const nightlyPayload = z.object({ _cron: z.object({ ts: z.iso.datetime() }) })

/**
 * The nightly run of every organisation; a night that has been run is left alone. One organisation's failure stops nobody
 * else's, but fails the job, so that it is tried again.
 */
export async function runNightly(payload: unknown): Promise<void> {
  const slot = nightlyPayload.parse(payload)._cron.ts.slice(0, 10)
  const organisations = await rows<{ id: string }>(pool(), sql`SELECT id FROM organisation ORDER BY id`)
  const failed: string[] = []
  for (const { id } of organisations) {
    try {
      const { body } = await runExpiryJob(callFor(id), { trigger: 'nightly', dryRun: false, slot })
      log.info({ org: id, ...body, failures: body.failures.length }, 'the nightly expiry job has run')
    } catch (error) {
      log.error({ err: error, org: id, slot }, 'the nightly expiry job failed and will be tried again')
      failed.push(id)
    }
  }
  if (failed.length > 0) throw new Error(`The expiry job of ${slot} failed for ${failed.join(', ')}`)
}

function callFor(org: string) {
  return {
    caller: { org, actor: 'expiry-job' },
    now: readClock(),
    requestId: randomUUID(),
    ifMatch: null,
    afterCommit: () => {
      throw new Error('the expiry job leaves nothing to do after its commits')
    },
  }
}
