import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Api, CONTRACT_NOW, doubledPath, ORG, openApi } from './harness'

let api: Api
const BASE = '/api/v1/peer-mentor-bloc'

// name, days until expiry on 26 March 2026 in Oslo, paused
const MENTORS: [id: string, name: string, days: number | null, paused: boolean][] = [
  ['mentor_a1b2c3', 'Kari Nordmann', 665, false],
  ['mntr_02BY7M3RL', 'Åse 100% Ødegård', -25, true],
  ['peer-0091', 'Bjørn Ærlig', 0, false],
  ['peer-0092', 'Cecilie Aas', 30, true],
  ['peer_0093', 'Zoë Müller', 31, false],
  ['mentor-42', 'bjørn Ærlig', null, false],
]

beforeAll(async () => {
  api = await openApi()
  for (const [id, name, days, paused] of MENTORS) {
    const expiry = days === null ? null : new Date(Date.UTC(2026, 2, 26 + days, 12)).toISOString()
    await api.db.query(
      `INSERT INTO mentor (org_id, mentor_id, full_name, email, search_text, status_updated_at, paused_by_hand, last_expiry, created_at, updated_at)
       VALUES ($1, $2, $3, $4, '', $5, $6, $7, $5, $5)`,
      [ORG, id, name, `${id.toLowerCase()}@frivillig.no`, CONTRACT_NOW, paused, expiry],
    )
  }
  await api.db.query(
    `INSERT INTO assignment (org_id, id, mentor_key, contact_name, status, opened_at, closed_at)
     SELECT org_id, s || '-' || n, key, 'Contact', s, now(), CASE WHEN s = 'closed' THEN now() END
     FROM mentor, (VALUES (1, 'open'), (2, 'open'), (3, 'closed')) AS v(n, s) WHERE mentor_id = 'mentor_a1b2c3'`,
  )
  // another organisation's mentor is never seen
  await api.db.query(`INSERT INTO organisation (id, name) VALUES ('org_other', 'Other')`)
  await api.db.query(
    `INSERT INTO mentor (org_id, mentor_id, full_name, search_text, status_updated_at, created_at, updated_at)
     VALUES ('org_other', 'other-1', 'Kari Other', '', now(), now(), now())`,
  )
})
afterAll(() => api?.close())

const ids = async (query: string) => {
  const answer = await api.get(`${BASE}${query}`)
  expect(answer.status).toBe(200)
  expect(answer.body.pagination.total).toBe(answer.body.data.length)
  return answer.body.data.map((item: { mentor_id: string }) => item.mentor_id)
}

describe('GET list', () => {
  test('shows every mentor with live figures, by name in Norwegian order, by both path forms', async () => {
    const answer = await api.get(BASE)
    expect(answer.body.data.map((item: { full_name: string }) => item.full_name)).toEqual([
      'bjørn Ærlig',
      'Bjørn Ærlig',
      'Cecilie Aas',
      'Kari Nordmann',
      'Zoë Müller',
      'Åse 100% Ødegård',
    ])
    expect(answer.body.data[3]).toEqual({
      mentor_id: 'mentor_a1b2c3',
      state: 'idle',
      full_name: 'Kari Nordmann',
      status: 'active',
      open_assignment_count: 2,
      days_until_expiry: 665,
    })
    expect(answer.body.pagination).toEqual({ page: 1, limit: 20, total: 6 })
    expect((await api.get(doubledPath(BASE))).text).toBe(answer.text)
  })

  test('pages do not overlap, and one past the end is empty with its total', async () => {
    const page = async (n: number) => (await api.get(`${BASE}?limit=4&page=${n}&sort=-mentor_id`)).body
    const seen = [...(await page(1)).data, ...(await page(2)).data].map((item) => item.mentor_id)
    expect(seen).toEqual([...seen].sort().reverse())
    expect(new Set(seen).size).toBe(6)
    expect(await page(9)).toEqual({ data: [], pagination: { page: 9, limit: 4, total: 6 } })
  })

  test('sorts by days until expiry, both ways; no certification is last, then first', async () => {
    const byDays = await ids('?sort=days_until_expiry')
    expect(byDays).toEqual(['mntr_02BY7M3RL', 'peer-0091', 'peer-0092', 'peer_0093', 'mentor_a1b2c3', 'mentor-42'])
    expect(await ids('?sort=-days_until_expiry')).toEqual(byDays.toReversed())
    expect(await ids('?sort=-full_name')).toEqual((await ids('?sort=full_name')).toReversed())
  })

  test.each([
    ['?status=paused', ['peer-0092', 'mntr_02BY7M3RL']],
    ['?status=active&sort=mentor_id', ['mentor-42', 'mentor_a1b2c3', 'peer-0091', 'peer_0093']],
    [`?org_id=${ORG}&status=paused`, ['peer-0092', 'mntr_02BY7M3RL']],
    ['?org_id=org_other', []],
    ['?expiring_within_days=0', ['peer-0091']],
    ['?expiring_within_days=30', ['peer-0091', 'peer-0092']],
    ['?expiring_within_days=31', ['peer-0091', 'peer-0092', 'peer_0093']],
    ['?q=zoe', ['peer_0093']],
    ['?q=%C3%96DEGARD', ['mntr_02BY7M3RL']],
    ['?q=aerlig&sort=mentor_id', ['mentor-42', 'peer-0091']],
    ['?q=PEER-0091%40', ['peer-0091']],
    ['?q=100%25', ['mntr_02BY7M3RL']],
    ['?q=peer_0', ['peer_0093']],
    ['?q=%5C', []],
    ['?q=', ['mentor-42', 'peer-0091', 'peer-0092', 'mentor_a1b2c3', 'peer_0093', 'mntr_02BY7M3RL']],
  ])('%s', async (query, expected) => {
    expect(await ids(query)).toEqual(expected)
  })

  test('what has expired does not expire within any days, from the very moment', async () => {
    await api.setNow('2026-03-26T11:59:59Z')
    expect(await ids('?expiring_within_days=0')).toEqual(['peer-0091'])
    await api.setNow('2026-03-26T12:00:00Z')
    expect(await ids('?expiring_within_days=0')).toEqual([])
    expect(await ids('?expiring_within_days=30')).toEqual(['peer-0092'])
    await api.setNow(CONTRACT_NOW)
  })

  test('filters by what is cached', async () => {
    await api.get(`${BASE}/mentor-42`)
    expect(await ids('?state=loaded')).toEqual(['mentor-42'])
    expect(await ids('?state=idle')).toHaveLength(5)
    expect(await ids('?state=failed')).toEqual([])
    await api.delete(`${BASE}/mentor-42`)
    expect(await ids('?state=loaded')).toEqual([])
  })

  test('the total is exact after every change', async () => {
    const total = async () => (await api.get(`${BASE}?limit=1`)).body.pagination.total
    expect([await total(), await total()]).toEqual([6, 6])
    await api.put('/api/v1/mentors/one-more', { full_name: 'Aa' })
    expect(await total()).toBe(7)
    await api.db.query(`DELETE FROM change WHERE mentor_key IN (SELECT key FROM mentor WHERE mentor_id = 'one-more')`)
    await api.db.query(`DELETE FROM mentor WHERE mentor_id = 'one-more'`)
    expect(await total()).toBe(6)
  })

  test.each(['status=gone', 'state=cached', 'expiring_within_days=-1', 'page=0', 'limit=101', 'sort=email'])(
    '%s is 400 and names the parameter',
    async (query) => {
      const answer = await api.get(`${BASE}?${query}`)
      expect(answer.body).toMatchObject({ status: 400, errors: [{ pointer: query.split('=')[0] }] })
    },
  )

  test('an unknown parameter is ignored and named, or refused where that is asked for', async () => {
    const answer = await api.get(`${BASE}?colour=red`)
    expect([answer.status, answer.headers.get('x-ignored')]).toEqual([200, 'colour'])
    expect((await api.get(`${BASE}?colour=red`, { prefer: 'handling=strict' })).status).toBe(400)
  })
})
