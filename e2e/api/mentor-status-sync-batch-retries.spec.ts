import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answered, type Api, newMentorId, openApi } from './harness'
import { EVENTS, expectProblem, pause, resume, snapshot, storedEvents } from './sync-requests'

const BATCH = `${EVENTS}/batch`
const at = (minute: number) => `2026-03-26T09:${String(minute).padStart(2, '0')}:00.123456Z`
const pauseOf = (mentor_id: string, more = {}) => ({ event_type: 'PauseMentorEvent', mentor_id, ...more })
const resumeOf = (mentor_id: string, more = {}) => ({ event_type: 'ResumeMentorEvent', mentor_id, ...more })

let api: Api
beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api.close())

const send = (events: unknown, headers = {}): Promise<Answered> => api.post(BATCH, { events }, headers)
const verdicts = (answered: Answered) => answered.body.results.map((one: { verdict: string }) => one.verdict)

async function changesOf(mentorId: string) {
  const { rows } = await api.db.query(
    `SELECT c.type, c.action, c.revision::int, c.before, c.after FROM change c JOIN mentor m ON m.key = c.mentor_key
     WHERE m.mentor_id = $1 ORDER BY position`,
    [mentorId],
  )
  return rows
}

describe('sent again', () => {
  it('stores nothing twice as a whole, also what was superseded, and repeats the first outcomes', async () => {
    const mentor_id = newMentorId()
    const events = [
      pauseOf(mentor_id, { client_timestamp: at(20) }),
      resumeOf(mentor_id, { client_timestamp: at(10) }),
      pauseOf(mentor_id, { client_timestamp: at(20) }),
    ]
    const first = await send(events)
    expect(verdicts(first)).toEqual(['applied', 'superseded', 'duplicate'])
    expect(first.body.results[2].sync_event_id).toBe(first.body.results[0].sync_event_id)
    const changes = await changesOf(mentor_id)
    const again = await send(events)
    expect(verdicts(again)).toEqual(['duplicate', 'duplicate', 'duplicate'])
    for (const index of [0, 1]) {
      const { sync_event_id, resulting_status } = first.body.results[index]
      expect(again.body.results[index]).toMatchObject({ sync_event_id, resulting_status })
    }
    expect(await storedEvents(api, mentor_id)).toBe(2)
    expect(await changesOf(mentor_id)).toEqual(changes)
  })

  it('knows what single posts brought, also deleted, and single posts know what a batch brought', async () => {
    const mentor_id = newMentorId()
    const { body: posted } = await pause(api, { mentor_id, client_timestamp: at(1) })
    await api.delete(`${EVENTS}/${posted.sync_event_id}`)
    const { body } = await send([
      pauseOf(mentor_id, { client_timestamp: at(1) }),
      resumeOf(mentor_id, { client_timestamp: at(2) }),
    ])
    expect(body.results).toMatchObject([
      { verdict: 'duplicate', sync_event_id: posted.sync_event_id },
      { verdict: 'applied' },
    ])
    const single = await resume(api, { mentor_id, client_timestamp: at(2) })
    expect(single.body.sync_event_id).toBe(body.results[1].sync_event_id)
  })

  it('tells events without a time by the key of the batch', async () => {
    const mentor_id = newMentorId()
    const key = { 'idempotency-key': randomUUID() }
    const first = await send([pauseOf(mentor_id), resumeOf(mentor_id)], key)
    const again = await send([pauseOf(mentor_id), resumeOf(mentor_id)], key)
    expect(again.text).toBe(first.text)
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    expect(await storedEvents(api, mentor_id)).toBe(2)
    expectProblem(await send([pauseOf(mentor_id)], key), 422, 'idempotency_key_reused')
  })

  it('two at once, in opposite orders, with mentors that nobody knew', async () => {
    const ids = Array.from({ length: 30 }, newMentorId)
    const events = ids.map((id) => pauseOf(id, { client_timestamp: at(1) }))
    const answers = await Promise.all([
      send(events),
      send(events.toReversed()),
      send(events),
      send(events.toReversed()),
    ])
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    const all = answers.flatMap(verdicts)
    expect(all.filter((verdict) => verdict === 'applied')).toHaveLength(30)
    expect(all.filter((verdict) => verdict === 'duplicate')).toHaveLength(90)
    for (const id of ids) expect(await storedEvents(api, id)).toBe(1)
  })

  it('runs beside single posts of the same mentors', async () => {
    const ids = Array.from({ length: 10 }, newMentorId)
    const answers = await Promise.all([
      send(ids.map((id) => pauseOf(id, { client_timestamp: at(1) }))),
      ...ids.map((mentor_id) => resume(api, { mentor_id, client_timestamp: at(2) })),
    ])
    expect(answers.every(({ status }) => status < 300)).toBe(true)
    for (const id of ids) expect(await snapshot(api, id)).toMatchObject({ status: 'active' })
  })
})

describe('limits', () => {
  it('takes 500 events and refuses 501, and none', async () => {
    const ids = Array.from({ length: 100 }, newMentorId)
    const events = Array.from({ length: 501 }, (_, index) =>
      (index % 2 ? resumeOf : pauseOf)(ids[index % 100] as string, {
        client_timestamp: `2026-03-26T08:${String(Math.floor(index / 60)).padStart(2, '0')}:${String(index % 60).padStart(2, '0')}Z`,
      }),
    )
    expectProblem(await send(events), 400, 'invalid_request')
    for (const id of ids.slice(0, 3)) expect((await api.get(`/api/v1/mentors/${id}`)).status).toBe(404)
    const answered = await send(events.slice(0, 500))
    expect(verdicts(answered)).toEqual(Array(500).fill('applied'))
    expectProblem(await send([]), 400, 'invalid_request')
    expectProblem(await api.post(BATCH, {}), 400, 'invalid_request')
    expectProblem(await send({ 0: pauseOf('mentor-42') }), 400, 'invalid_request')
    expectProblem(await api.post(BATCH, '[', {}), 400, 'invalid_json')
  })

  it('takes 2 MiB and no more', async () => {
    const mentor_id = newMentorId()
    const events = [pauseOf(mentor_id, { client_timestamp: at(1) })]
    const padded = (bytes: number) => {
      const bare = JSON.stringify({ events, padding: '' })
      return JSON.stringify({ events, padding: 'x'.repeat(bytes - bare.length) })
    }
    expectProblem(await api.post(BATCH, padded(2 * 1024 * 1024 + 1)), 413, 'body_too_large')
    expect((await api.get(`/api/v1/mentors/${mentor_id}`)).status).toBe(404)
    expect((await api.post(BATCH, padded(2 * 1024 * 1024))).status).toBe(200)
  })

  it('takes the longest reasons that may be', async () => {
    const mentor_id = newMentorId()
    const long = pauseOf(mentor_id, { reason: 'å'.repeat(2000), client_timestamp: at(1) })
    const { body } = await send([long, { ...long, reason: 'å'.repeat(2001), client_timestamp: at(2) }])
    expect(body.results).toMatchObject([{ verdict: 'applied' }, { verdict: 'rejected', code: 'invalid_request' }])
  })
})
