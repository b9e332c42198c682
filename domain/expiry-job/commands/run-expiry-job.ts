import 'server-only'
import type { ExpiryJobRun } from '@/domain/expiry-job/schema'
import type { Answer, Call } from '@/lib/call'
import { readClock } from '@/lib/clock'
import { empty, first, one, pool, rows, sql, type Tx } from '@/lib/db'
import { AppError, toAppError } from '@/lib/errors'
import { findPlan } from './check-plan'
import { forecastLapses, reportMissed } from './forecast'
import { pauseMentors } from './pause-mentors'
import { listFound, noteLeft } from './run-list'
import { type RunConnection, takeRunLock } from './run-lock'
import { findEarlierRun, type RunRequest, runColumns, type StoredRun, startRun, toWire } from './start-run'

const PATIENCE_MS = 5000
/** Mentors in one transaction: few enough that an open one holds nobody up for long. */
const BATCH = 500

/**
 * Runs the expiry job of the caller's organisation: finds lapses that no earlier run has handled and pauses their
 * mentors, in batches of a transaction each. A run that died is resumed where key or night name it, and otherwise
 * finished by the next one. A dry run keeps what it found as a plan; a run that names a plan handles exactly that list.
 * Times are UTC, dates in log entries are of the organisation's zone.
 *
 * Throws `plan_not_found`, `plan_outdated` (409, with what differs; nothing is stored), `expiry_job_running` (409, with `job_run_id`) when another run goes on for more than five seconds,
 * `idempotency_key_reused`, and `database_unavailable` when the database is lost on the way.
 */
export async function runExpiryJob(call: Call, request: RunRequest): Promise<Answer<ExpiryJobRun>> {
  await findEarlierRun(pool(), call, request) // a key used for something else need not wait
  const plan = await findPlan(pool(), call, request)
  const connection = await takeRunLock(call.caller.org, PATIENCE_MS)
  if (!connection) throw await alreadyRunning(call)
  let run: StoredRun | undefined
  try {
    run = await connection.transaction(
      (tx) => startRun(tx, call, request, plan),
      plan ? 'REPEATABLE READ' : 'READ COMMITTED',
    )
    if (run.completed_at !== null) return { ...answerOf(run), replayed: true }
    if (!run.dry_run) await pauseAll(connection, call, run)
    return await completeRun(connection, call, request, run)
  } catch (error) {
    if (run && toAppError(error).code === 'database_unavailable') throw lostOnTheWay(run, error)
    throw error
  } finally {
    await connection.release()
  }
}

async function alreadyRunning(call: Call): Promise<AppError> {
  const running = await first<{ id: string }>(
    pool(),
    sql`SELECT id FROM job_run WHERE org_id = ${call.caller.org} AND completed_at IS NULL AND abandoned_at IS NULL
        ORDER BY key DESC LIMIT 1`,
  )
  return new AppError(
    'expiry_job_running',
    `The run ${running?.id ?? 'that was started before'} is still going on. Nothing was started; ask again when it has ended.`,
    { headers: { 'retry-after': '5' }, members: { job_run_id: running?.id ?? null } },
  )
}

function lostOnTheWay(run: StoredRun, cause: unknown): AppError {
  return new AppError(
    'database_unavailable',
    `The run ${run.id} lost the database on its way. What it had done is kept; the next run finishes the rest.`,
    { headers: { 'retry-after': '2' }, cause },
  )
}

async function pauseAll(connection: RunConnection, call: Call, run: StoredRun): Promise<void> {
  const planned = run.plan_key !== null
  const listed = planned
    ? sql`AND id IN (SELECT certification_id FROM job_run_entry WHERE run_key = ${run.key})`
    : empty
  const found = await rows<{ mentor_key: number; ids: string[] }>(
    connection.db,
    sql`SELECT mentor_key, array_agg(id) AS ids FROM certification
        WHERE org_id = ${call.caller.org} AND is_current AND auto_pause_applied_at IS NULL AND expires_at <= ${call.now} ${listed}
        GROUP BY mentor_key ORDER BY mentor_key`,
  )
  for (let start = 0; start < found.length; start += BATCH) {
    const part = found.slice(start, start + BATCH)
    // each batch has its own present: others write meanwhile, and times must not run backwards
    const batchCall = { ...call, caller: { ...call.caller, actor: 'expiry-job' }, now: readClock() }
    const batch = {
      runKey: run.key,
      asOf: call.now,
      mentorKeys: part.map((one) => one.mentor_key),
      only: planned ? part.flatMap((one) => one.ids) : null,
    }
    await connection.transaction(async (tx) => {
      const done = await pauseMentors(tx, batchCall, batch)
      await tx.query(sql`UPDATE job_run SET expired_found = expired_found + ${done.found}, auto_paused = auto_paused + ${done.paused},
          failures = failures || ${JSON.stringify(done.failures)}::jsonb
        WHERE key = ${run.key}`)
    })
  }
}

async function completeRun(
  connection: RunConnection,
  call: Call,
  request: RunRequest,
  run: StoredRun,
): Promise<Answer<ExpiryJobRun>> {
  const ended = readClock()
  const { completed, answer } = await connection.transaction(async (tx) => {
    const planned = run.dry_run ? await listFound(tx, call, run.key) : 0
    if (run.plan_key !== null) await noteLeft(tx, call, run.key)
    const forecast = await forecastLapses(tx, call, run)
    const completed = await one<StoredRun>(
      tx,
      sql`UPDATE job_run SET completed_at = greatest(${ended}::timestamptz, started_at),
            expired_found = expired_found + ${planned}, forecast = ${forecast.count}, forecast_until = ${forecast.until}
          WHERE key = ${run.key} AND completed_at IS NULL RETURNING ${runColumns}`,
    )
    await recordRun(tx, call, completed)
    const answer = answerOf(completed)
    await request.replay?.keep(tx, answer)
    return { completed, answer }
  })
  if (!completed.dry_run) reportMissed(call, completed)
  return answer
}

async function recordRun(tx: Tx, call: Call, run: StoredRun): Promise<void> {
  const { expired_found, auto_paused } = run
  const after = run.dry_run ? { expired_found } : { expired_found, auto_paused }
  await tx.query(
    sql`INSERT INTO change (org_id, type, id, action, actor, at, after, request_id)
        VALUES (${call.caller.org}, 'job_run', ${run.id}, ${run.dry_run ? 'planned' : 'completed'}, ${call.caller.actor},
          ${run.completed_at}, ${JSON.stringify(after)}, ${call.requestId})`,
  )
}

/** A finished run never changes: it has one version. */
function answerOf(run: StoredRun): Answer<ExpiryJobRun> {
  return { version: 1, body: toWire(run) }
}
