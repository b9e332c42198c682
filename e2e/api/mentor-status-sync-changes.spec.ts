import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Api, doubledPath, newMentorId, openApi } from './harness'
import { BASE, EVENTS, expectProblem, listed, NOW, pause, resume, snapshot, storedEvents } from './sync-requests'

let api: Api
beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api.close())

describe('PUT', () => {
  it('acknowledges and notes, and keeps the mentor’s own words beside the note', async () => {
    const mentor_id = newMentorId()
    const { body } = await pause(api, { mentor_id, reason: 'Taking a short break' })
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
    expect((await snapshot(api, mentor_id)).pending_events).toEqual([])
  })

  it('acknowledges twice without error and takes it back, each change logged once', async () => {
    const mentor_id = newMentorId()
    const { body } = await pause(api, { mentor_id })
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
    expect((await snapshot(api, mentor_id)).pending_events).toHaveLength(1)
    const { rows } = await api.db.query(`SELECT action FROM change WHERE id = $1 ORDER BY position`, [
      body.sync_event_id,
    ])
    expect(rows.map((row) => row.action)).toEqual(['paused', 'acknowledged', 'unacknowledged'])
  })

  it('notes without acknowledging; null removes the note', async () => {
    const { body } = await pause(api, { mentor_id: newMentorId(), reason: 'own words' })
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
    const { body } = await pause(api, { mentor_id: newMentorId() })
    const path = `${EVENTS}/${body.sync_event_id}`
    expectProblem(await api.put(path, wrong), 400, 'invalid_request')
    expect((await api.get(path)).body).toMatchObject({ acknowledged: false, updated_at: NOW })
    expect((await api.put(path, { acknowledged: true })).status).toBe(200)
  })

  it('honours If-Match by the version', async () => {
    const { body, headers } = await pause(api, { mentor_id: newMentorId() })
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
    const { body } = await pause(api, { mentor_id: newMentorId() })
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
    const { body } = await pause(api, { mentor_id, reason: 'private' })
    const path = `${EVENTS}/${body.sync_event_id}`
    const answered = await api.delete(doubledPath(path))
    expect(answered.status).toBe(200)
    expect(answered.text).toBe(JSON.stringify({ sync_event_id: body.sync_event_id, deleted: true, deleted_at: NOW }))
    expect(await snapshot(api, mentor_id)).toMatchObject({ status: 'paused', pending_events: [] })
    expect(await listed(api, `mentor_id=${mentor_id}&acknowledged=all`)).toMatchObject({
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
    const { body } = await pause(api, { mentor_id, client_timestamp: '2026-03-26T09:30:00Z' })
    await api.delete(`${EVENTS}/${body.sync_event_id}`)
    const late = await resume(api, { mentor_id, client_timestamp: '2026-03-26T09:00:00Z' })
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
    const first = await pause(api, { mentor_id }, keyed)
    const again = await pause(api, { mentor_id }, keyed)
    expect(again.text).toBe(first.text)
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    expect(await storedEvents(api, mentor_id)).toBe(1)
    expectProblem(await resume(api, { mentor_id }, keyed), 422, 'idempotency_key_reused')
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
