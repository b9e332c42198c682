import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answered, type Api, doubledPath, newMentorId, openApi } from './harness'

const BASE = '/api/v1/certification-bloc'
const EVENTS = `${BASE}/events`
const NOW = '2026-03-26T10:00:00Z'

let api: Api
beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api.close())

const emit = (mentor_id: string, event_type: string, payload?: unknown, headers = {}) =>
  api.post(EVENTS, { mentor_id, event_type, ...(payload !== undefined && { payload }) }, headers)
const load = (mentor_id: string) => emit(mentor_id, 'LoadCertificationEvent')
const enrol = (mentor_id: string, course_id: string) => emit(mentor_id, 'EnrolInCourseEvent', { course_id })
const renew = (mentor_id: string, payload: object) => emit(mentor_id, 'RecordRenewalEvent', payload)
const snapshot = async (mentorId: string) => (await api.get(`${BASE}/${mentorId}`)).body
const entries = async (query: string) => (await api.get(`${BASE}?${query}`)).body

async function certify(
  mentor_id: string,
  dates: { issued_at?: string; expires_at?: string; certification_type?: string } = {},
) {
  const { body, status } = await api.post('/api/v1/certifications', {
    mentor_id,
    certification_type: 'peer_mentor_level_2',
    issued_at: '2026-03-01T00:00:00Z',
    expires_at: '2027-03-01T00:00:00Z',
    ...dates,
  })
  expect(status).toBe(201)
  return body.certification_id as string
}

async function at(now: string, work: () => Promise<unknown>): Promise<void> {
  await api.setNow(now)
  try {
    await work()
  } finally {
    await api.setNow(NOW)
  }
}

function expectProblem(answered: Answered, status: number, code: string): void {
  expect(answered.status, answered.text).toBe(status)
  expect(answered.headers.get('content-type')).toBe('application/problem+json')
  expect(answered.body).toMatchObject({ status, code })
}

describe('POST events', () => {
  it.each([
    ['short', EVENTS],
    ['documented', doubledPath(EVENTS)],
  ])('answers exactly the example by the %s path', async (_, path) => {
    const mentor_id = newMentorId()
    await certify(mentor_id)
    const answered = await api.post(path, {
      mentor_id,
      event_type: 'EnrolInCourseEvent',
      payload: { course_id: 'course-cert-renewal-101' },
    })
    expect(answered.status).toBe(201)
    expect(answered.text).toBe(
      JSON.stringify({
        id: answered.body.id,
        mentor_id,
        event_type: 'EnrolInCourseEvent',
        payload: { course_id: 'course-cert-renewal-101' },
        processed: true,
        new_state: { cert_status: 'active', enrolled_course_ids: ['course-cert-renewal-101'] },
        created_at: NOW,
      }),
    )
    expect(answered.body.id).toMatch(/^evt-bloc-\d{4,}$/)
    expect(answered.headers.get('etag')).toMatch(/^"1\./)
  })

  it('records a load with an absent, a null and an empty payload', async () => {
    const mentor_id = newMentorId()
    expect((await load(mentor_id)).body).toMatchObject({
      payload: null,
      processed: true,
      new_state: { cert_status: 'none', enrolled_course_ids: [] },
    })
    expect((await emit(mentor_id, 'LoadCertificationEvent', null)).body.payload).toBeNull()
    expect((await emit(mentor_id, 'LoadCertificationEvent', {})).body.payload).toEqual({})
    expect((await snapshot(mentor_id)).event_history).toHaveLength(3)
  })

  it('keeps keys of a payload that it does not know, and does not take them for enrolments', async () => {
    const mentor_id = newMentorId()
    const { body, headers } = await emit(mentor_id, 'LoadCertificationEvent', { course_id: 'c', screen: { tab: 2 } })
    expect(body.payload).toEqual({ course_id: 'c', screen: { tab: 2 } })
    expect(body.new_state.enrolled_course_ids).toEqual([])
    expect(headers.get('x-ignored')).toBeNull()
    expect((await api.get(`${EVENTS}/${body.id}`)).body.payload).toEqual({ course_id: 'c', screen: { tab: 2 } })
  })

  it('adds a course once, known to the catalogue or not', async () => {
    const mentor_id = newMentorId()
    await enrol(mentor_id, 'b')
    await enrol(mentor_id, 'a')
    const { body } = await enrol(mentor_id, 'b')
    expect(body.new_state.enrolled_course_ids).toEqual(['b', 'a'])
    expect((await entries(`mentor_id=${mentor_id}`)).data[0].enrolled_course_ids).toEqual(['b', 'a'])
  })

  it('adds each course once when many enrol at once', async () => {
    const mentor_id = newMentorId()
    const answers = await Promise.all(['a', 'b', 'a', 'b', 'a', 'b'].map((course) => enrol(mentor_id, course)))
    expect(answers.map((answer) => answer.status)).toEqual(Array(6).fill(201))
    expect((await snapshot(mentor_id)).enrolled_course_ids.toSorted()).toEqual(['a', 'b'])
    expect((await snapshot(mentor_id)).event_history).toHaveLength(6)
  })

  it('registers an unknown mentor and logs the event', async () => {
    const mentor_id = newMentorId()
    expectProblem(await api.get(`${BASE}/${mentor_id}`), 404, 'mentor_not_found')
    const { body } = await load(mentor_id)
    const { rows } = await api.db.query(
      `SELECT c.type, c.id, c.action FROM change c JOIN mentor m ON m.key = c.mentor_key WHERE m.mentor_id = $1 ORDER BY c.position`,
      [mentor_id],
    )
    expect(rows).toEqual([
      { type: 'mentor', id: mentor_id, action: 'registered' },
      { type: 'bloc_event', id: body.id, action: 'recorded' },
    ])
  })

  it.each<[string, string, unknown]>([
    ['an unknown type', 'StopEvent', {}],
    ['an enrolment without a payload', 'EnrolInCourseEvent', undefined],
    ['an enrolment without a course', 'EnrolInCourseEvent', {}],
    ['an enrolment in a number', 'EnrolInCourseEvent', { course_id: 7 }],
    ['an enrolment in nothing', 'EnrolInCourseEvent', { course_id: '' }],
    ['a load with a list', 'LoadCertificationEvent', []],
    ['a load with a text', 'LoadCertificationEvent', 'now'],
    ['a renewal without a payload', 'RecordRenewalEvent', undefined],
    ['a renewal until no time at all', 'RecordRenewalEvent', { expires_at: 'next year' }],
    ['a renewal until a time without an offset', 'RecordRenewalEvent', { expires_at: '2028-01-01T00:00:00' }],
    ['a renewal until an impossible date', 'RecordRenewalEvent', { expires_at: '2027-02-29T00:00:00Z' }],
    ['a renewal of a number', 'RecordRenewalEvent', { certification_type: 2, expires_at: '2028-01-01T00:00:00Z' }],
    [
      'a renewal issued after it expires',
      'RecordRenewalEvent',
      { issued_at: '2028-01-01T00:00:00Z', expires_at: '2027-01-01T00:00:00Z' },
    ],
    [
      'a renewal issued as it expires, in another zone',
      'RecordRenewalEvent',
      { issued_at: '2028-01-01T01:00:00+01:00', expires_at: '2028-01-01T00:00:00Z' },
    ],
  ])('refuses %s and stores nothing', async (_, type, payload) => {
    const mentor_id = newMentorId()
    expectProblem(await emit(mentor_id, type, payload), 400, 'invalid_request')
    expectProblem(await api.get(`${BASE}/${mentor_id}`), 404, 'mentor_not_found')
    expect((await enrol(mentor_id, 'a')).status).toBe(201)
  })

  it('refuses a mentor id of the wrong form, and does not find an erased mentor', async () => {
    expectProblem(await load('a b'), 400, 'invalid_request')
    const mentor_id = newMentorId()
    await load(mentor_id)
    await api.db.query('UPDATE mentor SET erased_at = now() WHERE mentor_id = $1', [mentor_id])
    expectProblem(await load(mentor_id), 404, 'mentor_not_found')
    expectProblem(await api.get(`${BASE}/${mentor_id}`), 404, 'mentor_not_found')
    expect((await entries(`mentor_id=${mentor_id}`)).pagination.total).toBe(0)
  })

  it('replays by Idempotency-Key and refuses the key for another event', async () => {
    const mentor_id = newMentorId()
    const keyed = { 'idempotency-key': `bloc-${mentor_id}` }
    const first = await emit(mentor_id, 'LoadCertificationEvent', {}, keyed)
    const again = await emit(mentor_id, 'LoadCertificationEvent', {}, keyed)
    expect(again.text).toBe(first.text)
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    expect((await snapshot(mentor_id)).event_history).toHaveLength(1)
    expectProblem(await emit(mentor_id, 'EnrolInCourseEvent', { course_id: 'a' }, keyed), 422, 'idempotency_key_reused')
  })
})

describe('RecordRenewalEvent', () => {
  it('renews the current certification of its type and leaves the others', async () => {
    const mentor_id = newMentorId()
    const id = await certify(mentor_id, { certification_type: 'first_aid', expires_at: '2026-05-01T00:00:00Z' })
    await certify(mentor_id)
    const { body } = await renew(mentor_id, {
      certification_type: 'first_aid',
      issued_at: '2026-03-20T00:00:00Z',
      expires_at: '2026-12-31T23:59:59.5+01:00',
    })
    expect(body).toMatchObject({ processed: true, new_state: { cert_status: 'active' } })
    expect(body).not.toHaveProperty('error')
    expect((await api.get(`/api/v1/certifications/${id}`)).body).toMatchObject({
      issued_at: '2026-03-20T00:00:00Z',
      expires_at: '2026-12-31T22:59:59Z',
    })
    expect(await snapshot(mentor_id)).toMatchObject({
      cert_type: 'peer_mentor_level_2',
      expires_at: '2027-03-01T00:00:00Z',
    })
    expect((await api.get(`/api/v1/certifications?mentor_id=${mentor_id}`)).body.pagination.total).toBe(2)
  })

  it('renews the certification with the latest expiry when no type is named', async () => {
    const mentor_id = newMentorId()
    await certify(mentor_id, { certification_type: 'first_aid', expires_at: '2026-05-01T00:00:00Z' })
    await certify(mentor_id)
    await renew(mentor_id, { expires_at: '2028-03-01T00:00:00Z' })
    expect(await snapshot(mentor_id)).toMatchObject({
      cert_type: 'peer_mentor_level_2',
      issued_at: '2026-03-01T00:00:00Z',
      expires_at: '2028-03-01T00:00:00Z',
    })
  })

  it('runs one term on from the present expiry, or from now where that has passed', async () => {
    const [valid, lapsed] = [newMentorId(), newMentorId()]
    await certify(valid)
    await renew(valid, {})
    expect(await snapshot(valid)).toMatchObject({ issued_at: NOW, expires_at: '2028-02-29T00:00:00Z' })
    await certify(lapsed, { issued_at: '2026-01-01T00:00:00Z', expires_at: '2026-02-01T00:00:00Z' })
    expect(await snapshot(lapsed)).toMatchObject({ cert_status: 'expired' })
    expect((await renew(lapsed, {})).body.new_state.cert_status).toBe('active')
    expect(await snapshot(lapsed)).toMatchObject({ expires_at: '2026-04-26T10:00:00Z' })
  })

  it('records the first certification of a type', async () => {
    const mentor_id = newMentorId()
    await renew(mentor_id, { certification_type: 'peer_mentor_basic', expires_at: '2027-01-01T00:00:00Z' })
    expect(await snapshot(mentor_id)).toMatchObject({
      cert_status: 'active',
      cert_type: 'peer_mentor_basic',
      issued_at: NOW,
      expires_at: '2027-01-01T00:00:00Z',
    })
    expect((await api.get(`/api/v1/certifications?mentor_id=${mentor_id}`)).body.pagination.total).toBe(1)
  })

  it('is stored with an error when it cannot be applied, and applied by a retry once it can', async () => {
    const mentor_id = newMentorId()
    const { status, body } = await renew(mentor_id, {})
    expect(status).toBe(201)
    expect(body).toMatchObject({
      processed: false,
      error: expect.stringContaining('no certification'),
      new_state: { cert_status: 'none' },
    })
    expect(Object.keys(body).at(-1)).toBe('error')
    const path = `${EVENTS}/${body.id}`
    const vain = await api.put(path, { retry: true })
    expect(vain.body).toEqual({ id: body.id, retried: true, processed: false, updated_at: NOW, error: body.error })
    await certify(mentor_id)
    await at('2026-03-27T10:00:00Z', async () => {
      const done = await api.put(path, { retry: true })
      expect(done.body).toEqual({ id: body.id, retried: true, processed: true, updated_at: '2026-03-27T10:00:00Z' })
    })
    expect(await snapshot(mentor_id)).toMatchObject({
      issued_at: '2026-03-27T10:00:00Z',
      expires_at: '2028-02-29T00:00:00Z',
    })
    expect((await api.get(path)).body).toMatchObject({
      processed: true,
      error: null,
      applied: { certification_type: 'peer_mentor_level_2', expires_at: '2028-02-29T00:00:00Z' },
      created_at: NOW,
      updated_at: '2026-03-27T10:00:00Z',
    })
  })

  it.each<[string, object]>([
    ['the first of a type without an expiry', { certification_type: 'first_aid' }],
    ['an expiry before the stored issue date', { expires_at: '2026-02-01T00:00:00Z' }],
    ['an issue date beyond the term', { issued_at: '2090-01-01T00:00:00Z' }],
  ])('is not processed with %s, and changes no certification', async (_, payload) => {
    const mentor_id = newMentorId()
    await certify(mentor_id)
    const before = await snapshot(mentor_id)
    const { status, body } = await renew(mentor_id, payload)
    expect(status).toBe(201)
    expect(body).toMatchObject({ processed: false, error: expect.any(String) })
    expect(await snapshot(mentor_id)).toMatchObject({ expires_at: before.expires_at, issued_at: before.issued_at })
  })

  it('makes a mentor active whom the lapse kept paused, and tells the app', async () => {
    const mentor_id = newMentorId()
    await certify(mentor_id, { expires_at: '2026-03-20T00:00:00Z' })
    const sync = (event_type: string) => api.post('/api/v1/mentor-status-sync/events', { mentor_id, event_type })
    await sync('PauseMentorEvent')
    expect((await sync('ResumeMentorEvent')).body).toMatchObject({
      resulting_status: 'paused',
      held_by: 'certification_expired',
    })
    await renew(mentor_id, { expires_at: '2027-03-20T00:00:00Z' })
    expect((await api.get(`/api/v1/mentor-status-sync/${mentor_id}`)).body).toMatchObject({
      status: 'active',
      is_eligible_for_assignment: true,
    })
    const told = await api.get(`/api/v1/mentor-status-sync?mentor_id=${mentor_id}&origin=server`)
    expect(told.body.data).toMatchObject([{ event_type: 'ResumeMentorEvent', resulting_status: 'active' }])
  })

  it('leaves a mentor paused who is paused by hand', async () => {
    const mentor_id = newMentorId()
    await certify(mentor_id, { expires_at: '2026-03-20T00:00:00Z' })
    await api.post('/api/v1/mentor-status-sync/events', { mentor_id, event_type: 'PauseMentorEvent' })
    await renew(mentor_id, { expires_at: '2027-03-20T00:00:00Z' })
    expect((await api.get(`/api/v1/mentor-status-sync/${mentor_id}`)).body.status).toBe('paused')
    const resumed = await api.post('/api/v1/mentor-status-sync/events', { mentor_id, event_type: 'ResumeMentorEvent' })
    expect(resumed.body).toMatchObject({ accepted: true, resulting_status: 'active' })
  })
})

describe('GET one', () => {
  it.each([
    ['short', (path: string) => path],
    ['documented', doubledPath],
  ])('answers exactly the example by the %s path', async (_, form) => {
    const mentor_id = newMentorId()
    await certify(mentor_id)
    await at('2026-03-26T07:00:00Z', () => load(mentor_id))
    await at('2026-03-26T07:05:00Z', () => enrol(mentor_id, 'course-cert-renewal-101'))
    const answered = await api.get(form(`${BASE}/${mentor_id}`))
    expect(answered.status).toBe(200)
    expect(answered.text).toBe(
      JSON.stringify({
        mentor_id,
        cert_status: 'active',
        cert_type: 'peer_mentor_level_2',
        issued_at: '2026-03-01T00:00:00Z',
        expires_at: '2027-03-01T00:00:00Z',
        enrolled_course_ids: ['course-cert-renewal-101'],
        event_history: [
          { event: 'LoadCertificationEvent', fired_at: '2026-03-26T07:00:00Z' },
          { event: 'EnrolInCourseEvent', fired_at: '2026-03-26T07:05:00Z' },
        ],
      }),
    )
  })

  it('tells active, expired, revoked and none apart, the first two by the clock alone', async () => {
    const mentor_id = newMentorId()
    await load(mentor_id)
    expect(await snapshot(mentor_id)).toMatchObject({
      cert_status: 'none',
      cert_type: null,
      issued_at: null,
      expires_at: null,
    })
    const id = await certify(mentor_id)
    const etag = (await api.get(`${BASE}/${mentor_id}`)).headers.get('etag') ?? ''
    expect((await api.get(`${BASE}/${mentor_id}`, { 'if-none-match': etag })).status).toBe(304)
    await at('2027-03-01T00:00:00Z', async () => {
      const later = await api.get(`${BASE}/${mentor_id}`, { 'if-none-match': etag })
      expect(later.body.cert_status).toBe('expired')
      expect(later.headers.get('etag')?.split('.')[0]).toBe(etag.split('.')[0])
    })
    await api.put(`/api/v1/certifications/${id}`, { status: 'revoked' })
    expect(await snapshot(mentor_id)).toMatchObject({ cert_status: 'revoked', cert_type: null, expires_at: null })
    await api.delete(`/api/v1/certifications/${id}`)
    expect(await snapshot(mentor_id)).toMatchObject({ cert_status: 'none' })
  })

  it('shows the last hundred events oldest first, and as many as asked for', async () => {
    const mentor_id = newMentorId()
    await load(mentor_id)
    await api.db.query(
      `INSERT INTO bloc_event (org_id, mentor_key, event_type, payload, processed, fired_at, updated_at)
       SELECT org_id, key, 'EnrolInCourseEvent', jsonb_build_object('course_id', 'course-' || n), true, t, t
       FROM mentor, generate_series(1, 120) AS n, LATERAL (SELECT timestamptz '2026-01-01Z' + n * interval '1 minute') AS at (t)
       WHERE mentor_id = $1`,
      [mentor_id],
    )
    const { event_history, enrolled_course_ids } = await snapshot(mentor_id)
    expect(enrolled_course_ids).toHaveLength(120)
    expect(enrolled_course_ids.slice(0, 2)).toEqual(['course-1', 'course-2'])
    expect(event_history).toHaveLength(100)
    expect(event_history[0]).toEqual({ event: 'EnrolInCourseEvent', fired_at: '2026-01-01T00:22:00Z' })
    expect(event_history.at(-1)).toEqual({ event: 'LoadCertificationEvent', fired_at: NOW })
    const history = async (limit: string) =>
      (await api.get(`${BASE}/${mentor_id}?history_limit=${limit}`)).body.event_history
    expect(await history('2')).toEqual(event_history.slice(-2))
    expect(await history('1000')).toHaveLength(121)
    expect((await entries(`mentor_id=${mentor_id}`)).data[0].enrolled_course_ids).toEqual(enrolled_course_ids)
    for (const wrong of ['0', '1001', 'all']) {
      expectProblem(await api.get(`${BASE}/${mentor_id}?history_limit=${wrong}`), 400, 'invalid_request')
    }
  })

  it.each(['nobody-knows-me', 'a%20b', 'a'.repeat(65)])('is 404 for %s', async (id) => {
    expectProblem(await api.get(`${BASE}/${id}`), 404, 'mentor_not_found')
  })
})

describe('GET list', () => {
  it('has an entry for a mentor once an event or a certification exists', async () => {
    const [loaded, certified, neither] = [newMentorId(), newMentorId(), newMentorId()]
    await load(loaded)
    await certify(certified)
    await api.post('/api/v1/mentor-status-sync/events', { mentor_id: neither, event_type: 'PauseMentorEvent' })
    const one = async (mentor_id: string) => (await api.get(doubledPath(`${BASE}?mentor_id=${mentor_id}`))).body
    expect(await one(loaded)).toEqual({
      data: [
        {
          id: `bloc-${loaded}`,
          mentor_id: loaded,
          cert_status: 'none',
          enrolled_course_ids: [],
          last_event: 'LoadCertificationEvent',
          last_event_at: NOW,
        },
      ],
      pagination: { page: 1, limit: 20, total: 1 },
    })
    expect((await one(certified)).data).toEqual([
      {
        id: `bloc-${certified}`,
        mentor_id: certified,
        cert_status: 'active',
        enrolled_course_ids: [],
        last_event: null,
        last_event_at: null,
      },
    ])
    expect((await one(neither)).pagination.total).toBe(0)
    expect((await one('nobody-knows-me')).data).toEqual([])
  })

  it('filters by status and course, with exact totals and pages that never overlap', async () => {
    const course = `course-${newMentorId()}`
    const mentors = [newMentorId(), newMentorId(), newMentorId(), newMentorId()].toSorted()
    const [active, expired, revoked, none] = mentors as [string, string, string, string]
    await certify(active, { expires_at: '2027-01-01T00:00:00Z' })
    await certify(expired, { expires_at: '2026-03-26T10:00:00Z' })
    const id = await certify(revoked)
    await api.put(`/api/v1/certifications/${id}`, { status: 'revoked' })
    for (const mentor of mentors) await enrol(mentor, course)
    const found = async (query: string) => {
      const { data, pagination } = await entries(`course_id=${course}&${query}`)
      return [data.map((entry: { mentor_id: string }) => entry.mentor_id), pagination.total]
    }
    expect(await found('')).toEqual([mentors, 4])
    expect(await found('sort=-mentor_id')).toEqual([mentors.toReversed(), 4])
    expect(await found('cert_status=active')).toEqual([[active], 1])
    expect(await found('cert_status=expired')).toEqual([[expired], 1])
    expect(await found('cert_status=revoked')).toEqual([[revoked], 1])
    expect(await found('cert_status=none')).toEqual([[none], 1])
    expect((await found('sort=expires_at'))[0].slice(0, 2)).toEqual([expired, active])
    expect(await found('limit=3')).toEqual([mentors.slice(0, 3), 4])
    expect(await found('limit=3&page=2')).toEqual([mentors.slice(3), 4])
    expect(await found('page=9')).toEqual([[], 4])
    await at('2026-03-26T09:59:59Z', async () =>
      expect(await found('cert_status=active')).toEqual([[active, expired], 2]),
    )
    expect(await entries('course_id=nobody-enrolled')).toMatchObject({ data: [], pagination: { total: 0 } })
  })

  it.each(['cert_status=lapsed', 'mentor_id=a%20b', 'course_id=', 'sort=name', 'limit=0', 'page=x'])(
    'refuses %s',
    async (query) => {
      expectProblem(await api.get(`${BASE}?${query}`), 400, 'invalid_request')
    },
  )
})

describe('PUT', () => {
  it('applies an event again with the effect of applying it once', async () => {
    const mentor_id = newMentorId()
    await certify(mentor_id)
    const renewed = await renew(mentor_id, {})
    const enrolled = await enrol(mentor_id, 'a')
    const before = await snapshot(mentor_id)
    await at('2026-03-26T10:10:00Z', async () => {
      for (const { id } of [renewed.body, enrolled.body, renewed.body]) {
        const answered = await api.put(doubledPath(`${EVENTS}/${id}`), { retry: true })
        expect(answered.status).toBe(200)
        expect(answered.text).toBe(
          JSON.stringify({ id, retried: true, processed: true, updated_at: '2026-03-26T10:10:00Z' }),
        )
      }
    })
    expect(await snapshot(mentor_id)).toEqual(before)
  })

  it('does not undo what happened to the certification since', async () => {
    const mentor_id = newMentorId()
    const id = await certify(mentor_id)
    const { body } = await renew(mentor_id, { expires_at: '2029-01-01T00:00:00Z' })
    await api.put(`/api/v1/certifications/${id}`, { status: 'revoked' })
    expect((await api.put(`${EVENTS}/${body.id}`, { retry: true })).body.processed).toBe(true)
    expect(await snapshot(mentor_id)).toMatchObject({ cert_status: 'revoked' })
  })

  it('applies once when several retry at once', async () => {
    const mentor_id = newMentorId()
    const { body } = await renew(mentor_id, {})
    await certify(mentor_id)
    const answers = await Promise.all([1, 2, 3].map(() => api.put(`${EVENTS}/${body.id}`, { retry: true })))
    expect(answers.map((answer) => answer.body.processed)).toEqual([true, true, true])
    expect(await snapshot(mentor_id)).toMatchObject({ expires_at: '2028-02-29T00:00:00Z' })
  })

  it.each<[string, unknown]>([
    ['false', { retry: false }],
    ['an empty body', {}],
    ['a word', { retry: 'true' }],
    ['null', null],
  ])('refuses %s', async (_, wrong) => {
    const { body } = await load(newMentorId())
    expectProblem(await api.put(`${EVENTS}/${body.id}`, wrong), 400, 'invalid_request')
    expect((await api.get(`${EVENTS}/${body.id}`)).body.updated_at).toBe(NOW)
    expect((await api.put(`${EVENTS}/${body.id}`, { retry: true })).status).toBe(200)
  })

  it('honours If-Match by the version', async () => {
    const { body, headers } = await load(newMentorId())
    const path = `${EVENTS}/${body.id}`
    const first = { 'if-match': headers.get('etag') ?? '' }
    expect((await api.put(path, { retry: true }, first)).status).toBe(200)
    expectProblem(await api.put(path, { retry: true }, first), 412, 'precondition_failed')
    expectProblem(await api.delete(path, first), 412, 'precondition_failed')
    const current = { 'if-match': (await api.get(path)).headers.get('etag') ?? '' }
    expect((await api.delete(path, current)).status).toBe(200)
  })
})

describe('DELETE', () => {
  it('takes the event out of the history; certifications stay as they are', async () => {
    const mentor_id = newMentorId()
    await certify(mentor_id)
    const enrolled = await enrol(mentor_id, 'a')
    await enrol(mentor_id, 'b')
    const again = await enrol(mentor_id, 'a')
    const renewed = await renew(mentor_id, { expires_at: '2029-01-01T00:00:00Z' })
    expect((await entries(`mentor_id=${mentor_id}`)).data[0].last_event).toBe('RecordRenewalEvent')
    const gone = await api.delete(doubledPath(`${EVENTS}/${renewed.body.id}`))
    expect(gone.status).toBe(200)
    expect(gone.text).toBe(JSON.stringify({ deleted: true, id: renewed.body.id }))
    expect((await entries(`mentor_id=${mentor_id}`)).data[0].last_event).toBe('EnrolInCourseEvent')
    expect((await snapshot(mentor_id)).expires_at).toBe('2029-01-01T00:00:00Z')
    await api.delete(`${EVENTS}/${enrolled.body.id}`)
    expect((await snapshot(mentor_id)).enrolled_course_ids).toEqual(['b', 'a'])
    await api.delete(`${EVENTS}/${again.body.id}`)
    const { enrolled_course_ids, event_history } = await snapshot(mentor_id)
    expect(enrolled_course_ids).toEqual(['b'])
    expect(event_history).toHaveLength(1)
    expect((await entries(`mentor_id=${mentor_id}&course_id=a`)).pagination.total).toBe(0)
    const { rows } = await api.db.query(`SELECT before FROM change WHERE id = $1 AND action = 'deleted'`, [
      enrolled.body.id,
    ])
    expect(rows[0].before).toMatchObject({ event_type: 'EnrolInCourseEvent', payload: { course_id: 'a' } })
  })

  it('leaves no entry where nothing is left', async () => {
    const mentor_id = newMentorId()
    const { body } = await load(mentor_id)
    expect((await entries(`mentor_id=${mentor_id}`)).pagination.total).toBe(1)
    await api.delete(`${EVENTS}/${body.id}`)
    expect((await entries(`mentor_id=${mentor_id}`)).pagination.total).toBe(0)
    expect(await snapshot(mentor_id)).toMatchObject({ event_history: [] })
  })

  it.each(['evt-bloc-9999999', 'evt-bloc-00001', 'evt-bloc-1', 'evt-bloc-999999999999999', 'evt-5503', '%00'])(
    'is 404 for %s, as are GET and PUT',
    async (id) => {
      await load(newMentorId())
      expectProblem(await api.delete(`${EVENTS}/${id}`), 404, 'event_not_found')
      expectProblem(await api.get(`${EVENTS}/${id}`), 404, 'event_not_found')
      expectProblem(await api.put(`${EVENTS}/${id}`, { retry: true }), 404, 'event_not_found')
    },
  )

  it('is 404 the second time', async () => {
    const { body } = await load(newMentorId())
    expect((await api.delete(`${EVENTS}/${body.id}`)).status).toBe(200)
    expectProblem(await api.delete(`${EVENTS}/${body.id}`), 404, 'event_not_found')
    expectProblem(await api.get(`${EVENTS}/${body.id}`), 404, 'event_not_found')
    expectProblem(await api.put(`${EVENTS}/${body.id}`, { retry: true }), 404, 'event_not_found')
  })
})
