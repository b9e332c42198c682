import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { at, certify, EVENTS, emit, enrol, entries, load, NOW, renew, snapshot } from './bloc-requests'
import { type Api, doubledPath, newMentorId, openApi } from './harness'
import { expectProblem } from './sync-requests'

let api: Api
beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api.close())

describe('RecordRenewalEvent', () => {
  it('renews the current certification of its type and leaves the others', async () => {
    const mentor_id = newMentorId()
    const id = await certify(api, mentor_id, { certification_type: 'first_aid', expires_at: '2026-05-01T00:00:00Z' })
    await certify(api, mentor_id)
    const { body } = await renew(api, mentor_id, {
      certification_type: 'first_aid',
      issued_at: '2026-03-20T00:00:00Z',
      expires_at: '2026-12-31T23:59:59.5+01:00',
    })
    expect(body).toMatchObject({ processed: true, new_state: { cert_status: 'active' } })
    expect(body).not.toHaveProperty('error')
    expect((await api.get(`/api/v1/certifications/${id}`)).body).toMatchObject({
      issued_at: '2026-03-20T00:00:00Z',
      expires_at: '2026-12-31T22:59:59Z',
    })
    expect(await snapshot(api, mentor_id)).toMatchObject({
      cert_type: 'peer_mentor_level_2',
      expires_at: '2027-03-01T00:00:00Z',
    })
    expect((await api.get(`/api/v1/certifications?mentor_id=${mentor_id}`)).body.pagination.total).toBe(2)
  })

  it('renews the certification with the latest expiry when no type is named', async () => {
    const mentor_id = newMentorId()
    await certify(api, mentor_id, { certification_type: 'first_aid', expires_at: '2026-05-01T00:00:00Z' })
    await certify(api, mentor_id)
    await renew(api, mentor_id, { expires_at: '2028-03-01T00:00:00Z' })
    expect(await snapshot(api, mentor_id)).toMatchObject({
      cert_type: 'peer_mentor_level_2',
      issued_at: '2026-03-01T00:00:00Z',
      expires_at: '2028-03-01T00:00:00Z',
    })
  })

  it('runs one term on from the present expiry, or from now where that has passed', async () => {
    const [valid, lapsed] = [newMentorId(), newMentorId()]
    await certify(api, valid)
    await renew(api, valid, {})
    expect(await snapshot(api, valid)).toMatchObject({ issued_at: NOW, expires_at: '2028-02-29T00:00:00Z' })
    await certify(api, lapsed, { issued_at: '2026-01-01T00:00:00Z', expires_at: '2026-02-01T00:00:00Z' })
    expect(await snapshot(api, lapsed)).toMatchObject({ cert_status: 'expired' })
    expect((await renew(api, lapsed, {})).body.new_state.cert_status).toBe('active')
    expect(await snapshot(api, lapsed)).toMatchObject({ expires_at: '2026-04-26T10:00:00Z' })
  })

  it('records the first certification of a type', async () => {
    const mentor_id = newMentorId()
    await renew(api, mentor_id, { certification_type: 'peer_mentor_basic', expires_at: '2027-01-01T00:00:00Z' })
    expect(await snapshot(api, mentor_id)).toMatchObject({
      cert_status: 'active',
      cert_type: 'peer_mentor_basic',
      issued_at: NOW,
      expires_at: '2027-01-01T00:00:00Z',
    })
    expect((await api.get(`/api/v1/certifications?mentor_id=${mentor_id}`)).body.pagination.total).toBe(1)
  })

  it('is stored with an error when it cannot be applied, and applied by a retry once it can', async () => {
    const mentor_id = newMentorId()
    const { status, body } = await renew(api, mentor_id, {})
    expect(status).toBe(201)
    expect(body).toMatchObject({
      processed: false,
      error: expect.stringContaining('no certification'),
      new_state: { cert_status: 'none' },
    })
    expect(Object.keys(body).at(-1)).toBe('error')
    const path = `${EVENTS}/${body.id}`
    const vain = await api.put(path, { retry: true })
    expect(vain.body).toEqual({ id: body.id, retried: true, processed: false, updated_at: NOW, error: body.error })
    await certify(api, mentor_id)
    await at(api, '2026-03-27T10:00:00Z', async () => {
      const done = await api.put(path, { retry: true })
      expect(done.body).toEqual({ id: body.id, retried: true, processed: true, updated_at: '2026-03-27T10:00:00Z' })
    })
    expect(await snapshot(api, mentor_id)).toMatchObject({
      issued_at: '2026-03-27T10:00:00Z',
      expires_at: '2028-02-29T00:00:00Z',
    })
    expect((await api.get(path)).body).toMatchObject({
      processed: true,
      error: null,
      applied: { certification_type: 'peer_mentor_level_2', expires_at: '2028-02-29T00:00:00Z' },
      created_at: NOW,
      updated_at: '2026-03-27T10:00:00Z',
    })
  })

  it.each<[string, object]>([
    ['the first of a type without an expiry', { certification_type: 'first_aid' }],
    ['an expiry before the stored issue date', { expires_at: '2026-02-01T00:00:00Z' }],
    ['an issue date beyond the term', { issued_at: '2090-01-01T00:00:00Z' }],
  ])('is not processed with %s, and changes no certification', async (_, payload) => {
    const mentor_id = newMentorId()
    await certify(api, mentor_id)
    const before = await snapshot(api, mentor_id)
    const { status, body } = await renew(api, mentor_id, payload)
    expect(status).toBe(201)
    expect(body).toMatchObject({ processed: false, error: expect.any(String) })
    expect(await snapshot(api, mentor_id)).toMatchObject({ expires_at: before.expires_at, issued_at: before.issued_at })
  })

  it('makes a mentor active whom the lapse kept paused, and tells the app', async () => {
    const mentor_id = newMentorId()
    await certify(api, mentor_id, { expires_at: '2026-03-20T00:00:00Z' })
    const sync = (event_type: string) => api.post('/api/v1/mentor-status-sync/events', { mentor_id, event_type })
    await sync('PauseMentorEvent')
    expect((await sync('ResumeMentorEvent')).body).toMatchObject({
      resulting_status: 'paused',
      held_by: 'certification_expired',
    })
    await renew(api, mentor_id, { expires_at: '2027-03-20T00:00:00Z' })
    expect((await api.get(`/api/v1/mentor-status-sync/${mentor_id}`)).body).toMatchObject({
      status: 'active',
      is_eligible_for_assignment: true,
    })
    const told = await api.get(`/api/v1/mentor-status-sync?mentor_id=${mentor_id}&origin=server`)
    expect(told.body.data).toMatchObject([{ event_type: 'ResumeMentorEvent', resulting_status: 'active' }])
  })

  it('leaves a mentor paused who is paused by hand', async () => {
    const mentor_id = newMentorId()
    await certify(api, mentor_id, { expires_at: '2026-03-20T00:00:00Z' })
    await api.post('/api/v1/mentor-status-sync/events', { mentor_id, event_type: 'PauseMentorEvent' })
    await renew(api, mentor_id, { expires_at: '2027-03-20T00:00:00Z' })
    expect((await api.get(`/api/v1/mentor-status-sync/${mentor_id}`)).body.status).toBe('paused')
    const resumed = await api.post('/api/v1/mentor-status-sync/events', { mentor_id, event_type: 'ResumeMentorEvent' })
    expect(resumed.body).toMatchObject({ accepted: true, resulting_status: 'active' })
  })
})

describe('Idempotency-Key', () => {
  it('replays by Idempotency-Key and refuses the key for another event', async () => {
    const mentor_id = newMentorId()
    const keyed = { 'idempotency-key': `bloc-${mentor_id}` }
    const first = await emit(api, mentor_id, 'LoadCertificationEvent', {}, keyed)
    const again = await emit(api, mentor_id, 'LoadCertificationEvent', {}, keyed)
    expect(again.text).toBe(first.text)
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    expect((await snapshot(api, mentor_id)).event_history).toHaveLength(1)
    expectProblem(
      await emit(api, mentor_id, 'EnrolInCourseEvent', { course_id: 'a' }, keyed),
      422,
      'idempotency_key_reused',
    )
  })
})

describe('PUT', () => {
  it('applies an event again with the effect of applying it once', async () => {
    const mentor_id = newMentorId()
    await certify(api, mentor_id)
    const renewed = await renew(api, mentor_id, {})
    const enrolled = await enrol(api, mentor_id, 'a')
    const before = await snapshot(api, mentor_id)
    await at(api, '2026-03-26T10:10:00Z', async () => {
      for (const { id } of [renewed.body, enrolled.body, renewed.body]) {
        const answered = await api.put(doubledPath(`${EVENTS}/${id}`), { retry: true })
        expect(answered.status).toBe(200)
        expect(answered.text).toBe(
          JSON.stringify({ id, retried: true, processed: true, updated_at: '2026-03-26T10:10:00Z' }),
        )
      }
    })
    expect(await snapshot(api, mentor_id)).toEqual(before)
  })

  it('does not undo what happened to the certification since', async () => {
    const mentor_id = newMentorId()
    const id = await certify(api, mentor_id)
    const { body } = await renew(api, mentor_id, { expires_at: '2029-01-01T00:00:00Z' })
    await api.put(`/api/v1/certifications/${id}`, { status: 'revoked' })
    expect((await api.put(`${EVENTS}/${body.id}`, { retry: true })).body.processed).toBe(true)
    expect(await snapshot(api, mentor_id)).toMatchObject({ cert_status: 'revoked' })
  })

  it('applies once when several retry at once', async () => {
    const mentor_id = newMentorId()
    const { body } = await renew(api, mentor_id, {})
    await certify(api, mentor_id)
    const answers = await Promise.all([1, 2, 3].map(() => api.put(`${EVENTS}/${body.id}`, { retry: true })))
    expect(answers.map((answer) => answer.body.processed)).toEqual([true, true, true])
    expect(await snapshot(api, mentor_id)).toMatchObject({ expires_at: '2028-02-29T00:00:00Z' })
  })

  it.each<[string, unknown]>([
    ['false', { retry: false }],
    ['an empty body', {}],
    ['a word', { retry: 'true' }],
    ['null', null],
  ])('refuses %s', async (_, wrong) => {
    const { body } = await load(api, newMentorId())
    expectProblem(await api.put(`${EVENTS}/${body.id}`, wrong), 400, 'invalid_request')
    expect((await api.get(`${EVENTS}/${body.id}`)).body.updated_at).toBe(NOW)
    expect((await api.put(`${EVENTS}/${body.id}`, { retry: true })).status).toBe(200)
  })

  it('honours If-Match by the version', async () => {
    const { body, headers } = await load(api, newMentorId())
    const path = `${EVENTS}/${body.id}`
    const first = { 'if-match': headers.get('etag') ?? '' }
    expect((await api.put(path, { retry: true }, first)).status).toBe(200)
    expectProblem(await api.put(path, { retry: true }, first), 412, 'precondition_failed')
    expectProblem(await api.delete(path, first), 412, 'precondition_failed')
    const current = { 'if-match': (await api.get(path)).headers.get('etag') ?? '' }
    expect((await api.delete(path, current)).status).toBe(200)
  })
})

describe('DELETE', () => {
  it('takes the event out of the history; certifications stay as they are', async () => {
    const mentor_id = newMentorId()
    await certify(api, mentor_id)
    const enrolled = await enrol(api, mentor_id, 'a')
    await enrol(api, mentor_id, 'b')
    const again = await enrol(api, mentor_id, 'a')
    const renewed = await renew(api, mentor_id, { expires_at: '2029-01-01T00:00:00Z' })
    expect((await entries(api, `mentor_id=${mentor_id}`)).data[0].last_event).toBe('RecordRenewalEvent')
    const gone = await api.delete(doubledPath(`${EVENTS}/${renewed.body.id}`))
    expect(gone.status).toBe(200)
    expect(gone.text).toBe(JSON.stringify({ deleted: true, id: renewed.body.id }))
    expect((await entries(api, `mentor_id=${mentor_id}`)).data[0].last_event).toBe('EnrolInCourseEvent')
    expect((await snapshot(api, mentor_id)).expires_at).toBe('2029-01-01T00:00:00Z')
    await api.delete(`${EVENTS}/${enrolled.body.id}`)
    expect((await snapshot(api, mentor_id)).enrolled_course_ids).toEqual(['b', 'a'])
    await api.delete(`${EVENTS}/${again.body.id}`)
    const { enrolled_course_ids, event_history } = await snapshot(api, mentor_id)
    expect(enrolled_course_ids).toEqual(['b'])
    expect(event_history).toHaveLength(1)
    expect((await entries(api, `mentor_id=${mentor_id}&course_id=a`)).pagination.total).toBe(0)
    const { rows } = await api.db.query(`SELECT before FROM change WHERE id = $1 AND action = 'deleted'`, [
      enrolled.body.id,
    ])
    expect(rows[0].before).toMatchObject({ event_type: 'EnrolInCourseEvent', payload: { course_id: 'a' } })
  })

  it('leaves no entry where nothing is left', async () => {
    const mentor_id = newMentorId()
    const { body } = await load(api, mentor_id)
    expect((await entries(api, `mentor_id=${mentor_id}`)).pagination.total).toBe(1)
    await api.delete(`${EVENTS}/${body.id}`)
    expect((await entries(api, `mentor_id=${mentor_id}`)).pagination.total).toBe(0)
    expect(await snapshot(api, mentor_id)).toMatchObject({ event_history: [] })
  })

  it.each(['evt-bloc-9999999', 'evt-bloc-00001', 'evt-bloc-1', 'evt-bloc-999999999999999', 'evt-5503', '%00'])(
    'is 404 for %s, as are GET and PUT',
    async (id) => {
      await load(api, newMentorId())
      expectProblem(await api.delete(`${EVENTS}/${id}`), 404, 'event_not_found')
      expectProblem(await api.get(`${EVENTS}/${id}`), 404, 'event_not_found')
      expectProblem(await api.put(`${EVENTS}/${id}`, { retry: true }), 404, 'event_not_found')
    },
  )

  it('is 404 the second time', async () => {
    const { body } = await load(api, newMentorId())
    expect((await api.delete(`${EVENTS}/${body.id}`)).status).toBe(200)
    expectProblem(await api.delete(`${EVENTS}/${body.id}`), 404, 'event_not_found')
    expectProblem(await api.get(`${EVENTS}/${body.id}`), 404, 'event_not_found')
    expectProblem(await api.put(`${EVENTS}/${body.id}`, { retry: true }), 404, 'event_not_found')
  })
})
