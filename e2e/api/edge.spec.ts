import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Api, newMentorId, openApi } from './harness'

let api: Api
beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api.close())

const certification = (mentor_id: string) => ({
  mentor_id,
  certification_type: 'peer_mentor_basic',
  issued_at: '2026-01-01T00:00:00Z',
  expires_at: '2028-01-01T00:00:00Z',
})

describe('what every endpoint does at its edge', () => {
  it('makes no metric of its own for an address that names nothing', async () => {
    for (const id of ['odd:1', 'odd@2', 'odd,3', '%6fdd4']) await api.get(`/api/v1/certifications/${id}`)
    const { text } = await api.get('/metrics')
    expect(text).not.toMatch(/odd|6fdd/)
    expect(text).toContain('http_requests_total')
  })

  it('names long and many unknown keys in a header that a client can take', async () => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`new_${index}`, 1]))
    const answered = await api.post('/api/v1/certifications', {
      ...certification(newMentorId()),
      ['é'.repeat(60_000)]: 1,
      ...many,
    })
    expect(answered.status).toBe(201)
    expect(answered.headers.get('x-ignored')?.length).toBeLessThan(4000)
  })

  it('points at a parameter by its name and at a key by its pointer', async () => {
    const strict = { prefer: 'handling=strict' }
    const list = await api.get('/api/v1/certifications?foo=1', strict)
    expect(list.body.errors).toEqual([{ pointer: 'foo', message: expect.any(String) }])
    const post = await api.post('/api/v1/certifications', { ...certification(newMentorId()), foo: 1 }, strict)
    expect(post.body.errors).toEqual([{ pointer: '/foo', message: expect.any(String) }])
    const plain = await api.post('/api/v1/certifications', { ...certification(newMentorId()), foo: 1 })
    expect([plain.status, plain.headers.get('x-ignored')]).toEqual([201, 'foo'])
  })

  it('refuses what it could not keep unchanged', async () => {
    const draft = (inner: string) =>
      `{"event_type":"check","peer_id":"${newMentorId()}","activity_type_id":"t","date":"2026-03-01","draft_activity":{"x":${inner}}}`
    for (const inner of ['12345678901234567890', '{"__proto__":1}', '1e400']) {
      expect((await api.post('/api/v1/duplicate-events', draft(inner))).status, inner).toBe(400)
    }
    expect((await api.post('/api/v1/duplicate-events', draft('9007199254740991'))).status).toBe(201)
    const ancient = { ...certification(newMentorId()), issued_at: '0050-01-01T00:00:00Z' }
    expect((await api.post('/api/v1/certifications', ancient)).status).toBe(400)
  })
})
