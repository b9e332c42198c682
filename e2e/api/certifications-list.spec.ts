import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Api, doubledPath, openApi } from './harness'

const LIST = '/api/v1/certifications'
let api: Api
const ids: Record<string, string> = {}

async function record(given: object): Promise<string> {
  const answer = await api.post(LIST, {
    certification_type: 'peer_mentor_basic',
    issued_at: '2024-06-15T00:00:00Z',
    expires_at: '2027-06-15T00:00:00Z',
    ...given,
  })
  expect(answer.status, answer.text).toBe(201)
  return answer.body.certification_id
}

beforeAll(async () => {
  api = await openApi()
  const given: [string, object][] = [
    ['expired', { mentor_id: 'm-1', issued_at: '2023-03-01T00:00:00Z', expires_at: '2026-03-01T00:00:00Z' }],
    ['today', { mentor_id: 'm-2', expires_at: '2026-03-26T22:59:59Z' }],
    // midnight in Oslo: 23:00 UTC in winter time, 22:00 from 29 March on
    ['tomorrow', { mentor_id: 'm-3', expires_at: '2026-03-26T23:00:00Z' }],
    ['29 March', { mentor_id: 'm-4', expires_at: '2026-03-29T21:59:59Z' }],
    ['30 March', { mentor_id: 'm-5', expires_at: '2026-03-29T22:00:00Z' }],
    ['history', { mentor_id: 'm-6', expires_at: '2026-03-28T00:00:00Z' }],
    ['advanced', { mentor_id: 'm-6', certification_type: 'advanced', expires_at: '2028-01-01T00:00:00Z' }],
    ['renewed', { mentor_id: 'm-6', issued_at: '2022-01-01T00:00:00Z', expires_at: '2029-01-01T00:00:00Z' }],
    ['revoked', { mentor_id: 'm-7', certification_type: 'advanced' }],
  ]
  for (const [name, values] of given) ids[name] = await record(values)
  await api.put(`${LIST}/${ids.revoked}`, { status: 'revoked' })
})
afterAll(() => api.close())

test.each([LIST, doubledPath(LIST)])('%s lists the newest recorded first, with the example’s keys', async (path) => {
  const { status, body, headers } = await api.get(`${path}?limit=2`)
  expect(status).toBe(200)
  expect(JSON.stringify(body)).toBe(
    JSON.stringify({
      data: [
        {
          certification_id: ids.revoked,
          mentor_id: 'm-7',
          certification_type: 'advanced',
          issued_at: '2024-06-15T00:00:00Z',
          expires_at: '2027-06-15T00:00:00Z',
          status: 'revoked',
          auto_pause_applied: false,
        },
        {
          certification_id: ids.renewed,
          mentor_id: 'm-6',
          certification_type: 'peer_mentor_basic',
          issued_at: '2022-01-01T00:00:00Z',
          expires_at: '2029-01-01T00:00:00Z',
          status: 'valid',
          auto_pause_applied: false,
        },
      ],
      pagination: { page: 1, limit: 2, total: 9 },
    }),
  )
  expect(headers.get('changes-cursor')).toBeTruthy()
})

test.each([
  ['mentor_id=m-6', ['renewed', 'advanced', 'history']],
  ['mentor_id=nobody', []],
  ['status=expired', ['expired']],
  ['status=revoked', ['revoked']],
  ['status=valid&mentor_id=m-6', ['renewed', 'advanced', 'history']],
  ['certification_type=advanced', ['revoked', 'advanced']],
  ['certification_type=advanced&status=valid', ['advanced']],
  ['expires_after=2028-01-01T00:00:00Z', ['renewed']],
  ['expires_after=2027-12-31T23:59:59%2B00:00&expires_before=2029-01-01T00:00:00Z', ['advanced']],
  ['expires_before=2026-03-26T22:59:59.000001Z', ['today', 'expired']],
  ['expiring_within_days=0', ['today']],
  ['expiring_within_days=1', ['tomorrow', 'today']],
  ['expiring_within_days=3', ['29 March', 'tomorrow', 'today']],
  ['expiring_within_days=4', ['30 March', '29 March', 'tomorrow', 'today']],
  ['current=false', ['revoked', 'history']],
  ['current=true&mentor_id=m-6', ['renewed', 'advanced']],
  ['auto_pause_applied=true', []],
  ['auto_pause_applied=false&mentor_id=m-1', ['expired']],
  ['sort=issued_at&mentor_id=m-6', ['renewed', 'history', 'advanced']],
  ['sort=-expires_at&mentor_id=m-6', ['renewed', 'advanced', 'history']],
  ['sort=expires_at&status=valid&certification_type=peer_mentor_basic&page=2&limit=2', ['history', '29 March']],
])('?%s', async (query, names) => {
  const answer = await api.get(`${LIST}?${query}`)
  expect(answer.status, answer.text).toBe(200)
  expect(answer.body.data.map((item: { certification_id: string }) => item.certification_id)).toEqual(
    names.map((name) => ids[name]),
  )
})

test('the total is exact on every page, also past the end, and right after a write', async () => {
  const pages = await Promise.all([1, 2, 3, 1000].map((page) => api.get(`${LIST}?limit=4&page=${page}`)))
  expect(pages.map((page) => [page.body.data.length, page.body.pagination.total])).toEqual([
    [4, 9],
    [4, 9],
    [1, 9],
    [0, 9],
  ])
  const seen = pages.flatMap((page) =>
    page.body.data.map((item: { certification_id: string }) => item.certification_id),
  )
  expect(new Set(seen).size).toBe(9)
  const extra = await record({ mentor_id: 'm-8' })
  expect((await api.get(LIST)).body.pagination.total).toBe(10)
  await api.delete(`${LIST}/${extra}`)
  expect((await api.get(LIST)).body.pagination.total).toBe(9)
})

test.each([
  'page=0',
  'page=1.5',
  'limit=101',
  'limit=',
  'sort=mentor_id',
  'status=active',
  'mentor_id=a%20b',
  'expires_after=2026-03-26',
  'expiring_within_days=-1',
  'current=yes',
  'auto_pause_applied=1',
  'page=1&page=2',
])('?%s is 400', async (query) => {
  const answer = await api.get(`${LIST}?${query}`)
  expect(answer.status).toBe(400)
  expect(answer.body.errors[0].pointer).toBe(query.split('=')[0])
})

test('unknown parameters are named, and other methods refused', async () => {
  expect((await api.get(`${LIST}?colour=blue`)).headers.get('x-ignored')).toBe('colour')
  const refused = await api.put(LIST, {})
  expect(refused.status).toBe(405)
  expect(refused.headers.get('allow')).toBe('GET, HEAD, POST, OPTIONS')
})

test('304 for an unchanged page', async () => {
  const etag = (await api.get(LIST)).headers.get('etag') ?? ''
  expect((await api.get(LIST, { 'if-none-match': etag })).status).toBe(304)
})
