import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { at, BASE, certify, EVENTS, NOW, renew, snapshot } from './bloc-requests'
import { eraseMeanwhile } from './erase-meanwhile'
import { type Answered, type Api, newMentorId, openApi } from './harness'
import { expectProblem } from './sync-requests'

const BATCH = `${EVENTS}/batch`
let api: Api
beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api.close())

const named = (mentor_id: string, event_type: string, more: object) => ({
  mentor_id,
  event_type,
  client_event_id: randomUUID(),
  ...more,
})
const loadOf = (mentor_id: string, more = {}) => named(mentor_id, 'LoadCertificationEvent', more)
const enrolOf = (mentor_id: string, course_id: string, more = {}) =>
  named(mentor_id, 'EnrolInCourseEvent', { payload: { course_id }, ...more })
const renewalOf = (mentor_id: string, payload: object, more = {}) =>
  named(mentor_id, 'RecordRenewalEvent', { payload, ...more })
const send = (events: unknown, headers = {}): Promise<Answered> => api.post(BATCH, { events }, headers)
const verdicts = ({ body }: Answered) => body.results.map((one: { verdict: string }) => one.verdict)
const detail = async (id: string) => (await api.get(`${EVENTS}/${id}`)).body

async function stored(mentorId: string) {
  const { rows } = await api.db.query(
    `SELECT event_type, processed, client_event_id FROM bloc_event e JOIN mentor m ON m.key = e.mentor_key
     WHERE m.mentor_id = $1 ORDER BY e.key`,
    [mentorId],
  )
  return rows
}

async function changesOf(mentorId: string) {
  const { rows } = await api.db.query(
    `SELECT c.type, c.action, c.revision::int FROM change c JOIN mentor m ON m.key = c.mentor_key
     WHERE m.mentor_id = $1 ORDER BY position`,
    [mentorId],
  )
  return rows
}

describe('a phone’s queue', () => {
  it('is carried out in order, with a verdict for each and the cursor to go on from', async () => {
    const mentor_id = newMentorId()
    const events = [
      loadOf(mentor_id),
      renewalOf(mentor_id, { certification_type: 'peer_mentor_basic', expires_at: '2027-03-01T00:00:00Z' }),
      enrolOf(mentor_id, 'course-1'),
      renewalOf(mentor_id, { expires_at: '2028-03-01T00:00:00Z' }),
    ]
    const answer = await send(events)
    expect(answer.status, answer.text).toBe(200)
    expect(answer.body).toEqual({
      results: events.map(({ client_event_id }, index) => ({
        index,
        verdict: 'applied',
        mentor_id,
        client_event_id,
        id: expect.stringMatching(/^evt-bloc-\d{4,}$/),
        processed: true,
      })),
      cursor: expect.any(String),
    })
    expect(await snapshot(api, mentor_id)).toEqual({
      mentor_id,
      cert_status: 'active',
      cert_type: 'peer_mentor_basic',
      issued_at: NOW,
      expires_at: '2028-03-01T00:00:00Z',
      enrolled_course_ids: ['course-1'],
      event_history: events.map(({ event_type }) => ({ event: event_type, fired_at: NOW })),
    })
    const changes = await changesOf(mentor_id)
    expect(changes.filter(({ type }) => type === 'bloc_event')).toHaveLength(4)
    expect(new Set(changes.filter(({ type }) => type !== 'mentor').map(({ revision }) => revision)).size).toBe(1)
    const since = `/api/v1/changes?since=${answer.body.cursor}&mentor_id=${mentor_id}`
    // the feed waits for whatever else is being written
    await expect.poll(async () => (await api.get(since)).body.data.length, { timeout: 40_000 }).toBe(changes.length)
    expect(await detail(answer.body.results[0].id)).toMatchObject({ client_event_id: events[0]?.client_event_id })
  })

  it('leads to what the single posts lead to', async () => {
    const [one, other] = [newMentorId(), newMentorId()]
    const payloads = [{}, { expires_at: '2028-01-01T00:00:00Z' }, {}]
    for (const mentor_id of [one, other]) await certify(api, mentor_id, { expires_at: '2026-03-20T00:00:00Z' })
    for (const payload of payloads) await renew(api, one, payload)
    await send(payloads.map((payload) => renewalOf(other, payload)))
    const { mentor_id: _, ...expected } = await snapshot(api, one)
    expect(await snapshot(api, other)).toMatchObject(expected)
  })

  it('lifts the pause of a mentor whose certification had expired, and tells the app once', async () => {
    const mentor_id = newMentorId()
    await certify(api, mentor_id, { expires_at: '2026-03-20T00:00:00Z' })
    await api.post('/api/v1/certifications/expiry-job/run')
    const status = async () => (await api.get(`/api/v1/mentor-status-sync/${mentor_id}`)).body
    expect((await status()).status).toBe('paused')
    const renewal = { expires_at: '2027-05-01T00:00:00Z' }
    expect(verdicts(await send([renewalOf(mentor_id, renewal), renewalOf(mentor_id, renewal)]))).toEqual([
      'applied',
      'applied',
    ])
    const after = await status()
    expect(after.status).toBe('active')
    expect(after.pending_events.map((one: { event_type: string }) => one.event_type).toSorted()).toEqual([
      'PauseMentorEvent',
      'ResumeMentorEvent',
    ])
  })

  it('stores nothing twice when it is sent again as a whole, a month later and also what was removed', async () => {
    const mentor_id = newMentorId()
    const events = [loadOf(mentor_id), renewalOf(mentor_id, {}), enrolOf(mentor_id, 'course-1')]
    const first = await send([...events, events[0]])
    expect(verdicts(first)).toEqual(['applied', 'rejected', 'applied', 'duplicate'])
    const ids = first.body.results.map((one: { id: string }) => one.id)
    expect(ids[3]).toBe(ids[0])
    await api.delete(`${EVENTS}/${ids[2]}`)
    const before = await changesOf(mentor_id)
    await at(api, '2026-04-26T10:00:00Z', async () => {
      const again = await send(events)
      expect(again.body.results).toMatchObject(
        ids.slice(0, 3).map((id: string, index: number) => ({ verdict: 'duplicate', id, processed: index !== 1 })),
      )
    })
    expect(await stored(mentor_id)).toHaveLength(3)
    expect(await changesOf(mentor_id)).toEqual(before)
    expect((await snapshot(api, mentor_id)).enrolled_course_ids).toEqual([])
  })

  it('takes the same name for two mentors as two events', async () => {
    const [one, other] = [newMentorId(), newMentorId()]
    const client_event_id = '1'
    expect(verdicts(await send([loadOf(one, { client_event_id }), loadOf(other, { client_event_id })]))).toEqual([
      'applied',
      'applied',
    ])
  })

  it('stores each event once when two send it at once', async () => {
    const mentor_id = newMentorId()
    await certify(api, mentor_id)
    const events = Array.from({ length: 20 }, () => renewalOf(mentor_id, {}))
    const both = await Promise.all([send(events), send(events.toReversed())])
    expect(both.flatMap(verdicts).toSorted()).toEqual([...Array(20).fill('applied'), ...Array(20).fill('duplicate')])
    expect(await stored(mentor_id)).toHaveLength(20)
  })
})

describe('a bad event', () => {
  it('is rejected by itself, in the language of the phone', async () => {
    const mentor_id = newMentorId()
    const good = loadOf(mentor_id)
    const bad: [unknown, string, string][] = [
      ['event', 'Dette er ikke', 'This is not'],
      [{ ...good, client_event_id: undefined }, 'client_event_id', 'client_event_id'],
      [{ ...good, client_event_id: '' }, 'client_event_id', 'client_event_id'],
      [{ ...good, event_type: 'Revoke' }, '«Revoke»', '“Revoke”'],
      [named(mentor_id, 'EnrolInCourseEvent', { payload: {} }), '«payload.course_id»', '“payload.course_id”'],
      [{ ...good, client_timestamp: '2026-03-26T10:00:00' }, '«client_timestamp»', '“client_timestamp”'],
      [{ ...good, client_event_id: 'a\0b' }, 'Dette er ikke', 'This is not'],
    ]
    const events = bad.flatMap(([item], index) => [item, { ...good, client_event_id: `good-${index}` }])
    for (const [language, place] of [
      ['nb', 1],
      ['en', 2],
    ] as const) {
      const answer = await send(events, { 'accept-language': language })
      expect(answer.status, answer.text).toBe(200)
      for (const [index, row] of bad.entries()) {
        expect(answer.body.results[index * 2]).toMatchObject({ verdict: 'rejected', code: 'invalid_request' })
        expect(answer.body.results[index * 2].detail).toContain(row[place])
        expect(answer.body.results[index * 2 + 1].verdict).toBe(language === 'nb' ? 'applied' : 'duplicate')
      }
    }
    expect(await stored(mentor_id)).toHaveLength(bad.length)
  })

  it('that cannot be carried out now is kept, and done by a retry', async () => {
    const mentor_id = newMentorId()
    const sent = [renewalOf(mentor_id, { certification_type: 'peer_mentor_level_2' })]
    const [renewal] = (await send(sent, { 'accept-language': 'nb' })).body.results
    expect(renewal).toMatchObject({ verdict: 'rejected', code: 'not_processed', processed: false })
    expect(renewal.detail).toContain('lagret')
    await certify(api, mentor_id)
    const retried = await api.put(`${EVENTS}/${renewal.id}`, { retry: true })
    expect(retried.body).toMatchObject({ processed: true })
  })

  it('of an erased mentor is rejected, also when that happens while it waits', async () => {
    const [gone, still] = [newMentorId(), newMentorId()]
    await send([loadOf(gone)])
    const answer = await eraseMeanwhile(api, gone, () => send([loadOf(gone), loadOf(still)]))
    expect(answer.body.results).toMatchObject([
      { verdict: 'rejected', code: 'mentor_not_found', mentor_id: gone },
      { verdict: 'applied' },
    ])
  })

  it('with a key that is not known is rejected under strict handling, and named otherwise', async () => {
    const mentor_id = newMentorId()
    const lenient = await send([loadOf(mentor_id, { mood: 'good' })])
    expect(lenient.headers.get('x-ignored')).toBe('/events/0/mood')
    expect(verdicts(lenient)).toEqual(['applied'])
    const strict = await send([loadOf(mentor_id, { mood: 'good' }), loadOf(mentor_id)], { prefer: 'handling=strict' })
    expect(strict.body.results[0]).toMatchObject({ verdict: 'rejected', code: 'invalid_request' })
    expect(strict.body.results[0].detail).toContain('mood')
    expect(verdicts(strict)).toEqual(['rejected', 'applied'])
  })

  it('is 400 where there is no list of 1 to 500', async () => {
    const mentor_id = newMentorId()
    for (const events of [undefined, [], 'events', Array.from({ length: 501 }, () => loadOf(mentor_id))]) {
      expectProblem(await send(events), 400, 'invalid_request')
    }
    const full = await send(Array.from({ length: 500 }, () => loadOf(mentor_id)))
    expect(new Set(verdicts(full))).toEqual(new Set(['applied']))
  })
})

describe('events with the time of the phone', () => {
  it('take their place in the history by it, corrected by what the clock was wrong', async () => {
    const mentor_id = newMentorId()
    const headers = { 'x-client-time': '2026-03-26T10:58:00Z' }
    await send([enrolOf(mentor_id, 'late', { client_timestamp: '2026-03-26T09:30:00Z' })])
    const early = enrolOf(mentor_id, 'early', { client_timestamp: '2026-03-26T10:20:00Z' })
    const answer = await send([early], headers)
    expect(await detail(answer.body.results[0].id)).toMatchObject({
      client_timestamp: '2026-03-26T10:20:00Z',
      client_clock: '2026-03-26T10:58:00Z',
      clock_ahead_seconds: 3480,
      corrected_timestamp: '2026-03-26T09:22:00Z',
      created_at: '2026-03-26T09:22:00Z',
    })
    expect((await snapshot(api, mentor_id)).enrolled_course_ids).toEqual(['early', 'late'])
    const { data } = (await api.get(`/api/v1/views/changes?mentor=${mentor_id}&kind=bloc_event`)).body
    expect(data[0].after).toMatchObject({ corrected_timestamp: '2026-03-26T09:22:00.000000Z' })
  })

  it('do not renew over a newer renewal, in the same batch or later, nor by a retry', async () => {
    const mentor_id = newMentorId()
    await certify(api, mentor_id)
    const newer = renewalOf(
      mentor_id,
      { expires_at: '2028-03-01T00:00:00Z' },
      { client_timestamp: '2026-03-25T00:00:00Z' },
    )
    const older = renewalOf(
      mentor_id,
      { expires_at: '2027-09-01T00:00:00Z' },
      { client_timestamp: '2026-03-24T00:00:00Z' },
    )
    const another = { ...older, client_event_id: randomUUID(), client_timestamp: '2026-03-23T00:00:00Z' }
    const first = await send([newer, older], { 'accept-language': 'en' })
    expect(verdicts(first)).toEqual(['applied', 'superseded'])
    expect(first.body.results[1]).toMatchObject({ processed: false, detail: expect.stringContaining('newer renewal') })
    expect(verdicts(await send([another, newer, older]))).toEqual(['superseded', 'duplicate', 'duplicate'])
    const retried = await api.put(`${EVENTS}/${first.body.results[1].id}`, { retry: true })
    expect(retried.body).toMatchObject({ processed: false })
    expect((await snapshot(api, mentor_id)).expires_at).toBe('2028-03-01T00:00:00Z')
    const untimed = renewalOf(mentor_id, { expires_at: '2029-03-01T00:00:00Z' })
    expect(verdicts(await send([untimed]))).toEqual(['applied'])
    expect((await api.get(`${BASE}/${mentor_id}`)).body.expires_at).toBe('2029-03-01T00:00:00Z')
  })
})
