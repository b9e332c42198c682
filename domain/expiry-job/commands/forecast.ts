import 'server-only'
import { judgeRun } from '@/domain/expiry-job/expected'
import { whyGone } from '@/domain/expiry-job/lapses'
import { forecastEnd } from '@/domain/expiry-job/schedule'
import type { Call } from '@/lib/call'
import { changed, type Db, first, one, sql, type Tx } from '@/lib/db'
import { env } from '@/lib/env'
import type { Instant } from '@/lib/instant'
import { log } from '@/lib/log'
import { metrics } from '@/lib/metrics'

export interface Forecast {
  readonly count: number
  readonly until: Instant
}

/**
 * How many current certifications lapse between the call's present and the next scheduled run, or within 24 hours where
 * none is scheduled. A real run keeps which ones, for the next run to be measured by, in place of those of the run before.
 */
export async function forecastLapses(
  tx: Tx,
  call: Call,
  run: { readonly key: number; readonly dry_run: boolean },
): Promise<Forecast> {
  const until = forecastEnd(call.now, env().EXPIRY_JOB_AT)
  const lapsing = sql`FROM certification AS c JOIN mentor AS m ON m.key = c.mentor_key
    WHERE c.org_id = ${call.caller.org} AND c.is_current AND c.expires_at > ${call.now} AND c.expires_at <= ${until}
      AND m.erased_at IS NULL`
  if (run.dry_run) return { ...(await one<{ count: number }>(tx, sql`SELECT count(*) AS count ${lapsing}`)), until }
  await tx.query(sql`DELETE FROM job_run_forecast
    WHERE run_key IN (SELECT key FROM job_run WHERE org_id = ${call.caller.org} AND key < ${run.key})`)
  const count = await changed(
    tx,
    sql`INSERT INTO job_run_forecast (run_key, certification_id, expires_at) SELECT ${run.key}, c.id, c.expires_at ${lapsing}`,
  )
  return { count, until }
}

/** The columns in which a run keeps what was expected of it. */
export interface Expectation {
  readonly expected: number
  readonly expected_renewed: number
  readonly expected_revoked: number
  readonly expected_deleted: number
  readonly expected_handled: number
}

/** What the real run before forecast up to the call's present; null where no run has forecast anything yet. */
export function recallForecast(db: Db, call: Call): Promise<Expectation | null> {
  return first(
    db,
    sql`WITH previous AS (SELECT key FROM job_run
          WHERE org_id = ${call.caller.org} AND NOT dry_run AND forecast IS NOT NULL ORDER BY key DESC LIMIT 1),
        due AS (SELECT ${whyGone(call)} AS why
          FROM previous JOIN job_run_forecast AS f ON f.run_key = previous.key AND f.expires_at <= ${call.now}
          LEFT JOIN certification AS c ON c.org_id = ${call.caller.org} AND c.id = f.certification_id
          LEFT JOIN mentor AS m ON m.key = c.mentor_key),
        sums AS (SELECT count(*) AS expected, count(*) FILTER (WHERE why = 'renewed') AS expected_renewed,
          count(*) FILTER (WHERE why = 'revoked') AS expected_revoked, count(*) FILTER (WHERE why = 'deleted') AS expected_deleted,
          count(*) FILTER (WHERE why = 'handled') AS expected_handled FROM due)
        SELECT sums.* FROM previous, sums`,
  )
}

/** Raises the alarm where a real run found nothing although lapses were expected that nothing explains. */
export function reportMissed(
  call: Call,
  run: { readonly id: string; readonly expired_found: number } & { readonly [Key in keyof Expectation]: number | null },
): void {
  if (run.expected === null) return
  const expected = {
    count: run.expected,
    renewed: run.expected_renewed ?? 0,
    revoked: run.expected_revoked ?? 0,
    deleted: run.expected_deleted ?? 0,
    handled: run.expected_handled ?? 0,
  }
  const judged = judgeRun({ expired_found: run.expired_found, expected })
  const facts = { org: call.caller.org, job_run_id: run.id, expected }
  if (judged === 'explained')
    log.info(facts, 'the expiry job found nothing; what had been forecast was dealt with before')
  if (judged !== 'missed') return
  metrics.missedForecasts.inc()
  log.error(facts, 'the expiry job found nothing although lapses were forecast: look into it')
}
