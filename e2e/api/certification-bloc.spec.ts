import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { at, BASE, certify, EVENTS, emit, enrol, entries, load, NOW, snapshot } from './bloc-requests'
import { type Api, doubledPath, newMentorId, openApi } from './harness'
import { expectProblem } from './sync-requests'

let api: Api
beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api.close())

describe('POST events', () => {
  it.each([
    ['short', EVENTS],
    ['documented', doubledPath(EVENTS)],
  ])('answers exactly the example by the %s path', async (_, path) => {
    const mentor_id = newMentorId()
    await certify(api, mentor_id)
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
    expect((await load(api, mentor_id)).body).toMatchObject({
      payload: null,
      processed: true,
      new_state: { cert_status: 'none', enrolled_course_ids: [] },
    })
    expect((await emit(api, mentor_id, 'LoadCertificationEvent', null)).body.payload).toBeNull()
    expect((await emit(api, mentor_id, 'LoadCertificationEvent', {})).body.payload).toEqual({})
    expect((await snapshot(api, mentor_id)).event_history).toHaveLength(3)
  })

  it('keeps keys of a payload that it does not know, and does not take them for enrolments', async () => {
    const mentor_id = newMentorId()
    const { body, headers } = await emit(api, mentor_id, 'LoadCertificationEvent', {
      course_id: 'c',
      screen: { tab: 2 },
    })
    expect(body.payload).toEqual({ course_id: 'c', screen: { tab: 2 } })
    expect(body.new_state.enrolled_course_ids).toEqual([])
    expect(headers.get('x-ignored')).toBeNull()
    expect((await api.get(`${EVENTS}/${body.id}`)).body.payload).toEqual({ course_id: 'c', screen: { tab: 2 } })
  })

  it('adds a course once, known to the catalogue or not', async () => {
    const mentor_id = newMentorId()
    await enrol(api, mentor_id, 'b')
    await enrol(api, mentor_id, 'a')
    const { body } = await enrol(api, mentor_id, 'b')
    expect(body.new_state.enrolled_course_ids).toEqual(['b', 'a'])
    expect((await entries(api, `mentor_id=${mentor_id}`)).data[0].enrolled_course_ids).toEqual(['b', 'a'])
  })

  it('adds each course once when many enrol at once', async () => {
    const mentor_id = newMentorId()
    const answers = await Promise.all(['a', 'b', 'a', 'b', 'a', 'b'].map((course) => enrol(api, mentor_id, course)))
    expect(answers.map((answer) => answer.status)).toEqual(Array(6).fill(201))
    expect((await snapshot(api, mentor_id)).enrolled_course_ids.toSorted()).toEqual(['a', 'b'])
    expect((await snapshot(api, mentor_id)).event_history).toHaveLength(6)
  })

  it('registers an unknown mentor and logs the event', async () => {
    const mentor_id = newMentorId()
    expectProblem(await api.get(`${BASE}/${mentor_id}`), 404, 'mentor_not_found')
    const { body } = await load(api, mentor_id)
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
    expectProblem(await emit(api, mentor_id, type, payload), 400, 'invalid_request')
    expectProblem(await api.get(`${BASE}/${mentor_id}`), 404, 'mentor_not_found')
    expect((await enrol(api, mentor_id, 'a')).status).toBe(201)
  })

  it('refuses a mentor id of the wrong form, and does not find an erased mentor', async () => {
    expectProblem(await load(api, 'a b'), 400, 'invalid_request')
    const mentor_id = newMentorId()
    await load(api, mentor_id)
    await api.db.query('UPDATE mentor SET erased_at = now() WHERE mentor_id = $1', [mentor_id])
    expectProblem(await load(api, mentor_id), 404, 'mentor_not_found')
    expectProblem(await api.get(`${BASE}/${mentor_id}`), 404, 'mentor_not_found')
    expect((await entries(api, `mentor_id=${mentor_id}`)).pagination.total).toBe(0)
  })
})

describe('GET one', () => {
  it.each([
    ['short', (path: string) => path],
    ['documented', doubledPath],
  ])('answers exactly the example by the %s path', async (_, form) => {
    const mentor_id = newMentorId()
    await certify(api, mentor_id)
    await at(api, '2026-03-26T07:00:00Z', () => load(api, mentor_id))
    await at(api, '2026-03-26T07:05:00Z', () => enrol(api, mentor_id, 'course-cert-renewal-101'))
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
    await load(api, mentor_id)
    expect(await snapshot(api, mentor_id)).toMatchObject({
      cert_status: 'none',
      cert_type: null,
      issued_at: null,
      expires_at: null,
    })
    const id = await certify(api, mentor_id)
    const etag = (await api.get(`${BASE}/${mentor_id}`)).headers.get('etag') ?? ''
    expect((await api.get(`${BASE}/${mentor_id}`, { 'if-none-match': etag })).status).toBe(304)
    await at(api, '2027-03-01T00:00:00Z', async () => {
      const later = await api.get(`${BASE}/${mentor_id}`, { 'if-none-match': etag })
      expect(later.body.cert_status).toBe('expired')
      expect(later.headers.get('etag')?.split('.')[0]).toBe(etag.split('.')[0])
    })
    await api.put(`/api/v1/certifications/${id}`, { status: 'revoked' })
    expect(await snapshot(api, mentor_id)).toMatchObject({ cert_status: 'revoked', cert_type: null, expires_at: null })
    await api.delete(`/api/v1/certifications/${id}`)
    expect(await snapshot(api, mentor_id)).toMatchObject({ cert_status: 'none' })
  })

  it('shows the last hundred events oldest first, and as many as asked for', async () => {
    const mentor_id = newMentorId()
    await load(api, mentor_id)
    await api.db.query(
      `INSERT INTO bloc_event (org_id, mentor_key, event_type, payload, processed, fired_at, updated_at)
       SELECT org_id, key, 'EnrolInCourseEvent', jsonb_build_object('course_id', 'course-' || n), true, t, t
       FROM mentor, generate_series(1, 120) AS n, LATERAL (SELECT timestamptz '2026-01-01Z' + n * interval '1 minute') AS at (t)
       WHERE mentor_id = $1`,
      [mentor_id],
    )
    const { event_history, enrolled_course_ids } = await snapshot(api, mentor_id)
    expect(enrolled_course_ids).toHaveLength(120)
    expect(enrolled_course_ids.slice(0, 2)).toEqual(['course-1', 'course-2'])
    expect(event_history).toHaveLength(100)
    expect(event_history[0]).toEqual({ event: 'EnrolInCourseEvent', fired_at: '2026-01-01T00:22:00Z' })
    expect(event_history.at(-1)).toEqual({ event: 'LoadCertificationEvent', fired_at: NOW })
    const history = async (limit: string) =>
      (await api.get(`${BASE}/${mentor_id}?history_limit=${limit}`)).body.event_history
    expect(await history('2')).toEqual(event_history.slice(-2))
    expect(await history('1000')).toHaveLength(121)
    expect((await entries(api, `mentor_id=${mentor_id}`)).data[0].enrolled_course_ids).toEqual(enrolled_course_ids)
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
    await load(api, loaded)
    await certify(api, certified)
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
    await certify(api, active, { expires_at: '2027-01-01T00:00:00Z' })
    await certify(api, expired, { expires_at: '2026-03-26T10:00:00Z' })
    const id = await certify(api, revoked)
    await api.put(`/api/v1/certifications/${id}`, { status: 'revoked' })
    for (const mentor of mentors) await enrol(api, mentor, course)
    const found = async (query: string) => {
      const { data, pagination } = await entries(api, `course_id=${course}&${query}`)
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
    await at(api, '2026-03-26T09:59:59Z', async () =>
      expect(await found('cert_status=active')).toEqual([[active, expired], 2]),
    )
    expect(await entries(api, 'course_id=nobody-enrolled')).toMatchObject({ data: [], pagination: { total: 0 } })
  })

  it.each(['cert_status=lapsed', 'mentor_id=a%20b', 'course_id=', 'sort=name', 'limit=0', 'page=x'])(
    'refuses %s',
    async (query) => {
      expectProblem(await api.get(`${BASE}?${query}`), 400, 'invalid_request')
    },
  )
})
