import { expect, it } from 'vitest'
import { until } from './app-process'
import { KilledApp } from './killed-app'

/** A batch of the job holds 500 mentors: the last ones of so many are in the third. */
const MENTORS = 1200
const RUN = '/api/v1/certifications/expiry-job/run'

const app = new KilledApp()

/** Mentors whose certification has lapsed, by a name that their ids begin with. */
async function addLapsed(name: string, count: number): Promise<void> {
  const { rowCount } = await app.db.query(
    `WITH made AS (
       INSERT INTO mentor (org_id, mentor_id, full_name, search_text, status_updated_at, created_at, updated_at, first_expiry, last_expiry)
       SELECT o.id, $1 || '-' || n, 'Crowd', '', now(), now(), now(), '2026-03-01', '2026-03-01'
       FROM organisation AS o, generate_series(1, $2::integer) AS n RETURNING org_id, key)
     INSERT INTO certification (org_id, mentor_key, certification_type, issued_at, expires_at, is_current, created_at, updated_at)
     SELECT org_id, key, 'peer_mentor_basic', '2023-03-01', '2026-03-01', true, now(), now() FROM made`,
    [name, count],
  )
  expect(rowCount).toBe(count)
}

it('resumes a planned run within its list after the process was killed in the middle', {
  timeout: 180_000,
}, async () => {
  await addLapsed('planned', MENTORS)
  const plan = await (await app.post(RUN, { dry_run: true }, 'the-plan')).json()
  expect(plan).toMatchObject({ expired_found: MENTORS, auto_paused: 0 })

  const release = await app.hold(`planned-${MENTORS}`)
  const address = `${RUN}?plan=${plan.job_run_id}`
  const lost = app.post(address, {}, 'the-run').catch(() => null)
  const paused = async () => {
    const { rows } = await app.db.query('SELECT count(*)::int AS paused FROM mentor WHERE paused_by_certification')
    return rows[0].paused as number
  }
  await until('two batches are done', 60_000, async () => (await paused()) === 1000)
  await app.kill()
  expect(await lost).toBeNull()
  await release()
  await until('the dead process has let go of the run', 20_000, async () => {
    const { rows } = await app.db.query(
      `SELECT count(*)::int AS held FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    )
    return rows[0].held === 0
  })
  expect(await paused()).toBe(1000)

  await addLapsed('late', 3)
  await app.start()
  const resumed = await app.post(address, {}, 'the-run')
  expect(resumed.status).toBe(200)
  expect(await resumed.json()).toMatchObject({ expired_found: MENTORS, auto_paused: MENTORS, failures: [] })
  expect(await paused()).toBe(MENTORS)
  const events = await app.db.query(
    `SELECT count(*)::int AS told FROM sync_event WHERE event_type = 'PauseMentorEvent'`,
  )
  expect(events.rows).toEqual([{ told: MENTORS }])

  const next = await (await app.post(RUN, {}, 'the-next')).json()
  expect(next).toMatchObject({ expired_found: 3, auto_paused: 3 })
})
