import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Api, newMentorId, ORG, openApi } from './harness'

let api: Api
beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api?.close())

const put = (id: string, body: unknown, headers = {}) => api.put(`/api/v1/mentors/${id}`, body, headers)
const changesOf = async (id: string) =>
  (
    await api.db.query(
      `SELECT action, c.before, c.after, c.revision::int FROM change c JOIN mentor m ON m.key = c.mentor_key
       WHERE m.mentor_id = $1 ORDER BY position`,
      [id],
    )
  ).rows

describe('PUT /api/v1/mentors/:mentor_id', () => {
  test('creates a mentor and shows it', async () => {
    const id = newMentorId()
    const made = await put(id, { full_name: 'Åse Bjørnstad', email: 'ase@example.no', org_id: ORG })
    expect(made.status).toBe(200)
    expect(made.body).toEqual({
      mentor_id: id,
      full_name: 'Åse Bjørnstad',
      email: 'ase@example.no',
      org_id: ORG,
      incomplete: false,
    })
    const read = await api.get(`/api/v1/mentors/${id}`)
    expect(read.text).toBe(made.text)
    expect(read.headers.get('etag')).toBe(made.headers.get('etag'))
    expect(read.headers.get('changes-cursor')).toBeTruthy()
  })

  test('without a name the mentor stays incomplete until one is given', async () => {
    const id = newMentorId()
    const made = await put(id, { email: 'kari@example.no' })
    expect(made.body).toMatchObject({ full_name: id, email: 'kari@example.no', incomplete: true })
    const named = await put(id, { full_name: 'Kari' })
    expect(named.body).toMatchObject({ full_name: 'Kari', email: 'kari@example.no', incomplete: false })
    const last = (await changesOf(id)).at(-1)
    expect(last).toEqual({
      action: 'profile_changed',
      before: { full_name: id, incomplete: true },
      after: { full_name: 'Kari', incomplete: false },
      revision: 3,
    })
  })

  test('an address is removed by null; what changes nothing leaves no trace', async () => {
    const id = newMentorId()
    await put(id, { full_name: 'Per', email: 'per@example.no' })
    expect((await put(id, { email: null })).body.email).toBeNull()
    const before = await changesOf(id)
    expect((await put(id, { full_name: 'Per', email: null })).status).toBe(200)
    expect(await changesOf(id)).toEqual(before)
  })

  test.each([
    ['nothing', {}, ''],
    ['no body', undefined, ''],
    ['an empty name', { full_name: '  ' }, '/full_name'],
    ['a broken address', { email: 'nowhere' }, '/email'],
    ['another organisation', { full_name: 'X', org_id: 'org_other' }, '/org_id'],
  ])('%s is 400 and stores nothing', async (_, body, pointer) => {
    const id = newMentorId()
    const refused = await put(id, body)
    expect(refused.status).toBe(400)
    expect(refused.body).toMatchObject({ code: 'invalid_request', errors: [{ pointer }] })
    expect((await api.get(`/api/v1/mentors/${id}`)).body.code).toBe('mentor_not_found')
  })

  test('If-Match: the version that was read passes, an older one is 412, an unknown mentor 404', async () => {
    const id = newMentorId()
    const first = await put(id, { full_name: 'Liv' })
    const etag = first.headers.get('etag') ?? ''
    const second = await put(id, { full_name: 'Liv S.' }, { 'if-match': etag })
    expect(second.status).toBe(200)
    const late = await put(id, { full_name: 'Liv T.' }, { 'if-match': etag })
    expect(late.body).toMatchObject({ status: 412, code: 'precondition_failed' })
    expect((await api.get(`/api/v1/mentors/${id}`)).body.full_name).toBe('Liv S.')
    expect((await put(newMentorId(), { full_name: 'X' }, { 'if-match': etag })).body.code).toBe('mentor_not_found')
  })

  test('a repeated Idempotency-Key returns the first answer', async () => {
    const id = newMentorId()
    const key = { 'idempotency-key': `put-${id}` }
    const first = await put(id, { full_name: 'Ola' }, key)
    await put(id, { full_name: 'Ole' })
    const again = await put(id, { full_name: 'Ola' }, key)
    expect(again.text).toBe(first.text)
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    expect((await api.get(`/api/v1/mentors/${id}`)).body.full_name).toBe('Ole')
  })

  test('two at once make one mentor', async () => {
    const id = newMentorId()
    const both = await Promise.all([put(id, { full_name: 'A' }), put(id, { email: 'a@example.no' })])
    expect(both.map((answer) => answer.status)).toEqual([200, 200])
    expect((await api.get(`/api/v1/mentors/${id}`)).body).toMatchObject({ full_name: 'A', email: 'a@example.no' })
    expect((await changesOf(id)).map((change) => change.action)).toEqual([
      'registered',
      'profile_changed',
      'profile_changed',
    ])
  })
})

describe('unknown and erased mentors', () => {
  test('an unknown mentor, or an id of no valid form, is 404', async () => {
    for (const id of ['nobody', 'events', 'a'.repeat(65), 'b%20c', '%00']) {
      const answer = await api.get(`/api/v1/mentors/${id}`)
      expect([id, answer.status, answer.body.code]).toEqual([id, 404, 'mentor_not_found'])
    }
  })

  test('an erased mentor stays 404, also for PUT', async () => {
    const id = newMentorId()
    await put(id, { full_name: 'Gone' })
    await api.db.query(`UPDATE mentor SET erased_at = now() WHERE mentor_id = $1`, [id])
    expect((await api.get(`/api/v1/mentors/${id}`)).body.code).toBe('mentor_not_found')
    expect((await put(id, { full_name: 'Back' })).body.code).toBe('mentor_not_found')
  })

  test('other methods are 405 with Allow', async () => {
    const answer = await api.post('/api/v1/mentors/x', {})
    expect(answer.status).toBe(405)
    expect(answer.headers.get('allow')).toBe('GET, HEAD, PUT, OPTIONS')
  })
})
