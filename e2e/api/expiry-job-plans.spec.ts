import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CERTIFICATIONS, EXPIRED, expiryJobSteps, PAUSED, PLANS, RUN, VALID } from './expiry-job-steps'
import { type Api, doubledPath, newMentorId, openApi } from './harness'

let api: Api
const steps = expiryJobSteps(() => api)
const { record, lapsedMentor, run, makePlan, carriedOut, stateOf, eventsOf, pauseByHand, logsOf } = steps

beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api.close())

const carryOut = (plan: string, more = '', headers: Record<string, string> = {}) =>
  api.post(`${RUN}?plan=${plan}${more}`, undefined, headers)

async function outdated(plan: string, more = '') {
  const answer = await carryOut(plan, more)
  expect([answer.status, answer.body.code], answer.text).toEqual([409, 'plan_outdated'])
  return answer.body
}

const runsStored = async () => (await api.db.query('SELECT FROM job_run')).rowCount
const listsStored = async () => (await api.db.query('SELECT FROM job_run_entry')).rowCount

describe('carrying out a plan', () => {
  test.each([
    ['short', RUN],
    ['documented', doubledPath(RUN)],
  ])('does what it says, and names it (%s path)', async (_name, path) => {
    const { mentor } = await lapsedMentor()
    const plan = await makePlan()
    const done = await api.post(`${path}?plan=${plan}`)
    expect(done.status, done.text).toBe(200)
    expect(Object.keys(done.body)).toEqual([
      'job_run_id',
      'started_at',
      'completed_at',
      'mentors_scanned',
      'expired_found',
      'auto_paused',
      'failures',
    ])
    expect(done.body).toMatchObject({ expired_found: 1, auto_paused: 1, failures: [] })
    expect(await eventsOf(mentor)).toEqual([PAUSED])
    expect(await logsOf(mentor)).toMatchObject([{ job_run_id: done.body.job_run_id }])
    expect((await api.get(`${PLANS}/${plan}`)).body.carried_out_by).toBe(done.body.job_run_id)
  })

  test('preview and run stand in the change log, with who asked for them', async () => {
    await lapsedMentor()
    const plan = await makePlan()
    const { job_run_id } = (await carryOut(plan)).body
    const { data } = (await api.get('/api/v1/views/changes?kind=job_run&limit=2')).body
    expect(data).toMatchObject([
      {
        action: 'completed',
        id: job_run_id,
        actor: 'open',
        mentor_id: null,
        after: { expired_found: 1, auto_paused: 1 },
      },
      { action: 'planned', id: plan, actor: 'open', mentor_id: null, after: { expired_found: 1 } },
    ])
  })

  test('an empty plan finds nobody', async () => {
    expect(await carriedOut(await makePlan())).toMatchObject({ expired_found: 0, auto_paused: 0 })
  })

  test('says what differs and does nothing, until what stands is confirmed', async () => {
    const [renewed, revoked, deleted, paused, moved, kept] = await Promise.all(Array.from({ length: 6 }, lapsedMentor))
    if (!renewed || !revoked || !deleted || !paused || !moved || !kept) throw new Error('six were asked for')
    const resumed = await lapsedMentor()
    await pauseByHand(resumed.mentor)
    const plan = await makePlan()

    await record(renewed.mentor, VALID)
    await api.put(`${CERTIFICATIONS}/${revoked.certification}`, { status: 'revoked' })
    await api.delete(`${CERTIFICATIONS}/${deleted.certification}`)
    await pauseByHand(paused.mentor)
    await api.db.query('UPDATE mentor SET paused_by_hand = false WHERE mentor_id = $1', [resumed.mentor])
    await api.put(`${CERTIFICATIONS}/${moved.certification}`, { expires_at: '2026-03-05T00:00:00Z' })
    const added = await lapsedMentor()

    const [runs, lists] = [await runsStored(), await listsStored()]
    const told = await outdated(plan)
    expect([await runsStored(), await listsStored()]).toEqual([runs, lists])
    expect(told.counts).toEqual({
      planned: 7,
      found_now: 5,
      mentors_now: 5,
      mentors_to_pause_now: 4,
      no_longer_found: 3,
      newly_found: 1,
      changed: 3,
    })
    expect(told).toMatchObject({ confirm: expect.stringMatching(/^[0-9a-f]{16}$/), carried_out_by: null })
    const difference = (
      kind: string,
      one: { mentor: string; certification: string },
      expires_at = EXPIRED.expires_at,
    ) => ({
      kind,
      mentor_id: one.mentor,
      full_name: one.mentor,
      certification_id: one.certification,
      certification_type: 'peer_mentor_basic',
      expires_at,
    })
    const expected = [
      difference('renewed', renewed),
      difference('revoked', revoked),
      difference('deleted', deleted),
      difference('added', added),
      difference('paused_since', paused),
      difference('active_since', resumed),
      difference('changed', moved, '2026-03-05T00:00:00Z'),
    ]
    expect(told.differences).toHaveLength(7)
    expect(told.differences).toEqual(expect.arrayContaining(expected))
    expect(told.detail).toContain('3 are no longer found and 3 have changed, and 1 are newly found')
    for (const one of [kept, added]) expect(await stateOf(one.mentor)).toMatchObject({ paused_by_certification: false })

    const done = await carriedOut(plan, `&confirm=${told.confirm}`)
    expect(done).toMatchObject({ expired_found: 5, auto_paused: 4 })
    for (const one of [kept, added, resumed]) expect(await eventsOf(one.mentor)).toEqual([PAUSED])
    for (const one of [renewed, revoked, deleted]) {
      expect(await stateOf(one.mentor)).toMatchObject({ paused_by_certification: false })
    }
  })

  test('what was confirmed and has changed once more is asked about again', async () => {
    const plan = await makePlan()
    const first = await lapsedMentor()
    const told = await outdated(plan)
    const second = await lapsedMentor()
    const again = await outdated(plan, `&confirm=${told.confirm}`)
    expect(again.confirm).not.toBe(told.confirm)
    expect(again.counts).toMatchObject({ planned: 0, newly_found: 2, found_now: 2 })
    for (const one of [first, second]) expect(await eventsOf(one.mentor)).toEqual([])
    expect(await carriedOut(plan, `&confirm=${again.confirm}`)).toMatchObject({ auto_paused: 2 })
  })

  test('a confirmation of something else than the plan does not fall back to the plan', async () => {
    const { mentor, certification } = await lapsedMentor()
    const plan = await makePlan()
    await record(mentor, { ...EXPIRED, certification_type: 'advanced' })
    const told = await outdated(plan)
    await api.db.query(
      `DELETE FROM certification WHERE id <> $1 AND mentor_key = (SELECT key FROM mentor WHERE mentor_id = $2)`,
      [certification, mentor],
    )
    const again = await outdated(plan, `&confirm=${told.confirm}`)
    expect([again.differences, again.counts.found_now]).toEqual([[], 1])
    expect(await carriedOut(plan, `&confirm=${again.confirm}`)).toMatchObject({ auto_paused: 1 })
  })

  test('carried out already, it says by which run and finds nothing', async () => {
    const { mentor, certification } = await lapsedMentor()
    const plan = await makePlan()
    const done = await carriedOut(plan)
    const told = await outdated(plan)
    expect(told).toMatchObject({ carried_out_by: done.job_run_id, counts: { found_now: 0, no_longer_found: 1 } })
    expect(told.detail).toContain(`carried out already, by the run ${done.job_run_id}`)
    expect(told.differences).toMatchObject([{ kind: 'handled', certification_id: certification }])
    expect(await carriedOut(plan, `&confirm=${told.confirm}`)).toMatchObject({ expired_found: 0, auto_paused: 0 })
    expect(await eventsOf(mentor)).toHaveLength(1)
  })

  test('of more than a hundred differences it shows a hundred and counts all', async () => {
    const plan = await makePlan()
    const prefix = newMentorId()
    await api.db.query(
      `WITH made AS (
         INSERT INTO mentor (org_id, mentor_id, full_name, search_text, status_updated_at, created_at, updated_at, first_expiry, last_expiry)
         SELECT 'org_x9y8z7', $1 || '-' || n, 'Crowd', '', now(), now(), now(), '2026-03-01', '2026-03-01' FROM generate_series(1, 120) AS n
         RETURNING org_id, key)
       INSERT INTO certification (org_id, mentor_key, certification_type, issued_at, expires_at, is_current, created_at, updated_at)
       SELECT org_id, key, 'peer_mentor_basic', '2023-03-01', '2026-03-01', true, now(), now() FROM made`,
      [prefix],
    )
    const told = await outdated(plan)
    expect([told.differences.length, told.counts.newly_found]).toEqual([100, 120])
    expect((await api.get(`${PLANS}/${await makePlan()}?limit=100&page=2`)).body).toMatchObject({
      data: { length: 20 },
      pagination: { total: 120 },
    })
    expect(await carriedOut(plan, `&confirm=${told.confirm}`)).toMatchObject({ auto_paused: 120 })
  })

  test('what makes no sense is refused, and nothing is run', async () => {
    const plan = await makePlan()
    const real = (await run()).job_run_id
    const runs = await runsStored()
    const refusals = await Promise.all([
      api.post(`${RUN}?plan=${plan}`, { dry_run: true }),
      api.post(`${RUN}?plan=${real}`),
      api.post(`${RUN}?plan=job_7`),
      api.post(`${RUN}?plan=`),
      api.post(`${RUN}?confirm=0123456789abcdef`),
      api.post(`${RUN}?plan=${plan}&confirm=a b`),
      api.post(`${RUN}?plan=job_01JAN2020_01`),
    ])
    expect(refusals.map(({ status, body }) => [status, body.errors?.[0]?.pointer ?? body.code])).toEqual([
      [400, 'plan'],
      [400, 'plan'],
      [400, 'plan'],
      [400, 'plan'],
      [400, 'confirm'],
      [400, 'confirm'],
      [404, 'plan_not_found'],
    ])
    expect(refusals[1]?.body.detail).toContain('is no dry run')
    expect(await runsStored()).toBe(runs)
    await carriedOut(plan)
  })
})

describe('Idempotency-Key', () => {
  test('a plan is carried out once, and the refusal of an outdated one is not kept', async () => {
    const { mentor } = await lapsedMentor()
    const plan = await makePlan()
    const { mentor: added } = await lapsedMentor()
    const headers = { 'idempotency-key': `plan-${plan}` }
    const refused = await carryOut(plan, '', headers)
    expect(refused.status).toBe(409)
    await record(added, VALID)
    const [one, other] = await Promise.all([carryOut(plan, '', headers), carryOut(plan, '', headers)])
    expect([one.status, other.text]).toEqual([200, one.text])
    expect([one, other].filter((answer) => answer.headers.get('idempotent-replayed') === 'true')).toHaveLength(1)
    expect(await eventsOf(mentor)).toEqual([PAUSED])
    expect((await carryOut(plan, '&confirm=0123456789abcdef', headers)).status).toBe(422)
  })
})

describe('at the same time', () => {
  test('of two that carry out one plan the second is told that it has been', async () => {
    const { mentor } = await lapsedMentor()
    const plan = await makePlan()
    const answers = await Promise.all([carryOut(plan), carryOut(plan)])
    const done = answers.find(({ status }) => status === 200)
    const refused = answers.find(({ status }) => status === 409)
    expect(done?.body).toMatchObject({ auto_paused: 1 })
    expect(refused?.body).toMatchObject({ code: 'plan_outdated', carried_out_by: done?.body.job_run_id })
    expect(await eventsOf(mentor)).toEqual([PAUSED])
  })

  test('what changes between the check and its batch is left, and the log says why', async () => {
    const [waiting, other] = [await lapsedMentor(), await lapsedMentor()]
    const plan = await makePlan()
    const holder = await steps.holdMentor(waiting.mentor)
    const running = carriedOut(plan)
    await steps.someoneWaits()
    await holder.query(`UPDATE certification SET expires_at = '2028-01-01' WHERE id = $1`, [waiting.certification])
    const late = await api.db.query(
      `INSERT INTO certification (org_id, mentor_key, certification_type, issued_at, expires_at, is_current, created_at, updated_at)
       SELECT org_id, key, 'late', '2023-03-01', '2026-03-01', true, now(), now() FROM mentor WHERE mentor_id = $1 RETURNING id`,
      [other.mentor],
    )
    await holder.query('COMMIT')
    await holder.end()
    const done = await running
    expect(done).toMatchObject({ expired_found: 1, auto_paused: 1, failures: [] })
    const { rows } = await api.db.query(
      `SELECT certification_id, left_because FROM job_run_entry
       WHERE run_key = (SELECT key FROM job_run WHERE id = $1) ORDER BY left_because NULLS LAST`,
      [done.job_run_id],
    )
    expect(rows).toEqual([
      { certification_id: waiting.certification, left_because: 'renewed' },
      { certification_id: other.certification, left_because: null },
    ])
    // what came too late for the list is the next run's
    expect((await api.get(`${CERTIFICATIONS}/${late.rows[0].id}`)).body.auto_pause_applied).toBe(false)
    expect(await run()).toMatchObject({ expired_found: 1, auto_paused: 0 })
  })
})
