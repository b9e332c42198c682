import 'server-only'
import { whyGone } from '@/domain/expiry-job/lapses'
import { planNotFound } from '@/domain/expiry-job/plan-queries'
import type { PlanDifference, PlanOutdated } from '@/domain/expiry-job/schema'
import type { Call } from '@/lib/call'
import { type Db, first, one, rows, sql, type Tx } from '@/lib/db'
import { AppError, invalid } from '@/lib/errors'
import { type Instant, wireTime } from '@/lib/instant'

interface PlanRequest {
  readonly plan?: string | undefined
  readonly confirm?: string | undefined
  readonly dryRun: boolean
}

export interface FoundPlan {
  readonly key: number
  readonly id: string
  readonly confirm: string | null
}

const SHOWN = 100

/**
 * The plan that a run is asked to carry out, null where it names none. Throws `plan_not_found`, and 400 for a run that is
 * no dry run or has not ended, and for a dry run asked to carry one out.
 */
export async function findPlan(
  db: Db,
  call: Call,
  { plan: id, confirm, dryRun }: PlanRequest,
): Promise<FoundPlan | null> {
  if (id === undefined) {
    if (confirm !== undefined) throw invalid('confirm', 'Expected only together with `plan`')
    return null
  }
  if (dryRun)
    throw invalid('plan', 'A dry run carries out no plan: leave out one of `plan` and `dry_run`. Nothing was done.')
  const run = await first<{ key: number; dry_run: boolean; kept: boolean }>(
    db,
    // a dry run from before plans were kept has no forecast either
    sql`SELECT key, dry_run, completed_at IS NOT NULL AND forecast IS NOT NULL AS kept FROM job_run
        WHERE org_id = ${call.caller.org} AND id = ${id}`,
  )
  if (!run) throw planNotFound(id)
  if (!run.dry_run) throw invalid('plan', `The run ${id} is no dry run, so it is no plan. Nothing was done.`)
  if (!run.kept) throw invalid('plan', `The dry run ${id} did not keep what it found. Make a new one.`)
  return { key: run.key, id, confirm: confirm ?? null }
}

/**
 * Compares a plan with the list of the run that is to carry it out, which was found just now in the same snapshot.
 * Throws `plan_outdated` (409) with what differs, unless the caller has confirmed the list as it is.
 */
export async function checkPlan(tx: Tx, call: Call, plan: FoundPlan, runKey: number): Promise<void> {
  const { confirm } = await one<{ confirm: string }>(
    tx,
    sql`SELECT substr(encode(sha256(convert_to(coalesce(string_agg(concat_ws(' ', certification_id, certification_type,
          expires_at, consequence = 'pause'), E'\\n' ORDER BY certification_id COLLATE "C"), ''), 'UTF8')), 'hex'), 1, 16) AS confirm
        FROM job_run_entry WHERE run_key = ${runKey}`,
  )
  if (plan.confirm === confirm) return
  const counts = await countDifferences(tx, plan.key, runKey)
  const differ = counts.no_longer_found + counts.newly_found + counts.changed
  if (plan.confirm === null && differ === 0) return
  const earlier = await first<{ id: string }>(
    tx,
    sql`SELECT id FROM job_run WHERE plan_key = ${plan.key} AND key <> ${runKey} ORDER BY key DESC LIMIT 1`,
  )
  const differences = await listDifferences(tx, call, plan.key, runKey)
  const members: PlanOutdated = { counts, differences, confirm, carried_out_by: earlier?.id ?? null }
  throw new AppError('plan_outdated', sentenceOf(plan, members), { members: { ...members } })
}

function sentenceOf(plan: FoundPlan, { counts, carried_out_by }: PlanOutdated): string {
  const carriedOut = carried_out_by === null ? '' : ` It was carried out already, by the run ${carried_out_by}.`
  return `Since the plan ${plan.id} was made, of its ${counts.planned} certifications ${counts.no_longer_found} are no longer found and ${counts.changed} have changed, and ${counts.newly_found} are newly found.${carriedOut} Nothing was done: confirm the ${counts.found_now} that stand now, or make a new plan.`
}

/** The entries of plan and run side by side, each as a row of nulls where the other has none. */
const paired = (planKey: number, runKey: number) => sql`
  (SELECT * FROM job_run_entry WHERE run_key = ${planKey}) AS p
  FULL JOIN (SELECT * FROM job_run_entry WHERE run_key = ${runKey}) AS r USING (certification_id)`

const differs = sql`(p.certification_type, p.expires_at, p.consequence = 'pause')
  IS DISTINCT FROM (r.certification_type, r.expires_at, r.consequence = 'pause')`

function countDifferences(tx: Tx, planKey: number, runKey: number): Promise<PlanOutdated['counts']> {
  return one(
    tx,
    sql`SELECT count(p.run_key) AS planned, count(r.run_key) AS found_now, count(DISTINCT r.mentor_key) AS mentors_now,
          count(DISTINCT r.mentor_key) FILTER (WHERE r.consequence = 'pause') AS mentors_to_pause_now,
          count(*) FILTER (WHERE r.run_key IS NULL) AS no_longer_found, count(*) FILTER (WHERE p.run_key IS NULL) AS newly_found,
          count(*) FILTER (WHERE p.run_key IS NOT NULL AND r.run_key IS NOT NULL AND ${differs}) AS changed
        FROM ${paired(planKey, runKey)}`,
  )
}

async function listDifferences(tx: Tx, call: Call, planKey: number, runKey: number): Promise<PlanDifference[]> {
  const found = await rows<Omit<PlanDifference, 'expires_at'> & { expires_at: Instant }>(
    tx,
    sql`SELECT CASE WHEN r.run_key IS NULL THEN ${whyGone(call)} WHEN p.run_key IS NULL THEN 'added'
            WHEN (p.certification_type, p.expires_at) <> (r.certification_type, r.expires_at) THEN 'changed'
            WHEN r.consequence = 'pause' THEN 'active_since' ELSE 'paused_since' END AS kind,
          m.mentor_id, m.full_name, certification_id, coalesce(r.certification_type, p.certification_type) AS certification_type,
          coalesce(r.expires_at, p.expires_at) AS expires_at
        FROM ${paired(planKey, runKey)}
        LEFT JOIN certification AS c ON c.org_id = ${call.caller.org} AND c.id = certification_id
        JOIN mentor AS m ON m.key = coalesce(r.mentor_key, p.mentor_key)
        WHERE ${differs}
        ORDER BY r.run_key IS NOT NULL, p.run_key IS NOT NULL, coalesce(p.position, r.position) LIMIT ${SHOWN}`,
  )
  return found.map((row) => ({ ...row, expires_at: wireTime(row.expires_at) }))
}
