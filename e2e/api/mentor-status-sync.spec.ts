import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answered, type Api, doubledPath, newMentorId, ORG, openApi } from './harness'

const BASE = '/api/v1/mentor-status-sync'
const EVENTS = `${BASE}/events`
const NOW = '2026-03-26T10:00:00Z'

let api: Api
beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api.close())

interface Sent {
  mentor_id: string
  client_timestamp?: string | null
  reason?: string | null
}
const pause = (sent: Sent, headers = {}) => api.post(EVENTS, { event_type: 'PauseMentorEvent', ...sent }, headers)
const resume = (sent: Sent, headers = {}) => api.post(EVENTS, { event_type: 'ResumeMentorEvent', ...sent }, headers)
const snapshot = async (mentorId: string) => (await api.get(`${BASE}/${mentorId}`)).body
const listed = async (query: string) => (await api.get(`${BASE}?${query}`)).body

async function storedEvents(mentorId: string): Promise<number> {
  const { rows } = await api.db.query(
    `SELECT count(*)::int AS n FROM sync_event e JOIN mentor m ON m.key = e.mentor_key WHERE m.mentor_id = $1`,
    [mentorId],
  )
  return rows[0].n
}

/** Gives a mentor one current certification that ends at `expiresAt`. */
async function certify(mentorId: string, expiresAt: string): Promise<void> {
  await api.db.query(
    `WITH holder AS (
       INSERT INTO mentor (org_id, mentor_id, full_name, search_text, status_updated_at, first_expiry, last_expiry, created_at, updated_at)
       VALUES ($1, $2, $2, '', $4, $3, $3, $4, $4)
       ON CONFLICT (org_id, mentor_id) DO UPDATE SET first_expiry = $3, last_expiry = $3, revision = mentor.revision + 1 RETURNING key
     )
     INSERT INTO certification (org_id, mentor_key, certification_type, issued_at, expires_at, is_current, created_at, updated_at)
     SELECT $1, key, 'peer_mentor_basic', '2020-01-01Z', $3, true, $4, $4 FROM holder`,
    [ORG, mentorId, expiresAt, NOW],
  )
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
    const { body } = await pause({ mentor_id })
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
    expect(await snapshot(mentor_id)).toMatchObject({ status: 'paused' })
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
    expect((await pause({ mentor_id })).status).toBe(201)
  })

  it('takes a reason of 2,000 characters, and null for a key without a value', async () => {
    const mentor_id = newMentorId()
    expect((await pause({ mentor_id, reason: 'a'.repeat(2000) })).status).toBe(201)
    expect((await pause({ mentor_id, reason: null, client_timestamp: null })).status).toBe(201)
  })

  it('is not found for an erased mentor', async () => {
    const mentor_id = newMentorId()
    await pause({ mentor_id })
    await api.db.query('UPDATE mentor SET erased_at = now() WHERE mentor_id = $1', [mentor_id])
    expectProblem(await resume({ mentor_id }), 404, 'mentor_not_found')
    expectProblem(await api.get(`${BASE}/${mentor_id}`), 404, 'mentor_not_found')
  })
})

describe('the same event again', () => {
  const client_timestamp = '2026-03-26T09:14:55.250Z'

  it('returns the first answer and stores nothing', async () => {
    const mentor_id = newMentorId()
    const first = await pause({ mentor_id, client_timestamp, reason: 'first' })
    await resume({ mentor_id, client_timestamp: '2026-03-26T09:20:00Z' })
    const { revision, last_heard_at } = await heard(mentor_id)
    const again = await pause({ mentor_id, client_timestamp, reason: 'second' })
    expect(again.status).toBe(201)
    expect(again.text).toBe(first.text)
    expect(again.headers.get('etag')).toBe(first.headers.get('etag'))
    expect(await storedEvents(mentor_id)).toBe(2)
    expect(await heard(mentor_id)).toEqual({ revision, last_heard_at })
    expect((await snapshot(mentor_id)).status).toBe('active')
  })

  it('is known by the instant, however the time is written', async () => {
    const mentor_id = newMentorId()
    const first = await pause({ mentor_id, client_timestamp })
    for (const same of [
      '2026-03-26T10:14:55.25+01:00',
      '2026-03-26T09:14:55.2500000Z',
      '2026-03-25t23:44:55.250-09:30',
    ]) {
      expect((await pause({ mentor_id, client_timestamp: same })).text).toBe(first.text)
    }
    const other = await pause({ mentor_id, client_timestamp: '2026-03-26T09:14:55.250001Z' })
    expect(other.body.sync_event_id).not.toBe(first.body.sync_event_id)
    expect(await storedEvents(mentor_id)).toBe(2)
  })

  it('still does so after the event was deleted, with neither words nor status coming back', async () => {
    const mentor_id = newMentorId()
    const first = await pause({ mentor_id, client_timestamp, reason: 'words' })
    const id = first.body.sync_event_id
    await api.put(`${EVENTS}/${id}`, { reason: 'note' })
    expect((await api.delete(`${EVENTS}/${id}`)).status).toBe(200)
    await resume({ mentor_id, client_timestamp: '2026-03-26T09:30:00Z' })
    expect((await pause({ mentor_id, client_timestamp, reason: 'words' })).text).toBe(first.text)
    expectProblem(await api.get(`${EVENTS}/${id}`), 404, 'event_not_found')
    expect((await snapshot(mentor_id)).status).toBe('active')
    const { rows } = await api.db.query('SELECT reason, note FROM sync_event WHERE id = $1', [id])
    expect(rows).toEqual([{ reason: null, note: null }])
  })

  it('returns a rejection and its reason again as well', async () => {
    const mentor_id = newMentorId()
    await pause({ mentor_id, client_timestamp: '2026-03-26T09:30:00Z' })
    const first = await resume({ mentor_id, client_timestamp })
    expect(first.body).toMatchObject({ accepted: false, rejection_reason: 'superseded' })
    await resume({ mentor_id, client_timestamp: '2026-03-26T09:40:00Z' })
    expect((await resume({ mentor_id, client_timestamp })).text).toBe(first.text)
  })

  it('counts once when many copies arrive at once, for a mentor nobody knew', async () => {
    const mentor_id = newMentorId()
    const answers = await Promise.all(Array.from({ length: 8 }, () => pause({ mentor_id, client_timestamp })))
    expect(answers.map((answer) => answer.status)).toEqual(Array(8).fill(201))
    expect(new Set(answers.map((answer) => answer.text)).size).toBe(1)
    expect(await storedEvents(mentor_id)).toBe(1)
    const { rows } = await api.db.query(
      `SELECT count(*)::int AS n FROM change c JOIN mentor m ON m.key = c.mentor_key WHERE m.mentor_id = $1`,
      [mentor_id],
    )
    expect(rows).toEqual([{ n: 2 }])
  })

  it('cannot be told without a client time', async () => {
    const mentor_id = newMentorId()
    const one = await pause({ mentor_id })
    const two = await pause({ mentor_id })
    expect(two.body).toMatchObject({ accepted: true, resulting_status: 'paused' })
    expect(two.body.sync_event_id).not.toBe(one.body.sync_event_id)
  })

  async function heard(mentorId: string) {
    const { rows } = await api.db.query('SELECT revision, last_heard_at FROM mentor WHERE mentor_id = $1', [mentorId])
    return rows[0]
  }
})

describe('events out of order', () => {
  it('stores an event older than the newest accepted one as superseded, with the status that stands', async () => {
    const mentor_id = newMentorId()
    await pause({ mentor_id, client_timestamp: '2026-03-26T09:30:00Z' })
    const late = await resume({ mentor_id, client_timestamp: '2026-03-26T09:29:59.999999Z' })
    expect(late.status).toBe(201)
    expect(late.body).toMatchObject({ accepted: false, resulting_status: 'paused', rejection_reason: 'superseded' })
    expect(late.body).not.toHaveProperty('held_by')
    expect((await snapshot(mentor_id)).status).toBe('paused')
    const newer = await resume({ mentor_id, client_timestamp: '2026-03-26T09:30:00.000001Z' })
    expect(newer.body).toMatchObject({ accepted: true, resulting_status: 'active' })
  })

  it('accepts an event that changes nothing, and counts it', async () => {
    const mentor_id = newMentorId()
    const idle = await resume({ mentor_id, client_timestamp: '2026-03-26T09:30:00Z' })
    expect(idle.body).toMatchObject({ accepted: true, resulting_status: 'active' })
    const older = await pause({ mentor_id, client_timestamp: '2026-03-26T09:00:00Z' })
    expect(older.body).toMatchObject({ accepted: false, resulting_status: 'active' })
  })

  it('lets the pause win at equal times, in both orders of arrival', async () => {
    const client_timestamp = '2026-03-26T09:30:00Z'
    const [one, two] = [newMentorId(), newMentorId()]
    await pause({ mentor_id: one, client_timestamp })
    expect((await resume({ mentor_id: one, client_timestamp })).body).toMatchObject({ accepted: false })
    await resume({ mentor_id: two, client_timestamp })
    expect((await pause({ mentor_id: two, client_timestamp })).body).toMatchObject({ accepted: true })
    expect((await snapshot(one)).status).toBe('paused')
    expect((await snapshot(two)).status).toBe('paused')
  })

  it.each([
    ['active', '2027-01-01Z'],
    ['lapsed', '2026-03-01Z'],
  ])('ends in the same state for every order of four events: %s', async (_, expiresAt) => {
    const events = [
      { event_type: 'PauseMentorEvent', client_timestamp: '2026-03-26T09:00:00Z' },
      { event_type: 'ResumeMentorEvent', client_timestamp: '2026-03-26T09:10:00Z' },
      { event_type: 'PauseMentorEvent', client_timestamp: '2026-03-26T09:20:00Z' },
      { event_type: 'ResumeMentorEvent', client_timestamp: '2026-03-26T09:20:00Z' },
    ]
    const orders = permutations(events)
    expect(orders).toHaveLength(24)
    const ends = new Set<string>()
    for (const order of orders) {
      const mentor_id = newMentorId()
      await certify(mentor_id, expiresAt)
      for (const event of order) expect((await api.post(EVENTS, { mentor_id, ...event })).status).toBe(201)
      ends.add(await endState(mentor_id))
    }
    expect(ends.size).toBe(1)
    const mentor_id = newMentorId()
    await certify(mentor_id, expiresAt)
    await Promise.all([...events, ...events].map((event) => api.post(EVENTS, { mentor_id, ...event })))
    ends.add(await endState(mentor_id))
    expect(ends.size).toBe(1)
  })

  async function endState(mentorId: string): Promise<string> {
    const { status, is_eligible_for_assignment } = await snapshot(mentorId)
    const { rows } = await api.db.query(
      'SELECT paused_by_hand, paused_by_certification, hand_effective_at FROM mentor WHERE mentor_id = $1',
      [mentorId],
    )
    return JSON.stringify({ status, is_eligible_for_assignment, ...rows[0] })
  }
})

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length === 0) return [[]]
  return items.flatMap((item, i) => permutations(items.toSpliced(i, 1)).map((rest) => [item, ...rest]))
}

describe('effective time', () => {
  const detail = async (id: string) => (await api.get(`${EVENTS}/${id}`)).body

  it('is the client time up to five minutes ahead; beyond that the server’s, with both kept', async () => {
    const mentor_id = newMentorId()
    const near = await pause({ mentor_id, client_timestamp: '2026-03-26T10:05:00Z' })
    expect(await detail(near.body.sync_event_id)).toMatchObject({
      client_timestamp: '2026-03-26T10:05:00Z',
      effective_at: '2026-03-26T10:05:00Z',
      server_timestamp: NOW,
      skew_seconds: 300,
    })
    const far = await resume({ mentor_id, client_timestamp: '2026-03-26T10:05:00.000001Z' })
    expect(far.body).toMatchObject({ accepted: false, resulting_status: 'paused' })
    expect(await detail(far.body.sync_event_id)).toMatchObject({
      client_timestamp: '2026-03-26T10:05:00Z',
      effective_at: NOW,
      skew_seconds: 300.000001,
      superseded_by_event_of: '2026-03-26T10:05:00Z',
    })
  })

  it('still knows an event from a clock far ahead when it is sent again', async () => {
    const mentor_id = newMentorId()
    const first = await pause({ mentor_id, client_timestamp: '2031-01-01T00:00:00Z' })
    expect(first.body).toMatchObject({ accepted: true, resulting_status: 'paused' })
    expect((await pause({ mentor_id, client_timestamp: '2031-01-01T00:00:00Z' })).text).toBe(first.text)
    const click = await resume({ mentor_id })
    expect(click.body).toMatchObject({ accepted: true, resulting_status: 'active' })
  })

  it('lets each later click win within one instant of the server', async () => {
    const mentor_id = newMentorId()
    expect((await pause({ mentor_id })).body).toMatchObject({ accepted: true, resulting_status: 'paused' })
    expect((await resume({ mentor_id })).body).toMatchObject({ accepted: true, resulting_status: 'active' })
    expect((await pause({ mentor_id })).body).toMatchObject({ accepted: true, resulting_status: 'paused' })
    expect((await resume({ mentor_id })).body).toMatchObject({ accepted: true, resulting_status: 'active' })
  })

  it('remembers when a phone was last heard, not when a coordinator clicked', async () => {
    const mentor_id = newMentorId()
    await pause({ mentor_id })
    expect(await lastHeard(mentor_id)).toBeNull()
    await pause({ mentor_id, client_timestamp: '2026-03-20T08:00:00Z' })
    expect(await lastHeard(mentor_id)).toEqual(new Date(NOW))
  })

  async function lastHeard(mentorId: string): Promise<Date | null> {
    const { rows } = await api.db.query('SELECT last_heard_at FROM mentor WHERE mentor_id = $1', [mentorId])
    return rows[0].last_heard_at
  }
})

describe('a mentor who has lapsed', () => {
  it('stays paused when a resume ends the pause by hand, and the answer says why', async () => {
    const mentor_id = newMentorId()
    await certify(mentor_id, '2026-03-26T10:00:00Z')
    await pause({ mentor_id, client_timestamp: '2026-03-26T09:00:00Z' })
    const { body } = await resume({ mentor_id, client_timestamp: '2026-03-26T09:30:00Z' })
    expect(body).toMatchObject({ accepted: true, resulting_status: 'paused', held_by: 'certification_expired' })
    expect(body).not.toHaveProperty('rejection_reason')
    expect(await snapshot(mentor_id)).toMatchObject({ status: 'paused', is_eligible_for_assignment: false })
    expect((await api.get(`${EVENTS}/${body.sync_event_id}`)).body).toMatchObject({ held_by: 'certification_expired' })
  })

  it('becomes active by the same resume while the certification is still valid', async () => {
    const mentor_id = newMentorId()
    await certify(mentor_id, '2026-03-26T10:00:01Z')
    await pause({ mentor_id, client_timestamp: '2026-03-26T09:00:00Z' })
    const { body } = await resume({ mentor_id, client_timestamp: '2026-03-26T09:30:00Z' })
    expect(body).toMatchObject({ accepted: true, resulting_status: 'active' })
    expect(body).not.toHaveProperty('held_by')
    expect(await snapshot(mentor_id)).toMatchObject({ status: 'active', is_eligible_for_assignment: true })
  })
})

describe('GET one', () => {
  it('answers exactly the example’s keys, with pending events in the list’s shape and order', async () => {
    const mentor_id = newMentorId()
    await certify(mentor_id, '2027-01-01Z')
    const later = await resume({ mentor_id, client_timestamp: '2026-03-26T09:10:00Z' })
    const earlier = await pause({ mentor_id, client_timestamp: '2026-03-26T09:00:00Z' })
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
    await pause({ mentor_id, client_timestamp: '2026-03-26T09:00:00Z' })
    await api.setNow('2026-03-26T11:00:00Z')
    await resume({ mentor_id, client_timestamp: '2026-03-26T08:00:00Z' })
    expect(await snapshot(mentor_id)).toMatchObject({ last_updated: NOW })
    await pause({ mentor_id, client_timestamp: '2026-03-26T09:30:00Z' })
    expect(await snapshot(mentor_id)).toMatchObject({ last_updated: '2026-03-26T11:00:00Z' })
    await api.setNow(NOW)
  })

  it('is not eligible without a certification, and no more from the moment one expires', async () => {
    const [without, holder] = [newMentorId(), newMentorId()]
    await resume({ mentor_id: without })
    expect(await snapshot(without)).toMatchObject({ status: 'active', is_eligible_for_assignment: false })
    await certify(holder, '2026-03-26T10:30:00Z')
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

function version(answered: Answered): string | undefined {
  return answered.headers.get('etag')?.split('.')[0]
}

describe('GET list', () => {
  it('lists what is yet to be acknowledged in the order to apply it in: by effective time, a pause after a resume', async () => {
    const mentor_id = newMentorId()
    const sent = [
      await pause({ mentor_id, client_timestamp: '2026-03-26T09:20:00Z' }),
      await pause({ mentor_id, client_timestamp: '2026-03-26T09:10:00Z' }),
      await resume({ mentor_id, client_timestamp: '2026-03-26T09:20:00Z' }),
      await resume({ mentor_id, client_timestamp: '2026-03-26T09:00:00Z' }),
    ]
    const [latePause, midPause, lateResume, early] = sent.map((answer) => answer.body.sync_event_id)
    const order = [early, midPause, lateResume, latePause]
    const { data, pagination } = await listed(`mentor_id=${mentor_id}`)
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
    expect(ids((await listed(`mentor_id=${mentor_id}&sort=-effective_at`)).data)).toEqual(order.toReversed())
    expect(ids((await listed(`mentor_id=${mentor_id}&sort=server_timestamp`)).data)).toEqual(
      sent.map((answer) => answer.body.sync_event_id),
    )
    const pages = [1, 2, 3].map((page) => listed(`mentor_id=${mentor_id}&limit=3&page=${page}`))
    const paged = await Promise.all(pages)
    expect(paged.map((page) => page.data.length)).toEqual([3, 1, 0])
    expect(ids(paged.flatMap((page) => page.data))).toEqual(order)
    expect(paged.map((page) => page.pagination.total)).toEqual([4, 4, 4])
  })

  it('filters by acknowledged, type, origin and mentor', async () => {
    const mentor_id = newMentorId()
    const one = (await pause({ mentor_id, client_timestamp: '2026-03-26T09:00:00Z' })).body.sync_event_id
    const two = (await resume({ mentor_id, client_timestamp: '2026-03-26T09:10:00Z' })).body.sync_event_id
    const server = await insertServerEvent(mentor_id)
    await api.put(`${EVENTS}/${one}`, { acknowledged: true })
    const found = async (query: string) => ids((await listed(`mentor_id=${mentor_id}&${query}`)).data)
    expect(await found('')).toEqual([two, server])
    expect(await found('acknowledged=false')).toEqual([two, server])
    expect(await found('acknowledged=true')).toEqual([one])
    expect(await found('acknowledged=all')).toEqual([one, two, server])
    expect(await found('event_type=ResumeMentorEvent')).toEqual([two])
    expect(await found('acknowledged=all&event_type=PauseMentorEvent')).toEqual([one, server])
    expect(await found('origin=server')).toEqual([server])
    expect(await found('origin=app')).toEqual([two])
    expect(await listed('mentor_id=nobody-knows-me')).toMatchObject({ data: [], pagination: { total: 0 } })
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

describe('PUT', () => {
  it('acknowledges and notes, and keeps the mentor’s own words beside the note', async () => {
    const mentor_id = newMentorId()
    const { body } = await pause({ mentor_id, reason: 'Taking a short break' })
    const path = `${EVENTS}/${body.sync_event_id}`
    await api.setNow('2026-03-26T11:00:00Z')
    const answered = await api.put(doubledPath(path), {
      acknowledged: true,
      reason: 'Corrected: extended personal leave',
    })
    await api.setNow(NOW)
    expect(answered.status).toBe(200)
    expect(answered.text).toBe(
      JSON.stringify({
        sync_event_id: body.sync_event_id,
        acknowledged: true,
        reason: 'Corrected: extended personal leave',
        updated_at: '2026-03-26T11:00:00Z',
      }),
    )
    expect((await api.get(path)).body).toEqual({
      sync_event_id: body.sync_event_id,
      mentor_id,
      event_type: 'PauseMentorEvent',
      origin: 'app',
      accepted: true,
      rejection_reason: null,
      superseded_by_event_of: null,
      resulting_status: 'paused',
      held_by: null,
      reason: 'Taking a short break',
      note: 'Corrected: extended personal leave',
      client_timestamp: null,
      effective_at: NOW,
      server_timestamp: NOW,
      skew_seconds: null,
      acknowledged: true,
      acknowledged_at: '2026-03-26T11:00:00Z',
      acknowledged_by: 'open',
      created_at: NOW,
      updated_at: '2026-03-26T11:00:00Z',
    })
    expect((await snapshot(mentor_id)).pending_events).toEqual([])
  })

  it('acknowledges twice without error and takes it back, each change logged once', async () => {
    const mentor_id = newMentorId()
    const { body } = await pause({ mentor_id })
    const path = `${EVENTS}/${body.sync_event_id}`
    const once = await api.put(path, { acknowledged: true })
    expect(once.body).toMatchObject({ acknowledged: true, reason: null, updated_at: NOW })
    const twice = await api.put(path, { acknowledged: true })
    expect(twice.status).toBe(200)
    expect(twice.text).toBe(once.text)
    expect(twice.headers.get('etag')).toBe(once.headers.get('etag'))
    const back = await api.put(path, { acknowledged: false })
    expect(back.body).toMatchObject({ acknowledged: false })
    expect((await api.get(path)).body).toMatchObject({
      acknowledged: false,
      acknowledged_at: null,
      acknowledged_by: null,
    })
    expect((await snapshot(mentor_id)).pending_events).toHaveLength(1)
    const { rows } = await api.db.query(`SELECT action FROM change WHERE id = $1 ORDER BY position`, [
      body.sync_event_id,
    ])
    expect(rows.map((row) => row.action)).toEqual(['paused', 'acknowledged', 'unacknowledged'])
  })

  it('notes without acknowledging; null removes the note', async () => {
    const { body } = await pause({ mentor_id: newMentorId(), reason: 'own words' })
    const path = `${EVENTS}/${body.sync_event_id}`
    expect((await api.put(path, { reason: 'note' })).body).toMatchObject({ acknowledged: false, reason: 'note' })
    await api.put(path, { reason: null })
    expect((await api.get(path)).body).toMatchObject({ note: null, reason: 'own words' })
  })

  it.each<[string, unknown]>([
    ['an empty body', {}],
    ['keys it does not know alone', { note: 'x' }],
    ['a word for acknowledged', { acknowledged: 'yes' }],
    ['a reason over 2,000 characters', { reason: 'a'.repeat(2001) }],
    ['a list', []],
  ])('refuses %s', async (_, wrong) => {
    const { body } = await pause({ mentor_id: newMentorId() })
    const path = `${EVENTS}/${body.sync_event_id}`
    expectProblem(await api.put(path, wrong), 400, 'invalid_request')
    expect((await api.get(path)).body).toMatchObject({ acknowledged: false, updated_at: NOW })
    expect((await api.put(path, { acknowledged: true })).status).toBe(200)
  })

  it('honours If-Match by the version', async () => {
    const { body, headers } = await pause({ mentor_id: newMentorId() })
    const path = `${EVENTS}/${body.sync_event_id}`
    const posted = headers.get('etag') ?? ''
    const changed = await api.put(path, { acknowledged: true }, { 'if-match': posted })
    expect(changed.status).toBe(200)
    expectProblem(await api.put(path, { reason: 'late' }, { 'if-match': posted }), 412, 'precondition_failed')
    expectProblem(await api.delete(path, { 'if-match': posted }), 412, 'precondition_failed')
    const now = (await api.get(path)).headers.get('etag') ?? ''
    expect((await api.put(path, { reason: 'in time' }, { 'if-match': `W/${now}` })).status).toBe(200)
    expect((await api.delete(path, { 'if-match': '*' })).status).toBe(200)
  })

  it('acknowledges once when two do so at once', async () => {
    const { body } = await pause({ mentor_id: newMentorId() })
    const path = `${EVENTS}/${body.sync_event_id}`
    const answers = await Promise.all([1, 2, 3].map(() => api.put(path, { acknowledged: true })))
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200])
    const { rows } = await api.db.query(`SELECT action FROM change WHERE id = $1 AND action = 'acknowledged'`, [
      body.sync_event_id,
    ])
    expect(rows).toHaveLength(1)
  })

  it.each(['evt_00000000', 'evt_1', 'nothing', '%00', 'evt-5503'])('is 404 for %s', async (id) => {
    expectProblem(await api.put(`${EVENTS}/${id}`, { acknowledged: true }), 404, 'event_not_found')
    expectProblem(await api.get(`${EVENTS}/${id}`), 404, 'event_not_found')
    expectProblem(await api.delete(`${EVENTS}/${id}`), 404, 'event_not_found')
  })
})

describe('DELETE', () => {
  it('takes the event out of every view and leaves the status as it is', async () => {
    const mentor_id = newMentorId()
    const { body } = await pause({ mentor_id, reason: 'private' })
    const path = `${EVENTS}/${body.sync_event_id}`
    const answered = await api.delete(doubledPath(path))
    expect(answered.status).toBe(200)
    expect(answered.text).toBe(JSON.stringify({ sync_event_id: body.sync_event_id, deleted: true, deleted_at: NOW }))
    expect(await snapshot(mentor_id)).toMatchObject({ status: 'paused', pending_events: [] })
    expect(await listed(`mentor_id=${mentor_id}&acknowledged=all`)).toMatchObject({
      data: [],
      pagination: { total: 0 },
    })
    expectProblem(await api.get(path), 404, 'event_not_found')
    expectProblem(await api.put(path, { acknowledged: true }), 404, 'event_not_found')
    expectProblem(await api.delete(path), 404, 'event_not_found')
    const { rows } = await api.db.query(`SELECT before FROM change WHERE id = $1 AND action = 'deleted'`, [
      body.sync_event_id,
    ])
    expect(rows[0].before).toMatchObject({ reason: 'private', acknowledged: false })
  })

  it('still lets the deleted event’s time stand against older ones', async () => {
    const mentor_id = newMentorId()
    const { body } = await pause({ mentor_id, client_timestamp: '2026-03-26T09:30:00Z' })
    await api.delete(`${EVENTS}/${body.sync_event_id}`)
    const late = await resume({ mentor_id, client_timestamp: '2026-03-26T09:00:00Z' })
    expect(late.body).toMatchObject({ accepted: false, resulting_status: 'paused' })
    expect((await api.get(`${EVENTS}/${late.body.sync_event_id}`)).body).toMatchObject({
      superseded_by_event_of: '2026-03-26T09:30:00Z',
    })
  })
})

describe('Idempotency-Key', () => {
  it('replays POST, PUT and DELETE byte for byte and refuses the key for another request', async () => {
    const mentor_id = newMentorId()
    const keyed = { 'idempotency-key': `post-${mentor_id}` }
    const first = await pause({ mentor_id }, keyed)
    const again = await pause({ mentor_id }, keyed)
    expect(again.text).toBe(first.text)
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    expect(await storedEvents(mentor_id)).toBe(1)
    expectProblem(await resume({ mentor_id }, keyed), 422, 'idempotency_key_reused')
    const path = `${EVENTS}/${first.body.sync_event_id}`
    const put = await api.put(path, { acknowledged: true }, { 'idempotency-key': `put-${mentor_id}` })
    await api.put(path, { acknowledged: false })
    expect((await api.put(path, { acknowledged: true }, { 'idempotency-key': `put-${mentor_id}` })).text).toBe(put.text)
    const gone = await api.delete(path, { 'idempotency-key': `delete-${mentor_id}` })
    expect((await api.delete(path, { 'idempotency-key': `delete-${mentor_id}` })).text).toBe(gone.text)
  })
})

describe('other methods and unknown keys', () => {
  it('are 405 with Allow, and named in X-Ignored or refused when strict', async () => {
    expectProblem(await api.get(EVENTS), 405, 'method_not_allowed')
    const wrong = await api.post(BASE, {})
    expectProblem(wrong, 405, 'method_not_allowed')
    expect(wrong.headers.get('allow')).toContain('GET')
    const body = { event_type: 'PauseMentorEvent', mentor_id: newMentorId(), app_version: '9' }
    expect((await api.post(EVENTS, body)).headers.get('x-ignored')).toBe('app_version')
    expectProblem(await api.post(EVENTS, body, { prefer: 'handling=strict' }), 400, 'invalid_request')
  })
})
