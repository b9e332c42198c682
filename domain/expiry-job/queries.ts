import 'server-only'
import type { Answer, Call } from '@/lib/call'
import { type Db, first, join, readInPieces, type Snapshot, type Sql, sql } from '@/lib/db'
import { type Instant, wireTime, wireTimeOrNull } from '@/lib/instant'
import { pageWithTotal } from '@/lib/list-total'
import { ALL_ROWS, pageSlice } from '@/lib/pagination'
import { type List, listOf, type PageQuery } from '@/lib/wire'
import type { Expected } from './expected'
import type { AutoPauseLog, GoneReason, JobFailure, ListLogsQuery } from './schema'

/** What auto-pauses were logged, the newest first. */
export async function listAutoPauseLogs(db: Db, call: Call, query: ListLogsQuery): Promise<Answer<List<AutoPauseLog>>> {
  const { org } = call.caller
  const { page, limit, sort } = query
  const all = [sql`org_id = ${org}`]
  if (query.mentor_id !== undefined)
    all.push(
      sql`mentor_key = (SELECT m.key FROM mentor AS m WHERE m.org_id = ${org} AND m.mentor_id = ${query.mentor_id} AND m.erased_at IS NULL)`,
    )
  if (query.job_run_id !== undefined)
    all.push(sql`job_run_key = (SELECT r.key FROM job_run AS r WHERE r.org_id = ${org} AND r.id = ${query.job_run_id})`)
  if (query.applied_after !== undefined) all.push(sql`applied_at > ${query.applied_after}`)
  if (query.applied_before !== undefined) all.push(sql`applied_at < ${query.applied_before}`)
  const where = join(all, ' AND ')
  const order =
    sort === 'applied_at' ? sql`picked.applied_at, picked.key` : sql`picked.applied_at DESC, picked.key DESC`
  const found = await pageWithTotal<Omit<AutoPauseLog, 'applied_at'> & { applied_at: Instant }>(
    db,
    sql`SELECT picked.id AS log_id, m.mentor_id, picked.reason, r.id AS job_run_id, picked.applied_at
        FROM (SELECT key, id, mentor_key, job_run_key, reason, applied_at FROM auto_pause_log AS picked
              WHERE ${where} ORDER BY ${order} ${pageSlice({ page, limit })}) AS picked
        JOIN mentor AS m ON m.key = picked.mentor_key JOIN job_run AS r ON r.key = picked.job_run_key
        ORDER BY ${order}`,
    sql`SELECT count(*) FROM auto_pause_log WHERE ${where}`,
  )
  const data = found.rows.map((row) => ({
    log_id: row.log_id,
    mentor_id: row.mentor_id,
    reason: row.reason,
    job_run_id: row.job_run_id,
    applied_at: wireTime(row.applied_at),
  }))
  return { body: listOf(data, query, found.total) }
}

export interface JobRunSummary {
  readonly job_run_id: string
  readonly trigger: 'manual' | 'nightly' | 'command'
  readonly dry_run: boolean
  /** Who asked for it, as in the change log. */
  readonly actor: string
  /** `abandoned`: its process died; what it left over was done by the next run. */
  readonly state: 'running' | 'completed' | 'abandoned'
  readonly started_at: string
  readonly completed_at: string | null
  readonly mentors_scanned: number
  readonly expired_found: number
  readonly auto_paused: number
  readonly failures: readonly JobFailure[]
  /** The dry run whose list it carried out. */
  readonly plan: string | null
  /** The newest run that carried out the list of this dry run. */
  readonly carried_out_by: string | null
  /** Certifications that it saw lapse until the next run; null before its end. */
  readonly forecast: number | null
  /** What the run before had forecast until this one; null where nothing had been. */
  readonly expected: Expected | null
}

type Own =
  | 'job_run_id'
  | 'trigger'
  | 'dry_run'
  | 'actor'
  | 'state'
  | 'mentors_scanned'
  | 'expired_found'
  | 'auto_paused'
type Stored = Pick<JobRunSummary, Own | 'failures' | 'plan' | 'carried_out_by' | 'forecast'> & {
  started_at: Instant
  completed_at: Instant | null
  expected: number | null
} & { [Why in GoneReason]: number }

const columns = sql`r.id AS job_run_id, r.trigger, r.dry_run, r.actor,
  CASE WHEN r.completed_at IS NOT NULL THEN 'completed' WHEN r.abandoned_at IS NOT NULL THEN 'abandoned' ELSE 'running' END AS state,
  r.started_at, r.completed_at, r.mentors_scanned, r.expired_found, r.auto_paused, r.failures,
  (SELECT p.id FROM job_run AS p WHERE p.key = r.plan_key) AS plan,
  (SELECT o.id FROM job_run AS o WHERE o.plan_key = r.key ORDER BY o.key DESC LIMIT 1) AS carried_out_by,
  r.forecast, r.expected, r.expected_renewed AS renewed, r.expected_revoked AS revoked, r.expected_deleted AS deleted,
  r.expected_handled AS handled`

/** Runs of the job, dry ones included, the newest first. */
export async function listJobRuns(db: Db, call: Call, query: PageQuery): Promise<List<JobRunSummary>> {
  const { org } = call.caller
  const found = await pageWithTotal<Stored>(
    db,
    sql`SELECT ${columns} FROM job_run AS r WHERE r.org_id = ${org} ORDER BY r.started_at DESC, r.key DESC
        ${pageSlice(query)}`,
    sql`SELECT count(*) FROM job_run WHERE org_id = ${org}`,
  )
  return listOf(found.rows.map(toSummary), query, found.total)
}

/** One run by its id (`job_26MAR2026_01`), or null. */
export async function getJobRun(db: Db, call: Call, id: string): Promise<JobRunSummary | null> {
  const run = await first<Stored>(
    db,
    sql`SELECT ${columns} FROM job_run AS r WHERE r.org_id = ${call.caller.org} AND r.id = ${id}`,
  )
  return run && toSummary(run)
}

/** The newest run that has ended and was no dry one, or null. */
export async function getLastRealRun(db: Db, call: Call): Promise<JobRunSummary | null> {
  const run = await first<Stored>(
    db,
    sql`SELECT ${columns} FROM job_run AS r WHERE r.org_id = ${call.caller.org} AND NOT r.dry_run AND r.completed_at IS NOT NULL
        ORDER BY r.started_at DESC, r.key DESC LIMIT 1`,
  )
  return run && toSummary(run)
}

function toSummary(run: Stored): JobRunSummary {
  return {
    job_run_id: run.job_run_id,
    trigger: run.trigger,
    dry_run: run.dry_run,
    actor: run.actor,
    state: run.state,
    started_at: wireTime(run.started_at),
    completed_at: wireTimeOrNull(run.completed_at),
    mentors_scanned: run.mentors_scanned,
    expired_found: run.expired_found,
    auto_paused: run.auto_paused,
    failures: run.failures,
    plan: run.plan,
    carried_out_by: run.carried_out_by,
    forecast: run.forecast,
    expected: run.expected === null ? null : expectedOf(run, run.expected),
  }
}

function expectedOf({ renewed, revoked, deleted, handled }: Stored, count: number): Expected {
  return { count, renewed, revoked, deleted, handled }
}

export interface RunLogEntry {
  readonly log_id: string
  readonly mentor_id: string
  readonly full_name: string
  readonly reason: string
  readonly applied_at: string
}

/** What one run logged, by mentors' names; empty for a dry run and for an id that names none. */
export async function listRunLog(
  db: Db,
  call: Call,
  query: PageQuery & { readonly run: string },
): Promise<List<RunLogEntry>> {
  const found = await pageWithTotal<LoggedEntry>(
    db,
    logPageOf(call, query),
    sql`SELECT count(*) FROM auto_pause_log AS l WHERE ${ofRun(call, query.run)}`,
  )
  return listOf(found.rows.map(toLogEntry), query, found.total)
}

/** All that `listRunLog` would page through, in its order and in pieces. */
export async function* readRunLog(snapshot: Snapshot, call: Call, run: string): AsyncGenerator<RunLogEntry[]> {
  for await (const piece of readInPieces<LoggedEntry>(snapshot, logPageOf(call, { run, ...ALL_ROWS }))) {
    yield piece.map(toLogEntry)
  }
}

type LoggedEntry = Omit<RunLogEntry, 'applied_at'> & { readonly applied_at: Instant }

function logPageOf(call: Call, query: PageQuery & { readonly run: string }): Sql {
  return sql`SELECT l.id AS log_id, m.mentor_id, m.full_name, l.reason, l.applied_at
    FROM auto_pause_log AS l JOIN mentor AS m ON m.key = l.mentor_key
    WHERE ${ofRun(call, query.run)} ORDER BY m.full_name COLLATE "nb-NO-x-icu", l.key ${pageSlice(query)}`
}

function ofRun({ caller: { org } }: Call, run: string): Sql {
  return sql`l.org_id = ${org} AND l.job_run_key = (SELECT r.key FROM job_run AS r WHERE r.org_id = ${org} AND r.id = ${run})`
}

function toLogEntry({ log_id, mentor_id, full_name, reason, applied_at }: LoggedEntry): RunLogEntry {
  return { log_id, mentor_id, full_name, reason, applied_at: wireTime(applied_at) }
}
