import type pg from 'pg'
import { playHistory } from './history'
import { makeIds } from './insert'
import { makePreview, type Night } from './job-runs'
import type { MentorPlan } from './plan'
import { Random } from './random'
import type { AutoPauseLogRow, CertificationRow, JobRunRow, MentorRow, SyncEventRow } from './rows'
import type { Command, World } from './world'

export interface Histories {
  readonly mentors: MentorRow[]
  readonly certifications: CertificationRow[]
  readonly runs: JobRunRow[]
  readonly logs: AutoPauseLogRow[]
  readonly syncEvents: SyncEventRow[]
  readonly commands: Command[]
  readonly idsTaken: { readonly cert_: number; readonly log_: number; readonly evt_: number }
}

/** Plays the histories of all mentors and gives their records keys in the order in which they came to be. */
export async function playHistories(
  db: pg.ClientBase,
  now: number,
  nights: ReadonlyMap<number, Night>,
  plans: readonly MentorPlan[],
): Promise<Histories> {
  const steps = (kind: string) =>
    plans.reduce((sum, plan) => sum + plan.steps.filter((step) => step.kind === kind).length, 0)
  // a certification lapses once at most, and tells the app twice at most
  const certified = steps('certify')
  const ids = {
    cert_: await makeIds(db, 'cert_', certified),
    log_: await makeIds(db, 'log_', certified),
    evt_: await makeIds(db, 'evt_', steps('report') + 2 * certified),
  }
  const idsTaken = { cert_: 0, log_: 0, evt_: 0 }
  const world: World = {
    now,
    nights,
    random: new Random(6),
    takeId: (prefix) => ids[prefix][idsTaken[prefix]++] as string,
    certifications: [],
    logs: [],
    syncEvents: [],
    commands: [],
  }
  const mentors = plans.map((plan) => playHistory(world, plan))
  const runs = numberRuns(world, now)
  const runKeys = new Map(runs.map(({ id, key }) => [id, key]))
  const logs = inOrder(world.logs, (one) => one.applied_at).map(
    ({ night, ...log }): AutoPauseLogRow => ({
      ...log,
      job_run_key: runKeys.get(nights.get(night)?.run.id ?? '') as number,
    }),
  )
  return {
    mentors,
    certifications: inOrder(world.certifications, (one) => one.created_at),
    runs,
    logs,
    syncEvents: inOrder(world.syncEvents, (one) => one.server_timestamp),
    commands: world.commands,
    idsTaken,
  }
}

/** Keys from 1 in the order of a time; those of one time stay in the order in which they were made. */
function inOrder<Row extends { key: number }>(rows: readonly Row[], timeOf: (row: Row) => string): Row[] {
  const timed = rows.map((row) => [Date.parse(timeOf(row)), row] as const)
  return timed.sort(([a], [b]) => a - b).map(([, row], index) => ({ ...row, key: index + 1 }))
}

/** Each run scanned the mentors who held a certification by then. */
function numberRuns(world: World, now: number): JobRunRow[] {
  const firsts = new Map<number, number>()
  for (const { mentor_key, created_at } of world.certifications) {
    const at = Date.parse(created_at)
    firsts.set(mentor_key, Math.min(firsts.get(mentor_key) ?? at, at))
  }
  const holders = [...firsts.values()].sort((a, b) => a - b)
  const runs: JobRunRow[] = []
  let scanned = 0
  for (const [slot, { run, fixed }] of world.nights) {
    while (scanned < holders.length && (holders[scanned] as number) < slot) scanned++
    runs.push(fixed ? run : { ...run, mentors_scanned: scanned })
  }
  runs.push(makePreview(now, scanned))
  return inOrder(runs, (one) => one.started_at)
}
