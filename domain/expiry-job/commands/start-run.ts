import 'server-only'
import { jobRunIdOf, jobRunPrefix } from '@/domain/expiry-job/job-run-id'
import type { ExpiryJobRun, JobFailure } from '@/domain/expiry-job/schema'
import type { Call, Replayable } from '@/lib/call'
import { type Db, first, one, type Sql, sql, type Tx } from '@/lib/db'
import { keyReused } from '@/lib/http/idempotency'
import { type Instant, wireTime } from '@/lib/instant'
import { checkPlan, type FoundPlan } from './check-plan'
import { type Expectation, recallForecast } from './forecast'
import { listFound } from './run-list'

export interface RunRequest {
  readonly trigger: 'manual' | 'nightly' | 'command'
  readonly dryRun: boolean
  /** The dry run whose list is to be carried out; a run without one handles whatever it finds. */
  readonly plan?: string | undefined
  /** What the caller was told would be carried out instead, where the plan was outdated before. */
  readonly confirm?: string | undefined
  /** The night (`YYYY-MM-DD`, UTC) that a nightly run belongs to: a night is run once. */
  readonly slot?: string
  /** The idempotency key of the request, if it has one: a key is run once. */
  readonly replay?: Replayable | null
}

export interface StoredRun extends Record<keyof Expectation, number | null> {
  readonly key: number
  readonly id: string
  readonly dry_run: boolean
  readonly started_at: Instant
  readonly completed_at: Instant | null
  readonly mentors_scanned: number
  readonly expired_found: number
  readonly auto_paused: number
  readonly failures: JobFailure[]
  /** Set where the run handles its own list only. */
  readonly plan_key: number | null
}

export const runColumns = sql`key, id, dry_run, started_at, completed_at, mentors_scanned, expired_found, auto_paused, failures,
  plan_key, expected, expected_renewed, expected_revoked, expected_deleted, expected_handled`

/**
 * The run that this request is about: the one its key or night has begun already, otherwise a new one, which has its
 * list written down where it is to carry out a plan. Runs whose process died are marked abandoned. Only under the run
 * lock: then whatever has no end has no process either. With a plan all of it must see one snapshot.
 * Throws 422 where the key belongs to another request, and `plan_outdated`.
 */
export async function startRun(tx: Tx, call: Call, request: RunRequest, plan: FoundPlan | null): Promise<StoredRun> {
  const earlier = await findEarlierRun(tx, call, request)
  if (earlier?.completed_at) return earlier
  await tx.query(sql`UPDATE job_run SET abandoned_at = ${call.now}
    WHERE org_id = ${call.caller.org} AND completed_at IS NULL AND abandoned_at IS NULL AND key IS DISTINCT FROM ${earlier?.key ?? null}`)
  const scanned = sql`(SELECT count(*) FROM mentor AS m WHERE m.org_id = ${call.caller.org} AND m.erased_at IS NULL
    AND EXISTS (SELECT FROM certification AS c WHERE c.mentor_key = m.key))`
  if (earlier) return resumeRun(tx, earlier, scanned)
  const run = await insertRun(tx, call, request, scanned, plan)
  if (plan) {
    await listFound(tx, call, run.key)
    await checkPlan(tx, call, plan, run.key)
  }
  return run
}

/** The run begun by the request's key or for its night, or null. Throws 422 where the key belongs to another request. */
export async function findEarlierRun(db: Db, call: Call, { replay, slot }: RunRequest): Promise<StoredRun | null> {
  const { org, actor } = call.caller
  if (replay) {
    const run = await first<StoredRun & { request_hash: string }>(
      db,
      sql`SELECT ${runColumns}, request_hash FROM job_run
          WHERE org_id = ${org} AND actor = ${actor} AND idempotency_key = ${replay.key}`,
    )
    if (run && run.request_hash !== replay.requestHash) throw keyReused()
    return run
  }
  if (slot === undefined) return null
  return first(db, sql`SELECT ${runColumns} FROM job_run WHERE org_id = ${org} AND slot = ${slot}::date`)
}

/** What it did is counted already; whoever failed is tried again and named again. */
function resumeRun(tx: Tx, run: StoredRun, scanned: Sql): Promise<StoredRun> {
  return one(
    tx,
    sql`UPDATE job_run SET abandoned_at = NULL, failures = '[]', mentors_scanned = ${scanned}
        WHERE key = ${run.key} AND completed_at IS NULL RETURNING ${runColumns}`,
  )
}

async function insertRun(
  tx: Tx,
  call: Call,
  request: RunRequest,
  scanned: Sql,
  plan: FoundPlan | null,
): Promise<StoredRun> {
  const due = request.dryRun ? null : await recallForecast(tx, call)
  const prefix = jobRunPrefix(call.now)
  const { counter } = await one<{ counter: number }>(
    tx,
    sql`SELECT coalesce(max(substr(id, ${prefix.length + 1})::integer), 0) + 1 AS counter FROM job_run
        WHERE org_id = ${call.caller.org} AND starts_with(id, ${prefix})`,
  )
  return one(
    tx,
    sql`INSERT INTO job_run (org_id, id, trigger, slot, dry_run, actor, started_at, mentors_scanned, idempotency_key, request_hash,
          plan_key, expected, expected_renewed, expected_revoked, expected_deleted, expected_handled)
        VALUES (${call.caller.org}, ${jobRunIdOf(call.now, counter)}, ${request.trigger}, ${request.slot ?? null}, ${request.dryRun},
          ${call.caller.actor}, ${call.now}, ${scanned}, ${request.replay?.key ?? null}, ${request.replay?.requestHash ?? null},
          ${plan?.key ?? null}, ${due?.expected ?? null}, ${due?.expected_renewed ?? null}, ${due?.expected_revoked ?? null},
          ${due?.expected_deleted ?? null}, ${due?.expected_handled ?? null})
        RETURNING ${runColumns}`,
  )
}

/** A completed run as the API shows it. */
export function toWire(run: StoredRun): ExpiryJobRun {
  return {
    job_run_id: run.id,
    started_at: wireTime(run.started_at),
    completed_at: wireTime(run.completed_at ?? run.started_at),
    mentors_scanned: run.mentors_scanned,
    expired_found: run.expired_found,
    auto_paused: run.auto_paused,
    failures: run.failures,
  }
}
