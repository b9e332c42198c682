import { randomUUID } from 'node:crypto'
import { runExpiryJob } from '@/domain/expiry-job/commands/run-expiry-job'
import { countUnexplained, judgeRun } from '@/domain/expiry-job/expected'
import { getJobRun } from '@/domain/expiry-job/queries'
import { readClock } from '@/lib/clock'
import { first, pool, sql } from '@/lib/db'
import { env } from '@/lib/env'

/**
 * Runs the expiry job of the organisation ORG_ID and prints a summary. Returns the exit code: 1 where a mentor failed,
 * or nothing was found although lapses had been forecast that nothing explains.
 * Throws a sentence for people when the job could not run.
 */
export async function runExpiryJobCommand({
  dryRun,
  print,
}: {
  dryRun: boolean
  print: (line: string) => void
}): Promise<0 | 1> {
  const org = env().ORG_ID
  if (!(await first(pool(), sql`SELECT id FROM organisation WHERE id = ${org}`))) {
    throw new Error(`The database holds no organisation ${org}: nothing was run. Set ORG_ID to the one you mean.`)
  }
  const call = {
    caller: { org, actor: 'command' },
    now: readClock(),
    requestId: randomUUID(),
    ifMatch: null,
    afterCommit: () => {
      throw new Error('the expiry job leaves nothing to do after its commits')
    },
  }
  const { body } = await runExpiryJob(call, { trigger: 'command', dryRun })
  print(`Run ${body.job_run_id}${dryRun ? ' (dry run: nobody was paused)' : ''}`)
  print(`  ${body.started_at} to ${body.completed_at}`)
  print(`  mentors with a certification  ${body.mentors_scanned}`)
  print(`  lapsed certifications found   ${body.expired_found}`)
  print(`  mentors paused                ${body.auto_paused}`)
  print(`  failures                      ${body.failures.length}`)
  for (const failure of body.failures) print(`    ${failure.mentor_id}: ${failure.error}`)
  const run = await getJobRun(pool(), call, body.job_run_id)
  print(`  lapse before the next run     ${run?.forecast ?? 'unknown'}`)
  const judged = run && judgeRun(run)
  if (run?.expected && judged !== null) {
    const { count, renewed, revoked, deleted, handled } = run.expected
    print(
      `Nothing was found, though ${count} lapses had been forecast. Of them ${renewed} were renewed since, ${revoked}`,
    )
    print(`revoked, ${deleted} deleted, ${handled} handled; ${countUnexplained(run.expected)} cannot be explained.`)
  }
  return body.failures.length === 0 && judged !== 'missed' ? 0 : 1
}
