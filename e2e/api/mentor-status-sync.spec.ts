import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answered, type Api, doubledPath, newMentorId, openApi } from './harness'
import { BASE, certify, EVENTS, expectProblem, listed, NOW, pause, resume, snapshot } from './sync-requests'

let api: Api
beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api.close())

describe('POST events', () => {
  it.each([
    ['short', EVENTS],
    ['documented', doubledPath(EVENTS)],
  ])('answers exactly the keys of the example by the %s path', async (_, path) => {
    const mentor_id = newMentorId()
    const answered = await api.post(path, {
      event_type: 'PauseMentorEvent',
      mentor_id,
      reason: 'Taking a short break',
      client_timestamp: '2026-03-26T09:14:55Z',
    })
    expect(answered.status).toBe(201)
    expect(answered.body).toEqual({
      sync_event_id: expect.stringMatching(/^evt_[0-9A-HJKMNP-TV-Z]{8}$/),
      mentor_id,
      event_type: 'PauseMentorEvent',
      accepted: true,
      resulting_status: 'paused',
      server_timestamp: NOW,
      created_at: NOW,
    })
    expect(Object.keys(answered.body)).toEqual([
      'sync_event_id',
      'mentor_id',
      'event_type',
      'accepted',
      'resulting_status',
      'server_timestamp',
      'created_at',
    ])
    expect(answered.headers.get('etag')).toMatch(/^"1\./)
  })

  it('registers an unknown mentor, with a row in the change log beside the event’s own', async () => {
    const mentor_id = newMentorId()
    expectProblem(await api.get(`${BASE}/${mentor_id}`), 404, 'mentor_not_found')
    const { body } = await pause(api, { mentor_id })
    const { rows } = await api.db.query(
      `SELECT c.type, c.id, c.action, c.actor, c.revision::int, c.before ->> 'status' AS before, c.after ->> 'status' AS after
       FROM change c JOIN mentor m ON m.key = c.mentor_key WHERE m.mentor_id = $1 ORDER BY c.position`,
      [mentor_id],
    )
    expect(rows).toEqual([
      { type: 'mentor', id: mentor_id, action: 'registered', actor: 'open', revision: 1, before: null, after: null },
      {
        type: 'sync_event',
        id: body.sync_event_id,
        action: 'paused',
        actor: 'open',
        revision: 2,
        before: 'active',
        after: 'paused',
      },
    ])
    expect(await snapshot(api, mentor_id)).toMatchObject({ status: 'paused' })
  })

  it.each<[string, Record<string, unknown>]>([
    ['no event type', { event_type: undefined }],
    ['an unknown event type', { event_type: 'StopMentorEvent' }],
    ['no mentor', { mentor_id: undefined }],
    ['a mentor id with other characters', { mentor_id: 'mentor 42' }],
    ['a reserved mentor id', { mentor_id: 'events' }],
    ['a reason over 2,000 characters', { reason: 'a'.repeat(2001) }],
    ['a reason that is a number', { reason: 7 }],
    ['a client time without an offset', { client_timestamp: '2026-03-26T09:14:55' }],
    ['an impossible client time', { client_timestamp: '2026-02-30T09:14:55Z' }],
    ['a client time that is a number', { client_timestamp: 1774516495 }],
  ])('refuses %s and stores nothing', async (_, wrong) => {
    const mentor_id = newMentorId()
    const body = { event_type: 'PauseMentorEvent', mentor_id, ...wrong }
    expectProblem(await api.post(EVENTS, body), 400, 'invalid_request')
    expectProblem(await api.get(`${BASE}/${mentor_id}`), 404, 'mentor_not_found')
    expect((await pause(api, { mentor_id })).status).toBe(201)
  })

  it('takes a reason of 2,000 characters, and null for a key without a value', async () => {
    const mentor_id = newMentorId()
    expect((await pause(api, { mentor_id, reason: 'a'.repeat(2000) })).status).toBe(201)
    expect((await pause(api, { mentor_id, reason: null, client_timestamp: null })).status).toBe(201)
  })

  it('is not found for an erased mentor', async () => {
    const mentor_id = newMentorId()
    await pause(api, { mentor_id })
    await api.db.query('UPDATE mentor SET erased_at = now() WHERE mentor_id = $1', [mentor_id])
    expectProblem(await resume(api, { mentor_id }), 404, 'mentor_not_found')
    expectProblem(await api.get(`${BASE}/${mentor_id}`), 404, 'mentor_not_found')
  })
})

describe('GET one', () => {
  it('answers exactly the example’s keys, with pending events in the list’s shape and order', async () => {
    const mentor_id = newMentorId()
    await certify(api, mentor_id, '2027-01-01Z')
    const later = await resume(api, { mentor_id, client_timestamp: '2026-03-26T09:10:00Z' })
    const earlier = await pause(api, { mentor_id, client_timestamp: '2026-03-26T09:00:00Z' })
    for (const path of [`${BASE}/${mentor_id}`, doubledPath(`${BASE}/${mentor_id}`)]) {
      const answered = await api.get(path)
      expect(answered.status).toBe(200)
      expect(Object.keys(answered.body)).toEqual([
        'mentor_id',
        'status',
        'is_eligible_for_assignment',
        'last_updated',
        'pending_events',
      ])
      expect(answered.body).toEqual({
        mentor_id,
        status: 'active',
        is_eligible_for_assignment: true,
        last_updated: NOW,
        pending_events: [earlier, later].map(({ body }) => ({
          sync_event_id: body.sync_event_id,
          mentor_id,
          event_type: body.event_type,
          resulting_status: 'active',
          server_timestamp: NOW,
          acknowledged: false,
        })),
      })
    }
  })

  it('moves last_updated with accepted events only', async () => {
    const mentor_id = newMentorId()
    await pause(api, { mentor_id, client_timestamp: '2026-03-26T09:00:00Z' })
    await api.setNow('2026-03-26T11:00:00Z')
    await resume(api, { mentor_id, client_timestamp: '2026-03-26T08:00:00Z' })
    expect(await snapshot(api, mentor_id)).toMatchObject({ last_updated: NOW })
    await pause(api, { mentor_id, client_timestamp: '2026-03-26T09:30:00Z' })
    expect(await snapshot(api, mentor_id)).toMatchObject({ last_updated: '2026-03-26T11:00:00Z' })
    await api.setNow(NOW)
  })

  it('is not eligible without a certification, and no more from the moment one expires', async () => {
    const [without, holder] = [newMentorId(), newMentorId()]
    await resume(api, { mentor_id: without })
    expect(await snapshot(api, without)).toMatchObject({ status: 'active', is_eligible_for_assignment: false })
    await certify(api, holder, '2026-03-26T10:30:00Z')
    const before = await api.get(`${BASE}/${holder}`)
    expect(before.body.is_eligible_for_assignment).toBe(true)
    await api.setNow('2026-03-26T10:30:00Z')
    const etag = before.headers.get('etag') ?? ''
    const after = await api.get(`${BASE}/${holder}`, { 'if-none-match': etag })
    expect(after.status).toBe(200)
    expect(after.body).toMatchObject({ status: 'active', is_eligible_for_assignment: false })
    expect(version(after)).toBe(etag.split('.')[0])
    await api.setNow(NOW)
    expect((await api.get(`${BASE}/${holder}`, { 'if-none-match': etag })).status).toBe(304)
  })

  it.each(['nobody-knows-me', 'a%20b', 'a'.repeat(65), '%27%3B--'])('is 404 for %s', async (id) => {
    expectProblem(await api.get(`${BASE}/${id}`), 404, 'mentor_not_found')
  })
})

describe('GET list', () => {
  it('lists what is yet to be acknowledged in the order to apply it in: by effective time, a pause after a resume', async () => {
    const mentor_id = newMentorId()
    const sent = [
      await pause(api, { mentor_id, client_timestamp: '2026-03-26T09:20:00Z' }),
      await pause(api, { mentor_id, client_timestamp: '2026-03-26T09:10:00Z' }),
      await resume(api, { mentor_id, client_timestamp: '2026-03-26T09:20:00Z' }),
      await resume(api, { mentor_id, client_timestamp: '2026-03-26T09:00:00Z' }),
    ]
    const [latePause, midPause, lateResume, early] = sent.map((answer) => answer.body.sync_event_id)
    const order = [early, midPause, lateResume, latePause]
    const { data, pagination } = await listed(api, `mentor_id=${mentor_id}`)
    expect(ids(data)).toEqual(order)
    expect(pagination).toEqual({ page: 1, limit: 20, total: 4 })
    expect(Object.keys(data[0])).toEqual([
      'sync_event_id',
      'mentor_id',
      'event_type',
      'resulting_status',
      'server_timestamp',
      'acknowledged',
    ])
    expect(ids((await listed(api, `mentor_id=${mentor_id}&sort=-effective_at`)).data)).toEqual(order.toReversed())
    expect(ids((await listed(api, `mentor_id=${mentor_id}&sort=server_timestamp`)).data)).toEqual(
      sent.map((answer) => answer.body.sync_event_id),
    )
    const pages = [1, 2, 3].map((page) => listed(api, `mentor_id=${mentor_id}&limit=3&page=${page}`))
    const paged = await Promise.all(pages)
    expect(paged.map((page) => page.data.length)).toEqual([3, 1, 0])
    expect(ids(paged.flatMap((page) => page.data))).toEqual(order)
    expect(paged.map((page) => page.pagination.total)).toEqual([4, 4, 4])
  })

  it('filters by acknowledged, type, origin and mentor', async () => {
    const mentor_id = newMentorId()
    const one = (await pause(api, { mentor_id, client_timestamp: '2026-03-26T09:00:00Z' })).body.sync_event_id
    const two = (await resume(api, { mentor_id, client_timestamp: '2026-03-26T09:10:00Z' })).body.sync_event_id
    const server = await insertServerEvent(mentor_id)
    await api.put(`${EVENTS}/${one}`, { acknowledged: true })
    const found = async (query: string) => ids((await listed(api, `mentor_id=${mentor_id}&${query}`)).data)
    expect(await found('')).toEqual([two, server])
    expect(await found('acknowledged=false')).toEqual([two, server])
    expect(await found('acknowledged=true')).toEqual([one])
    expect(await found('acknowledged=all')).toEqual([one, two, server])
    expect(await found('event_type=ResumeMentorEvent')).toEqual([two])
    expect(await found('acknowledged=all&event_type=PauseMentorEvent')).toEqual([one, server])
    expect(await found('origin=server')).toEqual([server])
    expect(await found('origin=app')).toEqual([two])
    expect(await listed(api, 'mentor_id=nobody-knows-me')).toMatchObject({ data: [], pagination: { total: 0 } })
  })

  it.each([
    'acknowledged=maybe',
    'event_type=Stop',
    'origin=phone',
    'mentor_id=a%20b',
    'sort=reason',
    'page=0',
    'limit=101',
    'limit=ten',
    'page=1&page=2',
  ])('refuses %s', async (query) => {
    expectProblem(await api.get(`${BASE}?${query}`), 400, 'invalid_request')
  })

  function ids(data: { sync_event_id: string }[]): string[] {
    return data.map((event) => event.sync_event_id)
  }

  async function insertServerEvent(mentorId: string): Promise<string> {
    const { rows } = await api.db.query(
      `INSERT INTO sync_event (org_id, mentor_key, origin, event_type, effective_at, server_timestamp, accepted, resulting_status, updated_at)
       SELECT org_id, key, 'server', 'PauseMentorEvent', $2, $2, true, 'paused', $2 FROM mentor WHERE mentor_id = $1 RETURNING id`,
      [mentorId, NOW],
    )
    return rows[0].id
  }
})

function version(answered: Answered): string | undefined {
  return answered.headers.get('etag')?.split('.')[0]
}
