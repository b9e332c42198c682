import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Api, newMentorId, openApi } from './harness'
import { certify, EVENTS, expectProblem, NOW, pause, resume, snapshot, storedEvents } from './sync-requests'

let api: Api
beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api.close())

describe('the same event again', () => {
  const client_timestamp = '2026-03-26T09:14:55.250Z'

  it('returns the first answer and stores nothing', async () => {
    const mentor_id = newMentorId()
    const first = await pause(api, { mentor_id, client_timestamp, reason: 'first' })
    await resume(api, { mentor_id, client_timestamp: '2026-03-26T09:20:00Z' })
    const { revision, last_heard_at } = await heard(mentor_id)
    const again = await pause(api, { mentor_id, client_timestamp, reason: 'second' })
    expect(again.status).toBe(201)
    expect(again.text).toBe(first.text)
    expect(again.headers.get('etag')).toBe(first.headers.get('etag'))
    expect(await storedEvents(api, mentor_id)).toBe(2)
    expect(await heard(mentor_id)).toEqual({ revision, last_heard_at })
    expect((await snapshot(api, mentor_id)).status).toBe('active')
  })

  it('is known by the instant, however the time is written', async () => {
    const mentor_id = newMentorId()
    const first = await pause(api, { mentor_id, client_timestamp })
    for (const same of [
      '2026-03-26T10:14:55.25+01:00',
      '2026-03-26T09:14:55.2500000Z',
      '2026-03-25t23:44:55.250-09:30',
    ]) {
      expect((await pause(api, { mentor_id, client_timestamp: same })).text).toBe(first.text)
    }
    const other = await pause(api, { mentor_id, client_timestamp: '2026-03-26T09:14:55.250001Z' })
    expect(other.body.sync_event_id).not.toBe(first.body.sync_event_id)
    expect(await storedEvents(api, mentor_id)).toBe(2)
  })

  it('still does so after the event was deleted, with neither words nor status coming back', async () => {
    const mentor_id = newMentorId()
    const first = await pause(api, { mentor_id, client_timestamp, reason: 'words' })
    const id = first.body.sync_event_id
    await api.put(`${EVENTS}/${id}`, { reason: 'note' })
    expect((await api.delete(`${EVENTS}/${id}`)).status).toBe(200)
    await resume(api, { mentor_id, client_timestamp: '2026-03-26T09:30:00Z' })
    expect((await pause(api, { mentor_id, client_timestamp, reason: 'words' })).text).toBe(first.text)
    expectProblem(await api.get(`${EVENTS}/${id}`), 404, 'event_not_found')
    expect((await snapshot(api, mentor_id)).status).toBe('active')
    const { rows } = await api.db.query('SELECT reason, note FROM sync_event WHERE id = $1', [id])
    expect(rows).toEqual([{ reason: null, note: null }])
  })

  it('returns a rejection and its reason again as well', async () => {
    const mentor_id = newMentorId()
    await pause(api, { mentor_id, client_timestamp: '2026-03-26T09:30:00Z' })
    const first = await resume(api, { mentor_id, client_timestamp })
    expect(first.body).toMatchObject({ accepted: false, rejection_reason: 'superseded' })
    await resume(api, { mentor_id, client_timestamp: '2026-03-26T09:40:00Z' })
    expect((await resume(api, { mentor_id, client_timestamp })).text).toBe(first.text)
  })

  it('counts once when many copies arrive at once, for a mentor nobody knew', async () => {
    const mentor_id = newMentorId()
    const answers = await Promise.all(Array.from({ length: 8 }, () => pause(api, { mentor_id, client_timestamp })))
    expect(answers.map((answer) => answer.status)).toEqual(Array(8).fill(201))
    expect(new Set(answers.map((answer) => answer.text)).size).toBe(1)
    expect(await storedEvents(api, mentor_id)).toBe(1)
    const { rows } = await api.db.query(
      `SELECT count(*)::int AS n FROM change c JOIN mentor m ON m.key = c.mentor_key WHERE m.mentor_id = $1`,
      [mentor_id],
    )
    expect(rows).toEqual([{ n: 2 }])
  })

  it('cannot be told without a client time', async () => {
    const mentor_id = newMentorId()
    const one = await pause(api, { mentor_id })
    const two = await pause(api, { mentor_id })
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
    await pause(api, { mentor_id, client_timestamp: '2026-03-26T09:30:00Z' })
    const late = await resume(api, { mentor_id, client_timestamp: '2026-03-26T09:29:59.999999Z' })
    expect(late.status).toBe(201)
    expect(late.body).toMatchObject({ accepted: false, resulting_status: 'paused', rejection_reason: 'superseded' })
    expect(late.body).not.toHaveProperty('held_by')
    expect((await snapshot(api, mentor_id)).status).toBe('paused')
    const newer = await resume(api, { mentor_id, client_timestamp: '2026-03-26T09:30:00.000001Z' })
    expect(newer.body).toMatchObject({ accepted: true, resulting_status: 'active' })
  })

  it('accepts an event that changes nothing, and counts it', async () => {
    const mentor_id = newMentorId()
    const idle = await resume(api, { mentor_id, client_timestamp: '2026-03-26T09:30:00Z' })
    expect(idle.body).toMatchObject({ accepted: true, resulting_status: 'active' })
    const older = await pause(api, { mentor_id, client_timestamp: '2026-03-26T09:00:00Z' })
    expect(older.body).toMatchObject({ accepted: false, resulting_status: 'active' })
  })

  it('lets the pause win at equal times, in both orders of arrival', async () => {
    const client_timestamp = '2026-03-26T09:30:00Z'
    const [one, two] = [newMentorId(), newMentorId()]
    await pause(api, { mentor_id: one, client_timestamp })
    expect((await resume(api, { mentor_id: one, client_timestamp })).body).toMatchObject({ accepted: false })
    await resume(api, { mentor_id: two, client_timestamp })
    expect((await pause(api, { mentor_id: two, client_timestamp })).body).toMatchObject({ accepted: true })
    expect((await snapshot(api, one)).status).toBe('paused')
    expect((await snapshot(api, two)).status).toBe('paused')
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
      await certify(api, mentor_id, expiresAt)
      for (const event of order) expect((await api.post(EVENTS, { mentor_id, ...event })).status).toBe(201)
      ends.add(await endState(mentor_id))
    }
    expect(ends.size).toBe(1)
    const mentor_id = newMentorId()
    await certify(api, mentor_id, expiresAt)
    await Promise.all([...events, ...events].map((event) => api.post(EVENTS, { mentor_id, ...event })))
    ends.add(await endState(mentor_id))
    expect(ends.size).toBe(1)
  })

  async function endState(mentorId: string): Promise<string> {
    const { status, is_eligible_for_assignment } = await snapshot(api, mentorId)
    const { rows } = await api.db.query(
      'SELECT paused_by_hand, paused_by_certification, hand_effective_at FROM mentor WHERE mentor_id = $1',
      [mentorId],
    )
    return JSON.stringify({ status, is_eligible_for_assignment, ...rows[0] })
  }
})

describe('effective time', () => {
  const detail = async (id: string) => (await api.get(`${EVENTS}/${id}`)).body

  it('is the client time up to five minutes ahead; beyond that the server’s, with both kept', async () => {
    const mentor_id = newMentorId()
    const near = await pause(api, { mentor_id, client_timestamp: '2026-03-26T10:05:00Z' })
    expect(await detail(near.body.sync_event_id)).toMatchObject({
      client_timestamp: '2026-03-26T10:05:00Z',
      effective_at: '2026-03-26T10:05:00Z',
      server_timestamp: NOW,
      skew_seconds: 300,
    })
    const far = await resume(api, { mentor_id, client_timestamp: '2026-03-26T10:05:00.000001Z' })
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
    const first = await pause(api, { mentor_id, client_timestamp: '2031-01-01T00:00:00Z' })
    expect(first.body).toMatchObject({ accepted: true, resulting_status: 'paused' })
    expect((await pause(api, { mentor_id, client_timestamp: '2031-01-01T00:00:00Z' })).text).toBe(first.text)
    const click = await resume(api, { mentor_id })
    expect(click.body).toMatchObject({ accepted: true, resulting_status: 'active' })
  })

  it('lets each later click win within one instant of the server', async () => {
    const mentor_id = newMentorId()
    expect((await pause(api, { mentor_id })).body).toMatchObject({ accepted: true, resulting_status: 'paused' })
    expect((await resume(api, { mentor_id })).body).toMatchObject({ accepted: true, resulting_status: 'active' })
    expect((await pause(api, { mentor_id })).body).toMatchObject({ accepted: true, resulting_status: 'paused' })
    expect((await resume(api, { mentor_id })).body).toMatchObject({ accepted: true, resulting_status: 'active' })
  })

  it('remembers when a phone was last heard, not when a coordinator clicked', async () => {
    const mentor_id = newMentorId()
    await pause(api, { mentor_id })
    expect(await lastHeard(mentor_id)).toBeNull()
    await pause(api, { mentor_id, client_timestamp: '2026-03-20T08:00:00Z' })
    expect(await lastHeard(mentor_id)).toEqual(new Date(NOW))
  })

  async function lastHeard(mentorId: string): Promise<Date | null> {
    const { rows } = await api.db.query('SELECT last_heard_at FROM mentor WHERE mentor_id = $1', [mentorId])
    return rows[0].last_heard_at
  }
})

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length === 0) return [[]]
  return items.flatMap((item, i) => permutations(items.toSpliced(i, 1)).map((rest) => [item, ...rest]))
}
