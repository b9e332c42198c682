import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Api, CONTRACT_NOW, doubledPath, newMentorId, ORG, openApi } from './harness'

const CERTIFICATIONS = '/api/v1/certifications'
const RUN = `${CERTIFICATIONS}/expiry-job/run`
const LOGS = `${CERTIFICATIONS}/expiry-job/logs`
let api: Api

beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api.close())

const EXPIRED = { issued_at: '2023-03-01T00:00:00Z', expires_at: '2026-03-01T00:00:00Z' }
const VALID = { issued_at: '2024-06-15T00:00:00Z', expires_at: '2027-06-15T00:00:00Z' }

async function record(mentor_id: string, given: object = EXPIRED): Promise<string> {
  const answer = await api.post(CERTIFICATIONS, { mentor_id, certification_type: 'peer_mentor_basic', ...given })
  expect(answer.status, answer.text).toBe(201)
  return answer.body.certification_id
}

async function lapsedMentor(): Promise<{ mentor: string; certification: string }> {
  const mentor = newMentorId()
  return { mentor, certification: await record(mentor) }
}

async function run(body?: object, headers?: Record<string, string>) {
  const answer = await api.post(RUN, body, headers)
  expect(answer.status, answer.text).toBe(200)
  return answer.body
}

interface MentorState {
  paused_by_hand: boolean
  paused_by_certification: boolean
  revision: number
}

async function stateOf(mentor: string): Promise<MentorState> {
  const { rows } = await api.db.query(
    'SELECT paused_by_hand, paused_by_certification, revision::int FROM mentor WHERE mentor_id = $1',
    [mentor],
  )
  return rows[0]
}

async function eventsOf(mentor: string) {
  const { rows } = await api.db.query(
    `SELECT event_type, origin, accepted, resulting_status, acknowledged_at FROM sync_event
     WHERE mentor_key = (SELECT key FROM mentor WHERE mentor_id = $1) ORDER BY key`,
    [mentor],
  )
  return rows
}

const pauseByHand = (mentor: string) =>
  api.db.query('UPDATE mentor SET paused_by_hand = true WHERE mentor_id = $1', [mentor])

const logsOf = async (mentor: string) => (await api.get(`${LOGS}?mentor_id=${mentor}`)).body.data

/** Resolves once some connection waits for a lock in the test's database. */
async function someoneWaits(): Promise<number> {
  for (;;) {
    const { rows } = await api.db.query(
      `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    )
    if (rows[0]) return rows[0].pid
  }
}

/** A connection of its own that holds the mentor's row. */
async function holdMentor(mentor: string): Promise<pg.Client> {
  const holder = new pg.Client({ connectionString: api.url })
  await holder.connect()
  await holder.query('BEGIN')
  await holder.query('SELECT FROM mentor WHERE mentor_id = $1 FOR UPDATE', [mentor])
  return holder
}

const PAUSED = {
  event_type: 'PauseMentorEvent',
  origin: 'server',
  accepted: true,
  resulting_status: 'paused',
  acknowledged_at: null,
}
const RESUMED = { ...PAUSED, event_type: 'ResumeMentorEvent', resulting_status: 'active' }

describe('a run', () => {
  test.each([
    ['short', RUN],
    ['documented', doubledPath(RUN)],
  ])('finds a lapse, pauses, logs and tells the app once (%s path)', async (_name, path) => {
    const { mentor, certification } = await lapsedMentor()
    const before = await stateOf(mentor)
    const answer = await api.post(path, { dry_run: false })
    expect(answer.status).toBe(200)
    const { job_run_id, mentors_scanned } = answer.body
    expect(job_run_id).toMatch(/^job_26MAR2026_\d\d$/)
    expect(answer.text).toBe(
      JSON.stringify({
        job_run_id,
        started_at: CONTRACT_NOW,
        completed_at: CONTRACT_NOW,
        mentors_scanned,
        expired_found: 1,
        auto_paused: 1,
        failures: [],
      }),
    )
    const { rows } = await api.db.query('SELECT count(DISTINCT mentor_key)::int AS holders FROM certification')
    expect(mentors_scanned).toBe(rows[0].holders)

    expect(await stateOf(mentor)).toEqual({
      paused_by_hand: false,
      paused_by_certification: true,
      revision: before.revision + 1,
    })
    expect(await eventsOf(mentor)).toEqual([PAUSED])
    expect((await api.get(`${CERTIFICATIONS}/${certification}`)).body).toMatchObject({
      status: 'expired',
      auto_pause_applied: true,
      auto_pause_applied_at: CONTRACT_NOW,
    })
    const [log, ...more] = await logsOf(mentor)
    expect(more).toEqual([])
    expect(JSON.stringify(log)).toBe(
      JSON.stringify({
        log_id: log.log_id,
        mentor_id: mentor,
        reason: 'Certification peer_mentor_basic expired on 2026-03-01',
        job_run_id,
        applied_at: CONTRACT_NOW,
      }),
    )
    expect(log.log_id).toMatch(/^log_[0-9A-HJKMNP-TV-Z]{8}$/)

    const again = await run()
    expect(again).toMatchObject({ expired_found: 0, auto_paused: 0 })
    expect(Number(again.job_run_id.slice(-2))).toBe(Number(job_run_id.slice(-2)) + 1)
    expect(await eventsOf(mentor)).toHaveLength(1)
    expect((await stateOf(mentor)).revision).toBe(before.revision + 1)
  })

  test('the change log says what the job did, with one revision', async () => {
    const { mentor, certification } = await lapsedMentor()
    await run()
    const { revision } = await stateOf(mentor)
    const { rows } = await api.db.query(
      `SELECT type, id, action, actor, before, after FROM change
       WHERE mentor_key = (SELECT key FROM mentor WHERE mentor_id = $1) AND revision = $2 ORDER BY position`,
      [mentor, revision],
    )
    const reason = 'Certification peer_mentor_basic expired on 2026-03-01'
    expect(rows).toEqual([
      {
        type: 'certification',
        id: certification,
        action: 'auto_pause_applied',
        actor: 'expiry-job',
        before: { auto_pause_applied: false },
        after: { auto_pause_applied: true, reason },
      },
      {
        type: 'mentor',
        id: mentor,
        action: 'paused',
        actor: 'expiry-job',
        before: { status: 'active', paused_by_certification: false },
        after: { status: 'paused', paused_by_certification: true, reason },
      },
      {
        type: 'sync_event',
        id: expect.stringMatching(/^evt_/),
        action: 'created',
        actor: 'expiry-job',
        before: null,
        after: {
          event_type: 'PauseMentorEvent',
          origin: 'server',
          reason,
          resulting_status: 'paused',
          server_timestamp: CONTRACT_NOW,
        },
      },
    ])
  })

  test.each([
    ['2026-02-28T22:59:59Z', '2026-02-28'],
    ['2026-02-28T23:00:00Z', '2026-03-01'],
    ['2025-10-25T21:59:59Z', '2025-10-25'],
    ['2025-10-26T22:59:59Z', '2025-10-26'],
  ])('an expiry at %s is logged as %s, the date in Oslo', async (expires_at, date) => {
    const mentor = newMentorId()
    await record(mentor, { ...EXPIRED, expires_at })
    await run()
    expect(await logsOf(mentor)).toMatchObject([{ reason: `Certification peer_mentor_basic expired on ${date}` }])
  })

  test('leaves alone who holds a later certification of the type, is revoked, or expires later today', async () => {
    const renewed = newMentorId()
    await record(renewed)
    await record(renewed, VALID)
    const revoked = newMentorId()
    await api.put(`${CERTIFICATIONS}/${await record(revoked)}`, { status: 'revoked' })
    const later = newMentorId()
    const nearly = await record(later, { ...VALID, expires_at: '2026-03-26T10:00:00.000001Z' })
    const exactly = newMentorId()
    await record(exactly, { ...VALID, expires_at: CONTRACT_NOW })
    expect(await run()).toMatchObject({ expired_found: 1, auto_paused: 1 })
    for (const mentor of [renewed, revoked, later]) expect((await stateOf(mentor)).paused_by_certification).toBe(false)
    expect((await stateOf(exactly)).paused_by_certification).toBe(true)
    await api.delete(`${CERTIFICATIONS}/${nearly}`)
  })

  test('a mentor paused by hand is found and logged once, without a second event', async () => {
    const { mentor, certification } = await lapsedMentor()
    await pauseByHand(mentor)
    expect(await run()).toMatchObject({ expired_found: 1, auto_paused: 0, failures: [] })
    expect(await stateOf(mentor)).toMatchObject({ paused_by_hand: true, paused_by_certification: true })
    expect((await api.get(`${CERTIFICATIONS}/${certification}`)).body.auto_pause_applied).toBe(true)
    expect(await logsOf(mentor)).toHaveLength(1)
    expect(await eventsOf(mentor)).toEqual([])
    expect(await run()).toMatchObject({ expired_found: 0, auto_paused: 0 })
  })

  test('two lapsed types of one mentor are two finds and one pause', async () => {
    const { mentor } = await lapsedMentor()
    await record(mentor, { ...EXPIRED, certification_type: 'advanced' })
    expect(await run()).toMatchObject({ expired_found: 2, auto_paused: 1 })
    expect(await logsOf(mentor)).toHaveLength(2)
    expect(await eventsOf(mentor)).toEqual([PAUSED])
  })

  test('a second type that lapses later is found later, without a second event', async () => {
    const { mentor } = await lapsedMentor()
    await run()
    await record(mentor, { ...EXPIRED, certification_type: 'advanced' })
    expect(await run()).toMatchObject({ expired_found: 1, auto_paused: 0 })
    expect(await eventsOf(mentor)).toEqual([PAUSED])
  })

  test.each([[{ dry_run: 'yes' }], [{ dry_run: null }], [[]], ['run']])('refuses %j', async (body) => {
    const runs = await api.db.query('SELECT FROM job_run')
    expect((await api.post(RUN, JSON.stringify(body), { 'content-type': 'application/json' })).status).toBe(400)
    expect((await api.db.query('SELECT FROM job_run')).rowCount).toBe(runs.rowCount)
    await run({})
  })

  test('only POST is known', async () => {
    const refused = await api.get(RUN)
    expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'POST, OPTIONS'])
  })
})

describe('dry run', () => {
  test('finds the same and changes nothing but its own record', async () => {
    const { mentor, certification } = await lapsedMentor()
    const before = await stateOf(mentor)
    const dry = await run({ dry_run: true })
    expect(dry).toMatchObject({ expired_found: 1, auto_paused: 0, failures: [] })
    expect(await stateOf(mentor)).toEqual(before)
    expect(await logsOf(mentor)).toEqual([])
    expect(await eventsOf(mentor)).toEqual([])
    expect((await api.get(`${CERTIFICATIONS}/${certification}`)).body.auto_pause_applied).toBe(false)
    const wet = await run({ dry_run: false })
    expect(wet).toMatchObject({ expired_found: 1, auto_paused: 1, mentors_scanned: dry.mentors_scanned })
  })
})

describe('renewal resumes', () => {
  test.each([
    [
      'PUT',
      (_mentor: string, id: string) => api.put(`${CERTIFICATIONS}/${id}`, { expires_at: '2028-06-15T00:00:00Z' }),
    ],
    [
      'POST',
      (mentor: string) =>
        api.post(CERTIFICATIONS, { mentor_id: mentor, certification_type: 'peer_mentor_basic', ...VALID }),
    ],
  ])('by %s', async (_method, renew) => {
    const { mentor, certification } = await lapsedMentor()
    await run()
    expect((await renew(mentor, certification)).status).toBeLessThan(300)
    expect(await stateOf(mentor)).toMatchObject({ paused_by_certification: false })
    expect(await eventsOf(mentor)).toEqual([PAUSED, RESUMED])
    expect((await api.get(`${CERTIFICATIONS}/${certification}`)).body).toMatchObject({
      auto_pause_applied: false,
      auto_pause_applied_at: null,
    })
    expect(await logsOf(mentor)).toHaveLength(1)
  })

  test('the ETag of the answer allows the next change', async () => {
    const { certification } = await lapsedMentor()
    await run()
    const renewed = await api.put(`${CERTIFICATIONS}/${certification}`, { expires_at: '2028-06-15T00:00:00Z' })
    const headers = { 'if-match': renewed.headers.get('etag') ?? '' }
    expect(
      (await api.put(`${CERTIFICATIONS}/${certification}`, { expires_at: '2029-06-15T00:00:00Z' }, headers)).status,
    ).toBe(200)
    expect(
      (await api.put(`${CERTIFICATIONS}/${certification}`, { expires_at: '2030-06-15T00:00:00Z' }, headers)).status,
    ).toBe(412)
  })

  test('only once no type is lapsed', async () => {
    const { mentor, certification } = await lapsedMentor()
    const advanced = await record(mentor, { ...EXPIRED, certification_type: 'advanced' })
    await run()
    await api.put(`${CERTIFICATIONS}/${certification}`, { expires_at: '2028-06-15T00:00:00Z' })
    expect(await stateOf(mentor)).toMatchObject({ paused_by_certification: true })
    expect((await api.get(`${CERTIFICATIONS}/${certification}`)).body.auto_pause_applied).toBe(false)
    expect((await api.get(`${CERTIFICATIONS}/${advanced}`)).body.auto_pause_applied).toBe(true)
    await api.put(`${CERTIFICATIONS}/${advanced}`, { expires_at: '2028-06-15T00:00:00Z' })
    expect(await stateOf(mentor)).toMatchObject({ paused_by_certification: false })
    expect(await eventsOf(mentor)).toEqual([PAUSED, RESUMED])
  })

  test('a pause by hand stays, and nothing is sent', async () => {
    const { mentor, certification } = await lapsedMentor()
    await pauseByHand(mentor)
    await run()
    await api.put(`${CERTIFICATIONS}/${certification}`, { expires_at: '2028-06-15T00:00:00Z' })
    expect(await stateOf(mentor)).toMatchObject({ paused_by_hand: true, paused_by_certification: false })
    expect(await eventsOf(mentor)).toEqual([])
  })

  test('revoking or deleting lifts nothing, the next renewal does', async () => {
    const { mentor, certification } = await lapsedMentor()
    const advanced = await record(mentor, { ...EXPIRED, certification_type: 'advanced' })
    await run()
    await api.put(`${CERTIFICATIONS}/${certification}`, { status: 'revoked' })
    await api.delete(`${CERTIFICATIONS}/${advanced}`)
    expect(await stateOf(mentor)).toMatchObject({ paused_by_certification: true })
    expect(await eventsOf(mentor)).toEqual([PAUSED])
    await record(mentor, VALID)
    expect(await stateOf(mentor)).toMatchObject({ paused_by_certification: false })
    expect(await eventsOf(mentor)).toEqual([PAUSED, RESUMED])
  })

  test('a certification that lapses again is found again', async () => {
    const { mentor, certification } = await lapsedMentor()
    await run()
    await api.put(`${CERTIFICATIONS}/${certification}`, { expires_at: '2026-03-26T12:00:00Z' })
    await api.setNow('2026-03-26T12:00:00Z')
    expect(await run()).toMatchObject({ expired_found: 1, auto_paused: 1 })
    await api.setNow(CONTRACT_NOW)
    expect(await eventsOf(mentor)).toEqual([PAUSED, RESUMED, PAUSED])
  })
})

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
  ): Promise<{ first: string; last: string; answer: { status: number } }> {
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
    const holder = await holdMentor(last)
    const running = api.post(RUN, {}, headers)
    const pid = await someoneWaits()
    await api.db.query('SELECT pg_terminate_backend($1)', [pid])
    const answer = await running
    await holder.query('ROLLBACK')
    await holder.end()
    return { first, last, answer }
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
})

describe('Idempotency-Key', () => {
  test('runs once, replays byte for byte, and is bound to its request', async () => {
    const headers = { 'idempotency-key': 'run-once' }
    const { mentor } = await lapsedMentor()
    const answers = await Promise.all([api.post(RUN, {}, headers), api.post(RUN, {}, headers)])
    expect(answers.map((answer) => answer.status)).toEqual([200, 200])
    expect(answers[0]?.text).toBe(answers[1]?.text)
    expect(answers.filter((answer) => answer.headers.get('idempotent-replayed') === 'true')).toHaveLength(1)
    expect(answers[0]?.body).toMatchObject({ expired_found: 1, auto_paused: 1 })
    expect(await eventsOf(mentor)).toEqual([PAUSED])
    const other = await api.post(RUN, { dry_run: true }, headers)
    expect([other.status, other.body.code]).toEqual([422, 'idempotency_key_reused'])
    await run({ dry_run: true }, { 'idempotency-key': 'run-once-dry' })
  })
})

describe('GET logs', () => {
  test.each([
    ['short', LOGS],
    ['documented', doubledPath(LOGS)],
  ])('newest first, filtered and paged (%s path)', async (_name, path) => {
    const { mentor } = await lapsedMentor()
    await record(mentor, { ...EXPIRED, certification_type: 'advanced' })
    const early = await run()
    await record(mentor, { ...EXPIRED, certification_type: 'third' })
    await api.setNow('2026-03-26T11:00:00Z')
    const late = await run()
    await api.setNow(CONTRACT_NOW)
    const reasons = async (query: string) => {
      const answer = await api.get(`${path}?mentor_id=${mentor}&${query}`)
      expect(answer.status, answer.text).toBe(200)
      return answer.body.data.map((log: { reason: string }) => log.reason.split(' ')[1])
    }
    expect(await reasons('')).toEqual(['third', expect.any(String), expect.any(String)])
    expect(await reasons('sort=applied_at&limit=1&page=3')).toEqual(['third'])
    expect(await reasons(`job_run_id=${late.job_run_id}`)).toEqual(['third'])
    expect(await reasons(`job_run_id=${early.job_run_id}`)).toHaveLength(2)
    expect(await reasons('applied_after=2026-03-26T10:00:00Z')).toEqual(['third'])
    expect(await reasons('applied_before=2026-03-26T11:00:00Z')).toHaveLength(2)
    expect(await reasons('job_run_id=job_01JAN2020_01')).toEqual([])
    const past = await api.get(`${path}?mentor_id=${mentor}&page=9`)
    expect(past.body).toEqual({ data: [], pagination: { page: 9, limit: 20, total: 3 } })
  })

  test.each(['job_run_id=7', 'applied_after=yesterday', 'sort=reason', 'mentor_id=%20', 'limit=0'])(
    '?%s is 400',
    async (query) => {
      const answer = await api.get(`${LOGS}?${query}`)
      expect([answer.status, answer.body.errors[0].pointer]).toEqual([400, query.split('=')[0]])
    },
  )
})
