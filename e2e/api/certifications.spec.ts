import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { draft, idsIn, LIST, recordIn } from './certification-requests'
import { type Api, CONTRACT_NOW, doubledPath, newMentorId, openApi } from './harness'

let api: Api

beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api.close())

const record = (given: Parameters<typeof draft>[0] = {}) => recordIn(api, given)
const idsOf = (query: string) => idsIn(api, query)

describe('POST /certifications', () => {
  test.each([LIST, doubledPath(LIST)])('records the example on %s', async (path) => {
    const mentor = newMentorId()
    const answer = await api.post(path, {
      mentor_id: mentor,
      certification_type: 'peer_mentor_advanced',
      issued_at: '2026-03-26T00:00:00Z',
      expires_at: '2028-03-26T00:00:00Z',
    })
    expect(answer.status).toBe(201)
    expect(answer.text).toBe(
      JSON.stringify({
        certification_id: answer.body.certification_id,
        mentor_id: mentor,
        certification_type: 'peer_mentor_advanced',
        issued_at: '2026-03-26T00:00:00Z',
        expires_at: '2028-03-26T00:00:00Z',
        status: 'valid',
        auto_pause_applied: false,
        created_at: '2026-03-26T10:00:00Z',
      }),
    )
    expect(answer.body.certification_id).toMatch(/^cert_[0-9A-HJKMNP-TV-Z]{8}$/)
    const { rows } = await api.db.query(
      'SELECT incomplete, first_expiry, last_expiry FROM mentor WHERE mentor_id = $1',
      [mentor],
    )
    expect(rows).toHaveLength(1)
    expect(rows[0].incomplete).toBe(true)
    expect(rows[0].first_expiry).toEqual(new Date('2028-03-26T00:00:00Z'))
    expect(rows[0].last_expiry).toEqual(new Date('2028-03-26T00:00:00Z'))
  })

  test.each([
    ['mentor_id', undefined],
    ['mentor_id', 'has spaces'],
    ['mentor_id', 'events'],
    ['certification_type', ''],
    ['certification_type', 7],
    ['certification_type', 'x'.repeat(101)],
    ['issued_at', undefined],
    ['issued_at', '2026-03-26'],
    ['issued_at', '2026-03-26T00:00:00'],
    ['expires_at', undefined],
    ['expires_at', null],
    ['expires_at', '2026-02-30T00:00:00Z'],
    ['expires_at', '2024-06-15T00:00:00Z'],
    ['expires_at', '2020-01-01T00:00:00Z'],
  ])('refuses %s %j and stores nothing', async (key, value) => {
    const given = draft()
    const answer = await api.post(LIST, { ...given, [key]: value })
    expect(answer.status, answer.text).toBe(400)
    expect(answer.body.code).toBe('invalid_request')
    expect(answer.body.errors[0].pointer).toBe(`/${key}`)
    expect(await idsOf(`mentor_id=${given.mentor_id}`)).toEqual([])
    expect((await api.post(LIST, given)).status).toBe(201)
  })

  test('accepts an expiry in the past and reports it expired', async () => {
    const answer = await api.post(
      LIST,
      draft({ issued_at: '2023-03-01T00:00:00Z', expires_at: '2026-03-01T00:00:00Z' }),
    )
    expect(answer.body).toMatchObject({ status: 'expired', auto_pause_applied: false })
  })

  test('keeps offsets and fractions to the microsecond', async () => {
    const id = await record({
      issued_at: '2024-06-15T02:00:00.123456+02:00',
      expires_at: '2024-06-15T00:00:00.123457Z',
    })
    const { body } = await api.get(`${LIST}/${id}`)
    expect(body).toMatchObject({ issued_at: '2024-06-15T00:00:00Z', expires_at: '2024-06-15T00:00:00Z' })
  })

  test('an idempotency key records once, also when sent twice at once', async () => {
    const given = draft()
    const headers = { 'idempotency-key': `post-${given.mentor_id}` }
    const answers = await Promise.all([api.post(LIST, given, headers), api.post(LIST, given, headers)])
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, expect.toBeOneOf([201, 409])])
    const again = await api.post(LIST, given, headers)
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    expect(again.text).toBe(answers.find((answer) => answer.status === 201)?.text)
    expect(await idsOf(`mentor_id=${given.mentor_id}`)).toHaveLength(1)
    expect((await api.post(LIST, { ...given, certification_type: 'other' }, headers)).status).toBe(422)
  })

  test('two at once for a new mentor register it once and leave one current certification', async () => {
    const mentor_id = newMentorId()
    const answers = await Promise.all(
      ['2027-01-01T00:00:00Z', '2028-01-01T00:00:00Z', '2026-12-01T00:00:00Z'].map((expires_at) =>
        api.post(LIST, draft({ mentor_id, expires_at })),
      ),
    )
    expect(answers.map((answer) => answer.status)).toEqual([201, 201, 201])
    expect(await idsOf(`mentor_id=${mentor_id}&current=true`)).toEqual([answers[1]?.body.certification_id])
    expect(await idsOf(`mentor_id=${mentor_id}&current=false`)).toHaveLength(2)
  })

  test('unknown keys are named, and refused where the client asks for strict', async () => {
    const body = { ...draft(), colour: 'blue' }
    expect((await api.post(LIST, body)).headers.get('x-ignored')).toBe('colour')
    expect((await api.post(LIST, body, { prefer: 'handling=strict' })).status).toBe(400)
  })
})

describe('GET /certifications/:id', () => {
  test.each([
    ['short', (path: string) => path],
    ['documented', doubledPath],
  ])('shows the example’s keys on the %s path', async (_name, form) => {
    const mentor_id = newMentorId()
    const id = await record({ mentor_id, issued_at: '2023-03-01T00:00:00Z', expires_at: '2026-03-01T00:00:00Z' })
    const answer = await api.get(form(`${LIST}/${id}`))
    expect(answer.status).toBe(200)
    expect(answer.text).toBe(
      JSON.stringify({
        certification_id: id,
        mentor_id,
        certification_type: 'peer_mentor_basic',
        issued_at: '2023-03-01T00:00:00Z',
        expires_at: '2026-03-01T00:00:00Z',
        status: 'expired',
        auto_pause_applied: false,
        auto_pause_applied_at: null,
      }),
    )
  })

  test.each(['cert_00000000', 'nothing', 'cert_%00', 'expiry-job', '%F0%9F%92%A9'])('%s is 404', async (id) => {
    const answer = await api.get(`${LIST}/${id}`)
    expect(answer.status).toBe(404)
    expect(answer.body.code).toBe('certification_not_found')
  })

  test('304 until something changes, and a status that changed with the clock is never hidden', async () => {
    const id = await record({ expires_at: '2026-03-26T10:30:00Z' })
    const first = await api.get(`${LIST}/${id}`)
    const etag = first.headers.get('etag') ?? ''
    expect(first.body.status).toBe('valid')
    expect((await api.get(`${LIST}/${id}`, { 'if-none-match': etag })).status).toBe(304)
    await api.setNow('2026-03-26T10:30:00Z')
    const later = await api.get(`${LIST}/${id}`, { 'if-none-match': etag })
    expect(later.status).toBe(200)
    expect(later.body.status).toBe('expired')
    // the clock is no edit: the tag read before still allows a change
    const put = await api.put(`${LIST}/${id}`, { expires_at: '2028-06-15T00:00:00Z' }, { 'if-match': etag })
    expect(put.status, put.text).toBe(200)
    await api.setNow(CONTRACT_NOW)
  })
})

describe('DELETE /certifications/:id', () => {
  test.each([
    ['short', (path: string) => path],
    ['documented', doubledPath],
  ])('removes it from every view on the %s path, the older one becomes current', async (_name, form) => {
    const mentor_id = newMentorId()
    const older = await record({ mentor_id, expires_at: '2026-12-01T00:00:00Z' })
    const id = await record({ mentor_id })
    const answer = await api.delete(form(`${LIST}/${id}`))
    expect(answer.status).toBe(200)
    expect(answer.text).toBe(JSON.stringify({ certification_id: id, deleted: true, deleted_at: CONTRACT_NOW }))
    expect((await api.get(`${LIST}/${id}`)).status).toBe(404)
    expect((await api.delete(`${LIST}/${id}`)).status).toBe(404)
    expect(await idsOf(`mentor_id=${mentor_id}&current=true`)).toEqual([older])
  })

  test('If-Match guards it', async () => {
    const id = await record()
    const tag = (await api.get(`${LIST}/${id}`)).headers.get('etag') ?? ''
    await api.put(`${LIST}/${id}`, { expires_at: '2028-01-01T00:00:00Z' })
    expect((await api.delete(`${LIST}/${id}`, { 'if-match': tag })).status).toBe(412)
    const fresh = (await api.get(`${LIST}/${id}`)).headers.get('etag') ?? ''
    expect((await api.delete(`${LIST}/${id}`, { 'if-match': fresh })).status).toBe(200)
  })
})
