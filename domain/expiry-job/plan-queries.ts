import 'server-only'
import type { Answer, Call } from '@/lib/call'
import { type Db, first, type Sql, sql } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { type Instant, wireTime } from '@/lib/instant'
import { pageWithTotal } from '@/lib/list-total'
import { pageSlice } from '@/lib/pagination'
import { type List, listOf, type PageQuery } from '@/lib/wire'
import type { GoneReason, ListPlanQuery, Plan, PlanEntry, PlanPage } from './schema'

export function planNotFound(id: string): AppError {
  return new AppError('plan_not_found', `There is no plan ${id}: a plan is a dry run of the job that has ended.`)
}

/** The plan that a dry run left, or null for an id of none. */
export async function getPlan(db: Db, call: Call, id: string): Promise<Plan | null> {
  const run = await first<Omit<Plan, 'started_at' | 'completed_at'> & { started_at: Instant; completed_at: Instant }>(
    db,
    sql`SELECT r.id AS job_run_id, r.started_at, r.completed_at, sums.mentors, sums.mentors_to_pause,
          (SELECT o.id FROM job_run AS o WHERE o.plan_key = r.key ORDER BY o.key DESC LIMIT 1) AS carried_out_by
        FROM job_run AS r, LATERAL (SELECT count(DISTINCT mentor_key) AS mentors,
            count(DISTINCT mentor_key) FILTER (WHERE consequence = 'pause') AS mentors_to_pause
          FROM job_run_entry WHERE run_key = r.key) AS sums
        WHERE r.org_id = ${call.caller.org} AND r.id = ${id} AND r.dry_run AND r.completed_at IS NOT NULL
          AND r.forecast IS NOT NULL`,
  )
  return run && { ...run, started_at: wireTime(run.started_at), completed_at: wireTime(run.completed_at) }
}

/** A page of a plan and what it is the plan of. Throws `plan_not_found`. */
export async function listPlan(db: Db, call: Call, id: string, query: ListPlanQuery): Promise<Answer<PlanPage>> {
  const [plan, entries] = await Promise.all([getPlan(db, call, id), listPlanEntries(db, call, id, query)])
  if (!plan) throw planNotFound(id)
  return { body: { ...plan, ...entries } }
}

/** What a plan holds, in its own order; empty for an id of none. */
export async function listPlanEntries(
  db: Db,
  call: Call,
  id: string,
  query: PageQuery & { readonly sort?: ListPlanQuery['sort'] },
): Promise<List<PlanEntry>> {
  const order = query.sort === '-position' ? sql`e.position DESC` : sql`e.position`
  const found = await pageWithTotal<Omit<PlanEntry, 'expires_at'> & { expires_at: Instant }>(
    db,
    sql`SELECT e.position, m.mentor_id, m.full_name, e.certification_id, e.certification_type, e.expires_at, e.consequence,
          (SELECT count(*) FROM assignment AS a WHERE a.mentor_key = m.key AND a.status <> 'closed') AS open_assignments
        FROM (SELECT * FROM job_run_entry AS e WHERE run_key = ${keyOf(call, id)} ORDER BY ${order} ${pageSlice(query)}) AS e
        JOIN mentor AS m ON m.key = e.mentor_key ORDER BY ${order}`,
    sql`SELECT count(*) FROM job_run_entry WHERE run_key = ${keyOf(call, id)}`,
  )
  const data = found.rows.map((row) => ({
    position: row.position,
    mentor_id: row.mentor_id,
    full_name: row.full_name,
    certification_id: row.certification_id,
    certification_type: row.certification_type,
    expires_at: wireTime(row.expires_at),
    consequence: row.consequence,
    open_assignments: row.open_assignments,
  }))
  return listOf(data, query, found.total)
}

function keyOf(call: Call, id: string): Sql {
  return sql`(SELECT key FROM job_run WHERE org_id = ${call.caller.org} AND id = ${id} AND dry_run)`
}

export interface LeftEntry {
  readonly mentor_id: string
  readonly full_name: string
  readonly certification_id: string
  readonly certification_type: string
  readonly expires_at: string
  readonly left_because: GoneReason
}

/** What a run was confirmed to handle and left, since it had changed by the time its turn came. */
export async function listLeftEntries(
  db: Db,
  call: Call,
  query: PageQuery & { readonly run: string },
): Promise<List<LeftEntry>> {
  const left = sql`run_key = (SELECT key FROM job_run WHERE org_id = ${call.caller.org} AND id = ${query.run})
    AND left_because IS NOT NULL`
  const found = await pageWithTotal<Omit<LeftEntry, 'expires_at'> & { expires_at: Instant }>(
    db,
    sql`SELECT m.mentor_id, m.full_name, e.certification_id, e.certification_type, e.expires_at, e.left_because
        FROM (SELECT * FROM job_run_entry WHERE ${left} ORDER BY position ${pageSlice(query)}) AS e
        JOIN mentor AS m ON m.key = e.mentor_key ORDER BY e.position`,
    sql`SELECT count(*) FROM job_run_entry WHERE ${left}`,
  )
  const data = found.rows.map((row) => ({
    mentor_id: row.mentor_id,
    full_name: row.full_name,
    certification_id: row.certification_id,
    certification_type: row.certification_type,
    expires_at: wireTime(row.expires_at),
    left_because: row.left_because,
  }))
  return listOf(data, query, found.total)
}
