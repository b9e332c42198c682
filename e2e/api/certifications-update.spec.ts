import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type draft, idsIn, LIST, recordIn } from './certification-requests'
import { type Api, CONTRACT_NOW, doubledPath, newMentorId, openApi } from './harness'

let api: Api

beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api.close())

const record = (given: Parameters<typeof draft>[0] = {}) => recordIn(api, given)
const idsOf = (query: string) => idsIn(api, query)

describe('PUT /certifications/:id', () => {
  test.each([
    ['short', (path: string) => path],
    ['documented', doubledPath],
  ])('renews as in the example on the %s path', async (_name, form) => {
    const id = await record({ issued_at: '2023-03-01T00:00:00Z', expires_at: '2026-03-01T00:00:00Z' })
    await api.setNow('2026-03-26T11:35:00Z')
    const answer = await api.put(form(`${LIST}/${id}`), { expires_at: '2028-06-15T00:00:00Z', status: 'valid' })
    await api.setNow(CONTRACT_NOW)
    expect(answer.status).toBe(200)
    expect(answer.text).toBe(
      JSON.stringify({
        certification_id: id,
        expires_at: '2028-06-15T00:00:00Z',
        status: 'valid',
        updated_at: '2026-03-26T11:35:00Z',
      }),
    )
  })

  test.each([
    [{}, ''],
    [{ colour: 'blue' }, ''],
    [{ status: 'paused' }, '/status'],
    [{ expires_at: null }, '/expires_at'],
    [{ expires_at: '2020-01-01T00:00:00Z' }, '/expires_at'],
    [{ issued_at: '2027-06-15T00:00:00Z' }, '/issued_at'],
    [{ issued_at: '2026-06-15T00:00:00Z', status: 'expired' }, '/issued_at'],
    [{ status: 'valid', expires_at: '2026-03-01T00:00:00Z' }, '/expires_at'],
    [{ status: 'valid', expires_at: CONTRACT_NOW }, '/expires_at'],
  ])('refuses %j', async (body, pointer) => {
    const id = await record()
    const before = await api.get(`${LIST}/${id}`)
    const answer = await api.put(`${LIST}/${id}`, body)
    expect(answer.status, answer.text).toBe(400)
    expect(answer.body.errors[0].pointer).toBe(pointer)
    expect((await api.get(`${LIST}/${id}`)).headers.get('etag')).toBe(before.headers.get('etag'))
    expect((await api.put(`${LIST}/${id}`, { status: 'valid' })).status).toBe(200)
  })

  test('an empty body is 400, an unknown id 404', async () => {
    const id = await record()
    expect((await api.put(`${LIST}/${id}`)).status).toBe(400)
    expect((await api.put(`${LIST}/cert_00000000`, { status: 'valid' })).status).toBe(404)
  })

  test('`expired` ends it now, once; a later date renews it', async () => {
    const id = await record()
    const ended = await api.put(`${LIST}/${id}`, { status: 'expired' })
    expect(ended.body).toMatchObject({ status: 'expired', expires_at: CONTRACT_NOW })
    await api.setNow('2026-03-27T10:00:00Z')
    expect((await api.put(`${LIST}/${id}`, { status: 'expired' })).body).toMatchObject({ expires_at: CONTRACT_NOW })
    await api.setNow(CONTRACT_NOW)
    expect((await api.put(`${LIST}/${id}`, { expires_at: '2027-01-01T00:00:00Z' })).body.status).toBe('valid')
  })

  test('`revoked` ends it until `valid` lifts it', async () => {
    const mentor_id = newMentorId()
    const older = await record({ mentor_id, expires_at: '2026-12-01T00:00:00Z' })
    const id = await record({ mentor_id })
    expect((await api.put(`${LIST}/${id}`, { status: 'revoked' })).body.status).toBe('revoked')
    expect(await idsOf(`mentor_id=${mentor_id}&current=true`)).toEqual([older])
    expect((await api.put(`${LIST}/${id}`, { expires_at: '2029-01-01T00:00:00Z' })).body.status).toBe('revoked')
    const refused = await api.put(`${LIST}/${id}`, { status: 'expired' })
    expect(refused.status).toBe(409)
    expect(refused.body).toMatchObject({ code: 'transition_not_allowed', allowed: ['valid', 'revoked'] })
    expect((await api.put(`${LIST}/${id}`, { status: 'valid' })).body.status).toBe('valid')
    expect(await idsOf(`mentor_id=${mentor_id}&current=true`)).toEqual([id])
  })

  test('the type can change, also to one that has a current certification', async () => {
    const mentor_id = newMentorId()
    const basic = await record({ mentor_id })
    const advanced = await record({ mentor_id, certification_type: 'advanced', expires_at: '2026-12-01T00:00:00Z' })
    expect((await api.put(`${LIST}/${basic}`, { certification_type: 'advanced' })).status).toBe(200)
    expect(await idsOf(`mentor_id=${mentor_id}&current=true`)).toEqual([basic])
    expect((await api.put(`${LIST}/${basic}`, { certification_type: 'peer_mentor_basic' })).status).toBe(200)
    expect(await idsOf(`mentor_id=${mentor_id}&current=true&sort=created_at`)).toEqual([basic, advanced])
  })

  test('a record sent back whole changes nothing and names what is read-only', async () => {
    const id = await record()
    const { body, headers } = await api.get(`${LIST}/${id}`)
    const answer = await api.put(`${LIST}/${id}`, body)
    expect(answer.status, answer.text).toBe(200)
    expect(answer.headers.get('x-ignored')).toBe(
      'certification_id, mentor_id, auto_pause_applied, auto_pause_applied_at',
    )
    expect((await api.get(`${LIST}/${id}`)).headers.get('etag')).toBe(headers.get('etag'))
  })

  test('dates sent back as they were shown keep their fractions of a second and change nothing', async () => {
    const dates = { issued_at: '2024-06-15T08:00:00.123456Z', expires_at: '2027-06-15T08:00:00.654321Z' }
    const id = await record(dates)
    const { body, headers } = await api.get(`${LIST}/${id}`)
    expect(body).toMatchObject({ issued_at: '2024-06-15T08:00:00Z', expires_at: '2027-06-15T08:00:00Z' })
    const stored = () =>
      api.db.query(
        `SELECT to_char(issued_at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS issued_at,
           to_char(expires_at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS expires_at FROM certification WHERE id = $1`,
        [id],
      )
    expect((await api.put(`${LIST}/${id}`, body)).status).toBe(200)
    expect((await stored()).rows).toEqual([dates])
    expect((await api.get(`${LIST}/${id}`)).headers.get('etag')).toBe(headers.get('etag'))
    const { issued_at } = body
    const changed = { issued_at, expires_at: '2027-06-15T08:00:00.654320Z' }
    expect((await api.put(`${LIST}/${id}`, changed)).status).toBe(200)
    expect((await stored()).rows).toEqual([{ ...dates, expires_at: changed.expires_at }])
    expect((await api.get(`${LIST}/${id}`)).headers.get('etag')).not.toBe(headers.get('etag'))
  })

  test('of two changes on one version the second is 412', async () => {
    const id = await record()
    const tag = (await api.get(`${LIST}/${id}`)).headers.get('etag') ?? ''
    const answers = await Promise.all(
      ['2027-01-01T00:00:00Z', '2028-01-01T00:00:00Z'].map((expires_at) =>
        api.put(`${LIST}/${id}`, { expires_at }, { 'if-match': `W/${tag}` }),
      ),
    )
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 412])
    const done = answers.find((answer) => answer.status === 200)
    const next = await api.put(
      `${LIST}/${id}`,
      { expires_at: '2029-01-01T00:00:00Z' },
      { 'if-match': done?.headers.get('etag') ?? '' },
    )
    expect(next.status).toBe(200)
  })

  test('each change is in the audit trail with what was before and after', async () => {
    const id = await record()
    await api.put(`${LIST}/${id}`, { expires_at: '2028-01-01T00:00:00Z' })
    await api.delete(`${LIST}/${id}`)
    const { rows } = await api.db.query(
      `SELECT action, actor, before ->> 'expires_at' AS before, after ->> 'expires_at' AS after FROM change
       WHERE type = 'certification' AND id = $1 ORDER BY position`,
      [id],
    )
    expect(rows).toEqual([
      { action: 'recorded', actor: 'open', before: null, after: '2027-06-15T00:00:00Z' },
      { action: 'renewed', actor: 'open', before: '2027-06-15T00:00:00Z', after: '2028-01-01T00:00:00Z' },
      { action: 'deleted', actor: 'open', before: '2028-01-01T00:00:00Z', after: null },
    ])
  })
})
