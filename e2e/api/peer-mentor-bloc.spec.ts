import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Api, CONTRACT_NOW, doubledPath, ORG, openApi } from './harness'
import { type MentorFacts, seedMentor } from './seed-mentor'

let api: Api
beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api?.close())
beforeEach(() => setNow(CONTRACT_NOW))

let clock = CONTRACT_NOW
/** Moves the clock where it stands elsewhere: a server process has to be started anew for it. */
async function setNow(time: string): Promise<void> {
  if (time !== clock) await api.setNow(time)
  clock = time
}

const BASE = '/api/v1/peer-mentor-bloc'
const detail = (id: string, query = '') => api.get(`${BASE}/${id}${query}`)

const seeded = (facts?: MentorFacts) => seedMentor(api, facts)

const loaded = (id: string) => expect.poll(() => stateOf(id), { timeout: 10_000, interval: 10 }).toBe('loaded')
const stateOf = async (id: string) => (await api.get(`${BASE}?q=${id}`)).body.data[0].state

describe('GET one', () => {
  test('answers the whole mentor by both path forms, cached or not', async () => {
    const id = await seeded({
      expiry: '2028-01-20T00:00:00Z',
      sessions: ['2026-03-26', '2026-03-10', '2026-02-25', '2026-02-24', '2026-03-27'],
      others: ['2026-03-01', '2025-12-01'],
      assignments: [
        ['b', 'Liv Svendsen', 'open'],
        ['a', 'Per Olsen', 'on_hold'],
        ['c', 'Old Contact', 'closed'],
      ],
    })
    const cold = await detail(id)
    expect(cold.status).toBe(200)
    expect(cold.body).toEqual({
      mentor_id: id,
      state: 'loaded',
      profile: {
        full_name: 'Kari Nordmann',
        email: `${id}@frivillig.no`,
        org_id: ORG,
        status: 'active',
        is_paused: false,
      },
      certification: { expiry_date: '2028-01-20T00:00:00Z', days_until_expiry: 665, is_within_warning_window: false },
      activity_summary: { total_sessions: 3, total_activities: 4, period: 'month' },
      active_assignments: [
        { assignment_id: `a-${id}`, contact_name: 'Per Olsen', status: 'on_hold' },
        { assignment_id: `b-${id}`, contact_name: 'Liv Svendsen', status: 'open' },
      ],
      loaded_at: '2026-03-26T10:00:00Z',
    })
    await setNow('2026-03-26T10:05:00Z')
    const warm = await detail(id)
    expect(warm.text).toBe(cold.text)
    const doubled = await api.get(doubledPath(`${BASE}/${id}`))
    expect(doubled.text).toBe(cold.text)
    expect(doubled.headers.get('etag')).toBe(warm.headers.get('etag'))
  })

  test('the period is the last 7, 30 or 365 days', async () => {
    const id = await seeded({ sessions: ['2026-03-20', '2026-03-19'], others: ['2025-03-27', '2025-03-26'] })
    const sums = async (query: string) => (await detail(id, query)).body.activity_summary
    expect(await sums('?period=week')).toEqual({ total_sessions: 1, total_activities: 1, period: 'week' })
    expect(await sums('')).toEqual({ total_sessions: 2, total_activities: 2, period: 'month' })
    expect(await sums('?period=year')).toEqual({ total_sessions: 2, total_activities: 3, period: 'year' })
    expect((await detail(id, '?period=day')).body.errors[0].pointer).toBe('period')
  })

  test('a session that was co-led counts for both; an unknown type is no session', async () => {
    const leader = await seeded({ sessions: ['2026-03-25'] })
    const other = await seeded()
    await api.db.query(
      `INSERT INTO activity_co_leader (org_id, activity_key, mentor_key)
       SELECT a.org_id, a.key, o.key FROM mentor m JOIN activity a ON a.mentor_key = m.key, mentor o
       WHERE m.mentor_id = $1 AND o.mentor_id = $2`,
      [leader, other],
    )
    await api.db.query(
      `INSERT INTO activity (org_id, mentor_key, activity_type_id, date, created_at, updated_at)
       SELECT org_id, key, 'unheard-of', '2026-03-25', created_at, created_at FROM mentor WHERE mentor_id = $1`,
      [other],
    )
    expect((await detail(leader)).body.activity_summary).toMatchObject({ total_sessions: 1, total_activities: 1 })
    expect((await detail(other)).body.activity_summary).toMatchObject({ total_sessions: 1, total_activities: 2 })
  })

  test('days and window follow the clock in the zone of the organisation, on a snapshot that stays', async () => {
    const id = await seeded({ expiry: '2026-05-31T22:30:00Z' }) // 1 June in Oslo
    const certification = async (now: string) => {
      await setNow(now)
      const { days_until_expiry, is_within_warning_window } = (await detail(id)).body.certification
      return [days_until_expiry, is_within_warning_window]
    }
    expect(await certification('2026-04-01T21:59:00Z')).toEqual([61, false])
    expect(await certification('2026-04-01T22:00:00Z')).toEqual([60, true])
    expect(await certification('2026-06-01T21:59:59Z')).toEqual([0, true])
    expect(await certification('2026-06-01T22:00:00Z')).toEqual([-1, true])
    expect((await detail(id)).body.loaded_at).toBe('2026-04-01T21:59:00Z')
  })

  test('a change makes the snapshot stale, and the next GET is fresh', async () => {
    const id = await seeded()
    expect((await detail(id)).body).toMatchObject({ certification: null, profile: { full_name: 'Kari Nordmann' } })
    await setNow('2026-03-26T10:10:00Z')
    await api.put(`/api/v1/mentors/${id}`, { full_name: 'Kari N. Hansen' })
    const fresh = await detail(id)
    expect(fresh.body.profile.full_name).toBe('Kari N. Hansen')
    expect(fresh.body.loaded_at).toBe('2026-03-26T10:10:00Z')
  })

  test('If-None-Match: 304 until something shown has changed', async () => {
    const id = await seeded({ expiry: '2026-05-01T12:00:00Z' })
    const etag = (await detail(id)).headers.get('etag') ?? ''
    expect((await api.get(`${BASE}/${id}`, { 'if-none-match': etag })).status).toBe(304)
    await setNow('2026-03-27T10:00:00Z')
    expect((await api.get(`${BASE}/${id}`, { 'if-none-match': etag })).status).toBe(200)
  })

  test('loading and clearing raise no revision and write no change', async () => {
    const id = await seeded()
    const revision = async () =>
      (
        await api.db.query(
          `SELECT revision, (SELECT count(*) FROM change c WHERE c.mentor_key = m.key) AS changes FROM mentor m WHERE mentor_id = $1`,
          [id],
        )
      ).rows[0]
    const before = await revision()
    await detail(id)
    await api.put(`${BASE}/${id}`, { event: 'RefreshMentorDetail' })
    await loaded(id)
    await api.delete(`${BASE}/${id}`)
    expect(await revision()).toEqual(before)
  })

  test('an unknown mentor is 404, whatever the form of its id', async () => {
    for (const id of ['nobody', 'events', 'a'.repeat(65), '%F0%9F%98%80', "x'--"]) {
      const answer = await detail(id)
      expect([id, answer.status, answer.body.code]).toEqual([id, 404, 'mentor_not_found'])
    }
  })

  test('many readers of a mentor who is being changed always get a whole answer', async () => {
    const id = await seeded({ assignments: [['a', 'Per', 'open']] })
    const work: Promise<{ status: number; body: { active_assignments?: unknown[] } }>[] = []
    for (let n = 0; n < 30; n++) {
      work.push(detail(id))
      if (n % 5 === 0) work.push(api.put(`/api/v1/mentors/${id}`, { full_name: `Kari ${n}` }))
    }
    for (const answer of await Promise.all(work)) {
      expect(answer.status).toBe(200)
      if (answer.body.active_assignments) expect(answer.body.active_assignments).toHaveLength(1)
    }
    expect((await detail(id)).body.profile.full_name).toMatch(/^Kari \d+$/)
  })
})

describe('POST LoadMentorDetail', () => {
  test('answers at once, loads in the background, also when loaded already', async () => {
    const id = await seeded()
    for (const path of [BASE, doubledPath(BASE)]) {
      const answer = await api.post(path, { event: 'LoadMentorDetail', mentor_id: id })
      expect(answer.status).toBe(202)
      expect(answer.body).toEqual({ mentor_id: id, state: 'loading', dispatched_at: '2026-03-26T10:00:00Z' })
      await loaded(id)
    }
  })

  test.each([
    ['no event', { mentor_id: 'x' }, '/event'],
    ['another event', { event: 'RefreshMentorDetail', mentor_id: 'x' }, '/event'],
    ['no mentor', { event: 'LoadMentorDetail' }, '/mentor_id'],
    ['a mentor that is no text', { event: 'LoadMentorDetail', mentor_id: 7 }, '/mentor_id'],
    ['an array', [], ''],
  ])('%s is 400', async (_, body, pointer) => {
    const answer = await api.post(BASE, body)
    expect(answer.body).toMatchObject({ status: 400, code: 'invalid_request', errors: [{ pointer }] })
  })

  test('an unknown mentor is 404 and is not registered', async () => {
    for (const id of ['nobody-here', 'not an id']) {
      const answer = await api.post(BASE, { event: 'LoadMentorDetail', mentor_id: id })
      expect(answer.body).toMatchObject({ status: 404, code: 'mentor_not_found' })
    }
    expect((await detail('nobody-here')).status).toBe(404)
  })

  test('a load lost to a crash is done by the next GET', async () => {
    const id = await seeded()
    await api.db.query(
      `INSERT INTO mentor_snapshot (mentor_key, state, dispatched_at) SELECT key, 'loading', now() FROM mentor WHERE mentor_id = $1`,
      [id],
    )
    expect(await stateOf(id)).toBe('loading')
    expect((await detail(id)).body).toMatchObject({ state: 'loaded', loaded_at: '2026-03-26T10:00:00Z' })
    expect(await stateOf(id)).toBe('loaded')
  })
})

describe('PUT RefreshMentorDetail', () => {
  test('tells when it was loaded before, null where it was not', async () => {
    const id = await seeded()
    await setNow('2026-03-26T09:00:00Z')
    const first = await api.put(`${BASE}/${id}`, { event: 'RefreshMentorDetail' })
    expect(first.status).toBe(200)
    expect(first.body).toEqual({
      mentor_id: id,
      state: 'refreshing',
      previous_loaded_at: null,
      refresh_dispatched_at: '2026-03-26T09:00:00Z',
    })
    await loaded(id)
    await setNow('2026-03-26T10:05:00Z')
    const second = await api.put(doubledPath(`${BASE}/${id}`), { event: 'RefreshMentorDetail' })
    expect(second.body).toEqual({
      mentor_id: id,
      state: 'refreshing',
      previous_loaded_at: '2026-03-26T09:00:00Z',
      refresh_dispatched_at: '2026-03-26T10:05:00Z',
    })
    await loaded(id)
    expect((await detail(id)).body.loaded_at).toBe('2026-03-26T10:05:00Z')
  })

  test('invalid, unknown, unmatched', async () => {
    const id = await seeded()
    expect((await api.put(`${BASE}/${id}`, { event: 'LoadMentorDetail' })).body.errors[0].pointer).toBe('/event')
    expect((await api.put(`${BASE}/${id}`)).status).toBe(400)
    expect((await api.put(`${BASE}/nobody`, { event: 'RefreshMentorDetail' })).body.code).toBe('mentor_not_found')
    const etag = (await detail(id)).headers.get('etag') ?? ''
    await api.put(`/api/v1/mentors/${id}`, { full_name: 'Changed' })
    const refused = await api.put(`${BASE}/${id}`, { event: 'RefreshMentorDetail' }, { 'if-match': etag })
    expect(refused.body).toMatchObject({ status: 412, code: 'precondition_failed' })
    const now = (await detail(id)).headers.get('etag') ?? ''
    expect((await api.put(`${BASE}/${id}`, { event: 'RefreshMentorDetail' }, { 'if-match': `W/${now}` })).status).toBe(
      200,
    )
  })

  test('a repeated key returns the first answer', async () => {
    const id = await seeded()
    const key = { 'idempotency-key': `refresh-${id}` }
    const first = await api.put(`${BASE}/${id}`, { event: 'RefreshMentorDetail' }, key)
    await setNow('2026-03-26T11:00:00Z')
    const again = await api.put(`${BASE}/${id}`, { event: 'RefreshMentorDetail' }, key)
    expect(again.text).toBe(first.text)
    expect(again.headers.get('idempotent-replayed')).toBe('true')
  })
})

describe('DELETE', () => {
  test('clears what is cached, and what is empty too', async () => {
    const id = await seeded()
    await detail(id)
    for (let n = 0; n < 2; n++) {
      const answer = await api.delete(`${BASE}/${id}`)
      expect(answer.status).toBe(200)
      expect(answer.body).toEqual({ cleared: true, mentor_id: id })
      expect(await stateOf(id)).toBe('idle')
    }
    await setNow('2026-03-26T12:00:00Z')
    expect((await detail(id)).body.loaded_at).toBe('2026-03-26T12:00:00Z')
  })

  test('an unknown mentor is 404, an outdated If-Match 412', async () => {
    const id = await seeded()
    expect((await api.delete(`${BASE}/nobody`)).body.code).toBe('mentor_not_found')
    expect((await api.delete(`${BASE}/${id}`, { 'if-match': '"99.x"' })).body.code).toBe('precondition_failed')
    expect((await api.delete(`${BASE}/${id}`, { 'if-match': '*' })).status).toBe(200)
  })

  test('two at once both clear', async () => {
    const id = await seeded()
    await detail(id)
    const both = await Promise.all([api.delete(`${BASE}/${id}`), api.delete(`${BASE}/${id}`)])
    expect(both.map((answer) => answer.body.cleared)).toEqual([true, true])
  })
})

test('methods that an address does not have are 405 with Allow', async () => {
  const answer = await api.request('PATCH', `${BASE}/x`)
  expect([answer.status, answer.body.code]).toEqual([405, 'method_not_allowed'])
  expect(answer.headers.get('allow')).toBe('GET, HEAD, PUT, DELETE, OPTIONS')
  expect((await api.delete(BASE)).headers.get('allow')).toBe('GET, HEAD, POST, OPTIONS')
})

test('a doubled path that mixes two services is 404', async () => {
  expect((await api.get(`/api/v1/peer-mentor-bloc/api/v1/certifications`)).status).toBe(404)
})
