import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Api, newMentorId, openApi } from './harness'
import { EVENTS, expectProblem, NOW, pause, resume, snapshot } from './sync-requests'

let api: Api
beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api.close())

/** The server's clock stands at 10:00. */
const FIFTY_EIGHT_AHEAD = { 'x-client-time': '2026-03-26T10:58:00Z' }
const detail = async (id: string) => (await api.get(`${EVENTS}/${id}`)).body
const inboxRow = async (id: string) => (await api.get(`/api/v1/views/sync-inbox?event=${id}`)).body.data[0]
const logged = async (mentorId: string) =>
  (await api.get(`/api/v1/views/changes?mentor=${mentorId}&kind=sync_event`)).body.data[0].after

describe('a phone whose clock is wrong', () => {
  it('is taken at its time less the skew, and both times are shown side by side', async () => {
    const mentor_id = newMentorId()
    const sent = { mentor_id, client_timestamp: '2026-03-26T10:02:00.123456Z' }
    const answer = await pause(api, sent, FIFTY_EIGHT_AHEAD)
    expect(Object.keys(answer.body)).toEqual(
      Object.keys((await pause(api, { ...sent, mentor_id: newMentorId() })).body),
    )
    const times = {
      client_timestamp: '2026-03-26T10:02:00Z',
      client_clock: '2026-03-26T10:58:00Z',
      clock_ahead_seconds: 3480,
      corrected_timestamp: '2026-03-26T09:04:00Z',
      effective_at: '2026-03-26T09:04:00Z',
      server_timestamp: NOW,
    }
    expect(await detail(answer.body.sync_event_id)).toMatchObject(times)
    expect(await inboxRow(answer.body.sync_event_id)).toMatchObject({ ...times, ahead_seconds: 0 })
    expect(await logged(mentor_id)).toMatchObject({
      client_timestamp: '2026-03-26T10:02:00.123456Z',
      client_clock: '2026-03-26T10:58:00.000000Z',
      corrected_timestamp: '2026-03-26T09:04:00.123456Z',
      effective_at: '2026-03-26T09:04:00.123456Z',
    })
  })

  it('is taken later where its clock is behind', async () => {
    const mentor_id = newMentorId()
    const headers = { 'x-client-time': '2026-03-26T08:30:00+00:00' }
    const { body } = await pause(api, { mentor_id, client_timestamp: '2026-03-26T08:00:00Z' }, headers)
    expect(await detail(body.sync_event_id)).toMatchObject({
      clock_ahead_seconds: -5400,
      effective_at: '2026-03-26T09:30:00Z',
    })
    expect(await inboxRow(body.sync_event_id)).toMatchObject({ late_by_seconds: 1800 })
  })

  it('takes its place among the others by the corrected time', async () => {
    const mentor_id = newMentorId()
    await pause(api, { mentor_id, client_timestamp: '2026-03-26T09:30:00Z' })
    const early = { mentor_id, client_timestamp: '2026-03-26T10:20:00Z' } // 09:22
    expect((await resume(api, early, FIFTY_EIGHT_AHEAD)).body).toMatchObject({ accepted: false })
    const late = { mentor_id, client_timestamp: '2026-03-26T10:40:00Z' } // 09:42
    expect((await resume(api, late, FIFTY_EIGHT_AHEAD)).body).toMatchObject({ accepted: true })
    expect((await snapshot(api, mentor_id)).status).toBe('active')
    // without the header the same clock counts as it is
    const other = newMentorId()
    await pause(api, { mentor_id: other, client_timestamp: '2026-03-26T09:30:00Z' })
    expect((await resume(api, { ...early, mentor_id: other })).body).toMatchObject({ accepted: true })
  })

  it('keeps the order of its own events, however long each is under way', async () => {
    const mentor_id = newMentorId()
    const first = { mentor_id, client_timestamp: '2026-03-26T10:20:00Z' }
    await pause(api, first, { 'x-client-time': '2026-03-26T10:57:50Z' })
    const second = { mentor_id, client_timestamp: '2026-03-26T10:20:05Z' }
    const answer = await resume(api, second, { 'x-client-time': '2026-03-26T10:58:10Z' })
    expect(answer.body).toMatchObject({ accepted: true, resulting_status: 'active' })
    const times = await detail(answer.body.sync_event_id)
    expect(times).toMatchObject({ clock_ahead_seconds: 3470, effective_at: '2026-03-26T09:22:15Z' })
  })

  it('is the server’s time where the corrected one still lies ahead', async () => {
    const sent = { mentor_id: newMentorId(), client_timestamp: '2026-03-26T12:30:00Z' }
    const { body } = await pause(api, sent, FIFTY_EIGHT_AHEAD)
    expect(await detail(body.sync_event_id)).toMatchObject({
      corrected_timestamp: '2026-03-26T11:32:00Z',
      effective_at: NOW,
    })
  })

  it('is known again when it sends an event once more, by a clock that was set meanwhile', async () => {
    const sent = { mentor_id: newMentorId(), client_timestamp: '2026-03-26T10:02:00Z' }
    const first = await pause(api, sent, FIFTY_EIGHT_AHEAD)
    const again = await pause(api, sent, { 'x-client-time': NOW })
    expect(again.text).toBe(first.text)
    expect(await detail(first.body.sync_event_id)).toMatchObject({ effective_at: '2026-03-26T09:04:00Z' })
  })

  it('may be wrong by thousands of years and loses nothing', async () => {
    for (const clock of ['9999-12-31T23:59:59Z', '1900-01-01T00:00:00Z']) {
      const headers = { 'x-client-time': clock }
      for (const client_timestamp of ['1901-01-01T00:00:00Z', '2026-03-26T09:00:00Z', '9999-12-31T00:00:00Z']) {
        const answer = await pause(api, { mentor_id: newMentorId(), client_timestamp }, headers)
        expect(answer.status, answer.text).toBe(201)
        expect((await detail(answer.body.sync_event_id)).effective_at <= NOW).toBe(true)
      }
    }
  })
})

describe('a phone whose clock is right', () => {
  it('is believed within half a minute, and shows no more than before', async () => {
    const sent = { mentor_id: newMentorId(), client_timestamp: '2026-03-26T09:04:00Z' }
    const { body } = await pause(api, sent, { 'x-client-time': '2026-03-26T10:00:30Z' })
    const one = await detail(body.sync_event_id)
    expect(one).toMatchObject({ effective_at: '2026-03-26T09:04:00Z' })
    for (const key of ['client_clock', 'clock_ahead_seconds', 'corrected_timestamp']) {
      expect(one).not.toHaveProperty(key)
      expect(await inboxRow(body.sync_event_id)).not.toHaveProperty(key)
      expect(await logged(sent.mentor_id)).not.toHaveProperty(key)
    }
  })
})

describe('X-Client-Time', () => {
  it('counts for every event of a batch', async () => {
    const mentor_id = newMentorId()
    const events = [
      { event_type: 'PauseMentorEvent', mentor_id, client_timestamp: '2026-03-26T10:20:00Z' },
      { event_type: 'ResumeMentorEvent', mentor_id, client_timestamp: '2026-03-26T10:30:00Z' },
      { event_type: 'PauseMentorEvent', mentor_id },
    ]
    const answer = await api.post(`${EVENTS}/batch`, { events }, FIFTY_EIGHT_AHEAD)
    const ids = answer.body.results.map((one: { sync_event_id: string }) => one.sync_event_id)
    expect(await detail(ids[0])).toMatchObject({ corrected_timestamp: '2026-03-26T09:22:00Z' })
    expect(await detail(ids[1])).toMatchObject({ effective_at: '2026-03-26T09:32:00Z', clock_ahead_seconds: 3480 })
    const click = await detail(ids[2])
    expect(click).toMatchObject({ client_timestamp: null, effective_at: NOW })
    expect(click).not.toHaveProperty('corrected_timestamp')
  })

  it('that cannot be read is 400 and names the header; nothing is stored', async () => {
    const mentor_id = newMentorId()
    for (const bad of ['yesterday', '2026-03-26T10:00:00', '2026-02-30T10:00:00Z', '']) {
      const headers = { 'x-client-time': bad }
      for (const answer of [
        await pause(api, { mentor_id }, headers),
        await api.post(`${EVENTS}/batch`, { events: [{ event_type: 'PauseMentorEvent', mentor_id }] }, headers),
      ]) {
        expectProblem(answer, 400, 'invalid_request')
        expect(answer.body.errors[0].pointer).toBe('X-Client-Time')
      }
    }
    expect((await api.get(`/api/v1/mentor-status-sync/${mentor_id}`)).status).toBe(404)
    expect((await pause(api, { mentor_id }, { 'x-client-time': '2026-03-26T12:00:00+02:00' })).status).toBe(201)
  })
})
