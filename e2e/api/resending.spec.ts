import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Answered, type Api, newMentorId, openApi } from './harness'
import { EVENTS, NOW, pause, resume, snapshot, storedEvents } from './sync-requests'

const LATER = '2026-09-26T10:00:00Z'
let api: Api
beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api.close())

/** Half a year goes by, and whatever is kept for a while only is swept away. */
async function later<T>(work: () => Promise<T>): Promise<T> {
  await api.setNow(LATER)
  try {
    await api.db.query(`SELECT graphile_worker.add_job('sweep-kept-answers')`)
    await api.finishJobs()
    return await work()
  } finally {
    await api.setNow(NOW)
  }
}

const keptAnswers = async (key: string) =>
  (await api.db.query('SELECT FROM idempotency WHERE key = $1', [key])).rowCount
async function changesOf(mentorId: string): Promise<number> {
  const { rows } = await api.db.query(
    'SELECT count(*)::int AS n FROM change c JOIN mentor m ON m.key = c.mentor_key WHERE m.mentor_id = $1',
    [mentorId],
  )
  return rows[0].n
}

const pauseOf = (mentor_id: string) => ({ mentor_id, client_timestamp: '2026-03-20T08:00:00.123456Z' })
const verdicts = (answer: Answered) => answer.body.results.map((one: { verdict: string }) => one.verdict)

it('knows a pause or resume by mentor, type and time long after its Idempotency-Key is forgotten', async () => {
  const mentor_id = newMentorId()
  const key = randomUUID()
  const first = await pause(api, pauseOf(mentor_id), { 'idempotency-key': key })
  expect(await keptAnswers(key)).toBe(1)
  const state = await snapshot(api, mentor_id)
  await later(async () => {
    expect(await keptAnswers(key)).toBe(0)
    const again = await pause(api, pauseOf(mentor_id), { 'idempotency-key': key, 'x-client-time': LATER })
    expect([again.status, again.text]).toEqual([201, first.text])
    expect(again.headers.get('idempotent-replayed')).toBeNull()
    const batch = await api.post(`${EVENTS}/batch`, {
      events: [{ event_type: 'PauseMentorEvent', ...pauseOf(mentor_id) }],
    })
    expect(batch.body.results).toMatchObject([{ verdict: 'duplicate', sync_event_id: first.body.sync_event_id }])
    // the twin: another type at the same time is another event
    expect((await resume(api, pauseOf(mentor_id))).body.sync_event_id).not.toBe(first.body.sync_event_id)
  })
  expect(await storedEvents(api, mentor_id)).toBe(2)
  expect(await snapshot(api, mentor_id)).toMatchObject({ status: state.status })
})

it('knows what was superseded, acknowledged or deleted as well, and changes nothing by it', async () => {
  const mentor_id = newMentorId()
  const newest = await resume(api, { mentor_id, client_timestamp: '2026-03-21T08:00:00Z' })
  const late = await pause(api, pauseOf(mentor_id))
  expect(late.body).toMatchObject({ accepted: false, rejection_reason: 'superseded' })
  await api.put(`${EVENTS}/${newest.body.sync_event_id}`, { acknowledged: true, reason: 'Ringt' })
  await api.delete(`${EVENTS}/${late.body.sync_event_id}`)
  const before = await changesOf(mentor_id)
  await later(async () => {
    expect((await pause(api, pauseOf(mentor_id))).text).toBe(late.text)
    expect((await resume(api, { mentor_id, client_timestamp: '2026-03-21T08:00:00Z' })).text).toBe(newest.text)
    const events = [
      { event_type: 'PauseMentorEvent', ...pauseOf(mentor_id) },
      { event_type: 'ResumeMentorEvent', mentor_id, client_timestamp: '2026-03-21T08:00:00Z' },
    ]
    expect(verdicts(await api.post(`${EVENTS}/batch`, { events }))).toEqual(['duplicate', 'duplicate'])
  })
  expect((await api.get(`${EVENTS}/${late.body.sync_event_id}`)).status).toBe(404)
  expect((await api.get(`${EVENTS}/${newest.body.sync_event_id}`)).body).toMatchObject({ note: 'Ringt' })
  expect(await changesOf(mentor_id)).toBe(before)
})

it('knows a certification event by its client_event_id, also when it was removed', async () => {
  const BATCH = '/api/v1/certification-bloc/events/batch'
  const mentor_id = newMentorId()
  const event = { mentor_id, event_type: 'EnrolInCourseEvent', payload: { course_id: 'c' } }
  const events = [
    { ...event, client_event_id: 'kept' },
    { ...event, client_event_id: 'removed' },
  ]
  const key = randomUUID()
  const first = await api.post(BATCH, { events }, { 'idempotency-key': key })
  expect(verdicts(first)).toEqual(['applied', 'applied'])
  await api.delete(`/api/v1/certification-bloc/events/${first.body.results[1].id}`)
  await later(async () => {
    const again = await api.post(BATCH, { events }, { 'idempotency-key': key })
    expect(verdicts(again)).toEqual(['duplicate', 'duplicate'])
    expect(again.body.results.map((one: { id: string }) => one.id)).toEqual(
      first.body.results.map((one: { id: string }) => one.id),
    )
    const another = await api.post(BATCH, { events: [{ ...event, client_event_id: 'another' }] })
    expect(verdicts(another)).toEqual(['applied'])
  })
  const { event_history } = (await api.get(`/api/v1/certification-bloc/${mentor_id}`)).body
  expect(event_history).toHaveLength(2)
})
