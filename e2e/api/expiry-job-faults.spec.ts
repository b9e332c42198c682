import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expiryJobSteps, PAUSED, RUN, VALID } from './expiry-job-steps'
import { type Api, newMentorId, ORG, openApi } from './harness'

let api: Api
const { record, lapsedMentor, run, makePlan, stateOf, eventsOf, logsOf, someoneWaits, holdMentor } = expiryJobSteps(
  () => api,
)

beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api.close())

describe('at the same time', () => {
  test('two runs do the work once, the second waits', async () => {
    const { mentor } = await lapsedMentor()
    const [one, other] = await Promise.all([run(), run()])
    expect(one.job_run_id).not.toBe(other.job_run_id)
    expect(one.expired_found + other.expired_found).toBe(1)
    expect(await eventsOf(mentor)).toEqual([PAUSED])
  })

  test('a second run gives up after five seconds and names the running one; a renewal meanwhile is honoured', async () => {
    const { mentor, certification } = await lapsedMentor()
    const { mentor: other } = await lapsedMentor()
    const holder = await holdMentor(mentor)
    const first = run()
    await someoneWaits()
    const second = await api.post(RUN)
    expect(second.status).toBe(409)
    expect(second.headers.get('retry-after')).toBe('5')
    // the renewal commits while the batch waits for the mentor
    await holder.query(`UPDATE certification SET expires_at = '2028-01-01' WHERE id = $1`, [certification])
    await holder.query(
      `UPDATE mentor SET first_expiry = '2028-01-01', last_expiry = '2028-01-01' WHERE mentor_id = $1`,
      [mentor],
    )
    await holder.query('COMMIT')
    await holder.end()
    const done = await first
    expect(second.body).toMatchObject({ code: 'expiry_job_running', job_run_id: done.job_run_id })
    expect(done).toMatchObject({ expired_found: 1, auto_paused: 1, failures: [] })
    expect(await stateOf(mentor)).toMatchObject({ paused_by_certification: false })
    expect(await stateOf(other)).toMatchObject({ paused_by_certification: true })
    expect(await eventsOf(mentor)).toEqual([])
  })

  test('a mentor who stays locked for long is a failure, the others are paused', async () => {
    const { mentor } = await lapsedMentor()
    const { mentor: other } = await lapsedMentor()
    const holder = await holdMentor(mentor)
    const done = await run()
    await holder.query('ROLLBACK')
    await holder.end()
    expect(done).toMatchObject({ expired_found: 1, auto_paused: 1 })
    expect(done.failures).toEqual([
      { mentor_id: mentor, error: expect.stringContaining('Somebody else was changing this mentor') },
    ])
    expect((await stateOf(other)).paused_by_certification).toBe(true)
    expect(await run()).toMatchObject({ expired_found: 1, auto_paused: 1, failures: [] })
  })
})

describe('when something fails', () => {
  test('one mentor’s failure stops nobody else’s', async () => {
    const mentors = []
    for (let number = 0; number < 5; number++) mentors.push((await lapsedMentor()).mentor)
    const bad = mentors[2]
    await api.db.query(`
      CREATE FUNCTION refuse_one() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF NEW.mentor_id = '${bad}' THEN RAISE EXCEPTION 'this row is damaged'; END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER refuse_one BEFORE UPDATE ON mentor FOR EACH ROW EXECUTE FUNCTION refuse_one()`)
    const done = await run()
    await api.db.query('DROP TRIGGER refuse_one ON mentor; DROP FUNCTION refuse_one')
    expect(done).toMatchObject({ expired_found: 4, auto_paused: 4 })
    expect(done.failures).toEqual([
      { mentor_id: bad, error: expect.stringMatching(/^The database refused .*this row is damaged.*\.$/) },
    ])
    for (const mentor of mentors) expect((await logsOf(mentor)).length).toBe(mentor === bad ? 0 : 1)
    expect(await run()).toMatchObject({ expired_found: 1, auto_paused: 1, failures: [] })
  })

  /** Starts a run and ends its database connection while its last batch waits for a mentor. */
  async function crash(
    headers: Record<string, string> = {},
    addressOf: () => Promise<string> = async () => RUN,
  ): Promise<{ first: string; last: string; address: string; answer: { status: number } }> {
    const first = newMentorId()
    await record(first)
    // a batch holds 500 mentors: the last one is in the second
    await api.db.query(
      `WITH made AS (
         INSERT INTO mentor (org_id, mentor_id, full_name, search_text, status_updated_at, created_at, updated_at, first_expiry, last_expiry)
         SELECT $1, $2 || '-' || n, 'Crowd', '', now(), now(), now(), '2026-03-01', '2026-03-01' FROM generate_series(1, 499) AS n
         RETURNING key)
       INSERT INTO certification (org_id, mentor_key, certification_type, issued_at, expires_at, is_current, created_at, updated_at)
       SELECT $1, key, 'peer_mentor_basic', '2023-03-01', '2026-03-01', true, now(), now() FROM made`,
      [ORG, first],
    )
    const { mentor: last } = await lapsedMentor()
    const address = await addressOf()
    const holder = await holdMentor(last)
    const running = api.post(address, {}, headers)
    const pid = await someoneWaits()
    await api.db.query('SELECT pg_terminate_backend($1)', [pid])
    const answer = await running
    await holder.query('ROLLBACK')
    await holder.end()
    return { first, last, address, answer }
  }

  test('a crash in the middle leaves whole batches done, and the next run finishes the rest', async () => {
    const { first, last, answer } = await crash()
    expect(answer).toMatchObject({ status: 503, body: { code: 'database_unavailable' } })
    expect((await stateOf(first)).paused_by_certification).toBe(true)
    expect((await stateOf(last)).paused_by_certification).toBe(false)
    const died = await api.db.query('SELECT id, expired_found, abandoned_at FROM job_run WHERE completed_at IS NULL')
    expect(died.rows).toEqual([{ id: expect.any(String), expired_found: 500, abandoned_at: null }])
    const next = await run()
    expect(next).toMatchObject({ expired_found: 1, auto_paused: 1 })
    expect(next.job_run_id).not.toBe(died.rows[0].id)
    expect(await eventsOf(first)).toEqual([PAUSED])
    const abandoned = await api.db.query('SELECT abandoned_at IS NOT NULL AS abandoned FROM job_run WHERE id = $1', [
      died.rows[0].id,
    ])
    expect(abandoned.rows).toEqual([{ abandoned: true }])
  })

  test('a retry with the same key resumes the run that died', async () => {
    const headers = { 'idempotency-key': 'resume-me' }
    const { answer } = await crash(headers)
    expect(answer.status).toBe(503)
    const died = await api.db.query(`SELECT id FROM job_run WHERE idempotency_key = 'resume-me'`)
    const resumed = await api.post(RUN, {}, headers)
    expect(resumed.status).toBe(200)
    expect(resumed.body).toMatchObject({
      job_run_id: died.rows[0].id,
      expired_found: 501,
      auto_paused: 501,
      failures: [],
    })
    const replayed = await api.post(RUN, {}, headers)
    expect(replayed.text).toBe(resumed.text)
    expect(replayed.headers.get('idempotent-replayed')).toBe('true')
  })

  test('a planned run that died is resumed by its key within its list, and the next run finds the rest', async () => {
    const headers = { 'idempotency-key': 'resume-my-plan' }
    const planned = async () => `${RUN}?plan=${await makePlan()}`
    const { last, address, answer } = await crash(headers, planned)
    expect(answer.status).toBe(503)
    const { mentor: late } = await lapsedMentor()
    const renewed = await api.post('/api/v1/certifications', {
      mentor_id: last,
      certification_type: 'peer_mentor_basic',
      ...VALID,
    })
    expect(renewed.status).toBe(201)
    const resumed = await api.post(address, {}, headers)
    expect(resumed.body).toMatchObject({ expired_found: 500, auto_paused: 500, failures: [] })
    for (const mentor of [last, late]) expect((await stateOf(mentor)).paused_by_certification).toBe(false)
    const left = await api.db.query(
      `SELECT left_because FROM job_run_entry WHERE run_key = (SELECT key FROM job_run WHERE id = $1) AND left_because IS NOT NULL`,
      [resumed.body.job_run_id],
    )
    expect(left.rows).toEqual([{ left_because: 'renewed' }])
    expect((await api.post(address, {}, headers)).text).toBe(resumed.text)
    expect(await run()).toMatchObject({ expired_found: 1, auto_paused: 1 })
  })

  test('a planned run that died without a key is asked about again', async () => {
    const { address, answer } = await crash({}, async () => `${RUN}?plan=${await makePlan()}`)
    expect(answer.status).toBe(503)
    const told = await api.post(address)
    expect(told.body).toMatchObject({
      code: 'plan_outdated',
      counts: { planned: 501, no_longer_found: 500, found_now: 1 },
    })
    expect(told.body.differences[0]).toMatchObject({ kind: 'handled' })
    const rest = await api.post(`${address}&confirm=${told.body.confirm}`)
    expect(rest.body).toMatchObject({ expired_found: 1, auto_paused: 1 })
  })
})
