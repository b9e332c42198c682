import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CERTIFICATIONS, EXPIRED, expiryJobSteps, LOGS, PAUSED, RUN, VALID } from './expiry-job-steps'
import { type Api, CONTRACT_NOW, doubledPath, newMentorId, openApi } from './harness'

let api: Api
const { record, lapsedMentor, run, stateOf, eventsOf, pauseByHand, logsOf } = expiryJobSteps(() => api)

beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api.close())

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

describe('Idempotency-Key', () => {
  test('runs once, replays byte for byte, and is bound to its request', async () => {
    const headers = { 'idempotency-key': 'run-once' }
    const { mentor } = await lapsedMentor()
    const answers = await Promise.all([api.post(RUN, {}, headers), api.post(RUN, {}, headers)])
    expect(answers.map((answer) => answer.status)).toEqual([200, 200])
    expect(answers[0]?.text).toBe(answers[1]?.text)
    expect(answers.filter((answer) => answer.headers.get('idempotent-replayed') === 'true')).toHaveLength(1)
    const later = await api.post(RUN, {}, headers)
    for (const { headers: sent } of [...answers, later]) {
      expect(sent.get('etag')).toMatch(/^"1\.[\w-]+"$/)
      expect(sent.get('etag')).toBe(later.headers.get('etag'))
    }
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
