import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { newSlot, postCheck, stateOf } from '@/e2e/api/duplicate-requests'
import { type Api, newMentorId, ORG, openApi } from '@/e2e/api/harness'
import { startWorkers } from './workers'

// a night that was missed while nobody was up
const MISSED = new Date(Date.now() - 5 * 60_000).toISOString()
let api: Api

beforeAll(async () => {
  process.env.EXPIRY_JOB_AT = MISSED.slice(11, 16)
  api = await openApi()
})
afterAll(() => api.close())
beforeEach(async () => {
  await api.db.query('DELETE FROM graphile_worker._private_jobs; DELETE FROM graphile_worker._private_known_crontabs')
  await api.db.query('DELETE FROM worker_instance')
})

async function lapsedMentor(): Promise<string> {
  const mentor_id = newMentorId()
  const answer = await api.post('/api/v1/certifications', {
    mentor_id,
    certification_type: 'peer_mentor_basic',
    issued_at: '2023-03-01T00:00:00Z',
    expires_at: '2026-03-01T00:00:00Z',
  })
  expect(answer.status, answer.text).toBe(201)
  return mentor_id
}

const nightlyRuns = async () =>
  (
    await api.db.query(
      `SELECT slot::text, auto_paused, actor FROM job_run WHERE trigger = 'nightly' AND completed_at IS NOT NULL`,
    )
  ).rows

const queued = async () => (await api.db.query('SELECT FROM graphile_worker.jobs')).rowCount

test('a missed night is made up at start, once for several instances', async () => {
  await lapsedMentor()
  await api.db.query(
    `INSERT INTO graphile_worker._private_known_crontabs (identifier, known_since) VALUES ('expiry-job', now() - interval '3 days')`,
  )
  const instances = await Promise.all([startWorkers(api.url), startWorkers(api.url), startWorkers(api.url)])
  await vi.waitFor(async () => expect(await nightlyRuns()).toHaveLength(1), { timeout: 15_000, interval: 20 })
  await vi.waitFor(async () => expect(await queued()).toBe(0), { timeout: 15_000, interval: 20 })
  await Promise.all(instances.map((instance) => instance.stop()))
  expect(await nightlyRuns()).toEqual([{ slot: MISSED.slice(0, 10), auto_paused: 1, actor: 'expiry-job' }])
  expect((await api.db.query('SELECT FROM worker_instance')).rowCount).toBe(0)
})

test('a night before the database knew the schedule was not missed', async () => {
  const before = await nightlyRuns()
  const workers = await startWorkers(api.url)
  const known = () => api.db.query('SELECT FROM graphile_worker._private_known_crontabs')
  await vi.waitFor(async () => expect((await known()).rowCount).toBe(2), { timeout: 15_000, interval: 20 })
  await workers.stop()
  expect(await queued()).toBe(0)
  expect(await nightlyRuns()).toEqual(before)
})

test('a night that has been run already is left alone', async () => {
  const night = '2025-11-30'
  await api.db.query(
    `INSERT INTO job_run (org_id, id, trigger, slot, dry_run, actor, started_at, completed_at)
     VALUES ($1, 'job_30NOV2025_01', 'nightly', $2, false, 'expiry-job', '2025-11-30T01:00:00Z', '2025-11-30T01:00:01Z')`,
    [ORG, night],
  )
  const mentor = await lapsedMentor()
  const add = (ts: string) =>
    api.db.query(
      `SELECT graphile_worker.add_job('expiry-job', json_build_object('_cron', json_build_object('ts', $1::text)))`,
      [ts],
    )
  await add(`${night}T01:00:00.000Z`)
  await api.finishJobs()
  const paused = async () =>
    (await api.db.query('SELECT paused_by_certification AS paused FROM mentor WHERE mentor_id = $1', [mentor])).rows[0]
      .paused
  expect(await paused()).toBe(false)
  await add('2025-12-01T01:00:00.000Z')
  await api.finishJobs()
  expect(await paused()).toBe(true)
})

test('jobs of an instance that was killed are unlocked by one that lives, its own are left alone', async () => {
  const gone = await spawnInstance()
  await api.db.query(
    `SELECT graphile_worker.add_job('sweep-kept-answers', run_at => now() + interval '1 hour'),
            graphile_worker.add_job('expiry-job', '{"_cron": {"ts": "2025-12-01T01:00:00Z"}}', run_at => now() + interval '1 hour')`,
  )
  const { rows } = await api.db.query('SELECT worker_id FROM worker_instance')
  expect(rows).toHaveLength(1)
  await api.db.query('UPDATE graphile_worker._private_jobs SET locked_at = now(), locked_by = $1', [rows[0].worker_id])
  const locked = async () =>
    (await api.db.query('SELECT FROM graphile_worker.jobs WHERE locked_by IS NOT NULL')).rowCount

  const beside = await startWorkers(api.url)
  expect(await locked()).toBe(2)
  await beside.stop()

  gone.kill('SIGKILL')
  await once(gone, 'exit')
  const held = () =>
    api.db.query(
      `SELECT FROM pg_stat_activity WHERE application_name = 'peer-mentors-liveness' AND datname = current_database()`,
    )
  await vi.waitFor(async () => expect((await held()).rowCount).toBe(0), { timeout: 10_000, interval: 20 })
  const next = await startWorkers(api.url)
  expect(await locked()).toBe(0)
  await next.stop()
})

test('an instance that loses its connection shows itself again', async () => {
  const workers = await startWorkers(api.url)
  const registered = () =>
    api.db.query(
      `SELECT FROM worker_instance AS i JOIN pg_locks AS l ON l.locktype = 'advisory' AND l.objid = i.lock_number::oid`,
    )
  await vi.waitFor(async () => expect((await registered()).rowCount).toBe(1), { timeout: 10_000, interval: 20 })
  const ended = await api.db.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'peer-mentors-liveness' AND datname = current_database()`,
  )
  expect(ended.rowCount).toBe(1)
  await vi.waitFor(async () => expect((await registered()).rowCount).toBe(0), { timeout: 10_000, interval: 5 })
  await vi.waitFor(async () => expect((await registered()).rowCount).toBe(1), { timeout: 10_000, interval: 20 })
  await workers.stop()
})

test('loads that a crash left behind are finished at start, those under way are left alone', async () => {
  const leave = async (state: string, dispatchedAt: string) => {
    const mentor = await lapsedMentor()
    await api.db.query(
      `INSERT INTO mentor_snapshot (mentor_key, state, dispatched_at) SELECT key, $2, $3 FROM mentor WHERE mentor_id = $1`,
      [mentor, state, dispatchedAt],
    )
    return mentor
  }
  const lost = [await leave('loading', '2026-03-26T09:59:29Z'), await leave('refreshing', '2026-03-25T10:00:00Z')]
  const underWay = await leave('loading', '2026-03-26T09:59:31Z')
  const stateOf = async (mentor: string) =>
    (
      await api.db.query(
        `SELECT s.state, s.dispatched_at, s.revision = m.revision AS current, s.body ->> 'full_name' = m.full_name AS whole
         FROM mentor_snapshot AS s JOIN mentor AS m ON m.key = s.mentor_key WHERE m.mentor_id = $1`,
        [mentor],
      )
    ).rows[0]
  const workers = await startWorkers(api.url)
  const loaded = { state: 'loaded', dispatched_at: null, current: true, whole: true }
  await vi.waitFor(async () => expect(await Promise.all(lost.map(stateOf))).toEqual([loaded, loaded]), {
    timeout: 10_000,
    interval: 20,
  })
  await workers.stop()
  expect(await stateOf(underWay)).toMatchObject({ state: 'loading' })
})

test('answers kept for idempotency keys are forgotten after seven days', async () => {
  await api.db.query(
    `INSERT INTO idempotency (org_id, caller, key, request_hash, status, headers, body, created_at)
     SELECT $1, 'open', 'aged-' || n, '', 200, '{}', '', '2026-03-26T10:00:00Z'::timestamptz - n * interval '1 day' FROM generate_series(5, 9) AS n`,
    [ORG],
  )
  await api.db.query(`SELECT graphile_worker.add_job('sweep-kept-answers')`)
  await api.finishJobs()
  const { rows } = await api.db.query(`SELECT key FROM idempotency WHERE key LIKE 'aged-%' ORDER BY key`)
  expect(rows.map((row) => row.key)).toEqual(['aged-5', 'aged-6', 'aged-7'])
})

/** Another process with workers, up once it has registered. */
async function spawnInstance(): Promise<ChildProcess> {
  const script = `
    const { startWorkers } = await import('./server/workers.ts')
    await startWorkers(process.env.DATABASE_URL)
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, DATABASE_URL: api.url, EXPIRY_JOB_AT: 'off' },
  })
  await vi.waitFor(async () => expect((await api.db.query('SELECT FROM worker_instance')).rowCount).toBe(1), {
    timeout: 20_000,
    interval: 50,
  })
  return child
}

test('a check whose job is gone, or has given up, is done after all; one asked for just now is left to its job', async () => {
  const post = async () => {
    const answer = await postCheck(api, newSlot())
    expect(answer.status, answer.text).toBe(201)
    return answer.body.id as string
  }
  const [gone, givenUp, young] = [await post(), await post(), await post()]
  await api.db.query(`UPDATE duplicate_event SET dispatched_at = '2026-03-01' WHERE number = ANY($1)`, [
    [gone, givenUp].map((id) => id.slice(4)),
  ])
  await api.db.query(
    `DELETE FROM graphile_worker._private_jobs AS j USING duplicate_event AS e
     WHERE j.key = 'check-duplicates-' || e.key AND e.number = ANY($1)`,
    [[gone, young].map((id) => id.slice(4))],
  )
  await api.db.query('UPDATE graphile_worker._private_jobs SET attempts = max_attempts')
  const workers = await startWorkers(api.url)
  for (const id of [gone, givenUp]) {
    await vi.waitFor(async () => expect(await stateOf(api, id)).toBe('clear'), { timeout: 15_000, interval: 50 })
  }
  await workers.stop()
  expect(await stateOf(api, young)).toBe('checking')
})
