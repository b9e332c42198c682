import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listActors, listChanges, readAllChanges } from '@/domain/changes/queries'
import { changeList, changeListQuery } from '@/domain/changes/schema'
import { type Api, ORG, openApi } from '@/e2e/api/harness'
import type { Call } from '@/lib/call'
import { pool, readSnapshot } from '@/lib/db'
import type { Instant } from '@/lib/instant'

let api: Api
const callOf = (org: string): Call => ({
  caller: { org, actor: 'open' },
  now: '2026-03-26T10:00:00.000000Z' as Instant,
  requestId: 'test',
  ifMatch: null,
  afterCommit: () => {},
})
const call = callOf(ORG)
const list = (query: Record<string, string> = {}) => listChanges(pool(), call, changeListQuery.parse(query))
const idsOf = async (query: Record<string, string>) => (await list(query)).data.map(({ id }) => id)

interface Made {
  id: string
  at: string
  mentor?: string
  type?: string
  action?: string
  actor?: string
  org?: string
}

async function log({ id, at, mentor, type = 'activity', action = 'recorded', actor = 'open', org = ORG }: Made) {
  await api.db.query(
    `INSERT INTO change (org_id, type, id, mentor_key, revision, action, actor, at, after, request_id)
     VALUES ($1, $2, $3, (SELECT key FROM mentor WHERE org_id = $1 AND mentor_id = $4), 1, $5, $6, $7, '{"title": "Tur"}', 'r')`,
    [org, type, id, mentor ?? null, action, actor, at],
  )
}

beforeAll(async () => {
  api = await openApi()
  await api.db.query(`INSERT INTO organisation (id, name) VALUES ('org_other', 'Andre')`)
  for (const [org, id, name] of [
    [ORG, 'm-1', 'Åse Ærø'],
    [ORG, 'm-10', 'Bo Berg'],
    [ORG, 'm-gone', 'Åse Borte'],
    ['org_other', 'm-1', 'Åse Annen'],
  ]) {
    await api.db.query(
      `INSERT INTO mentor (org_id, mentor_id, full_name, search_text, status_updated_at, created_at, updated_at)
       VALUES ($1, $2, $3, '', now(), now(), now())`,
      [org, id, name],
    )
  }
  // days in Oslo: winter time until 29 March 2026 at 02:00, summer time from then on
  await log({ id: 'a1', at: '2026-03-27T22:59:59.999999Z', mentor: 'm-1' })
  await log({ id: 'a2', at: '2026-03-27T23:00:00Z', mentor: 'm-1', type: 'certification', action: 'renewed' })
  await log({
    id: 'a3',
    at: '2026-03-28T23:00:00Z',
    mentor: 'm-10',
    actor: 'expiry-job',
    type: 'mentor',
    action: 'paused',
  })
  await log({ id: 'a4', at: '2026-03-29T21:59:59.999999Z', mentor: 'm-10', type: 'certification', action: 'deleted' })
  await log({ id: 'a5', at: '2026-03-29T22:00:00Z', actor: 'phone' })
  await log({ id: 'gone', at: '2026-03-29T22:00:01Z', mentor: 'm-gone' })
  await log({ id: 'other', at: '2026-03-29T22:00:02Z', mentor: 'm-1', org: 'org_other', actor: 'somebody' })
  await api.db.query(`UPDATE mentor SET erased_at = now() WHERE mentor_id = 'm-gone'`)
})
afterAll(() => api.close())

describe('the change log', () => {
  it('lists what happened in the organisation, the newest first, without what an erased mentor did', async () => {
    const { data, pagination } = await list()
    expect(data.map(({ id }) => id)).toEqual(['a5', 'a4', 'a3', 'a2', 'a1'])
    expect(pagination).toEqual({ page: 1, limit: 20, total: 5 })
    expect(data[3]).toEqual({
      position: expect.any(Number),
      type: 'certification',
      id: 'a2',
      mentor_id: 'm-1',
      full_name: 'Åse Ærø',
      revision: 1,
      action: 'renewed',
      actor: 'open',
      at: '2026-03-27T23:00:00Z',
      before: null,
      after: { title: 'Tur' },
      request_id: 'r',
    })
    expect(await idsOf({ sort: 'at' })).toEqual(['a1', 'a2', 'a3', 'a4', 'a5'])
  })

  it.each([
    [{ actor: 'expiry-job' }, ['a3']],
    [{ actor: 'somebody' }, []],
    [{ kind: 'certification' }, ['a4', 'a2']],
    [{ kind: 'certification.renewed' }, ['a2']],
    [{ kind: 'certification.made_up' }, []],
    // an id that is somebody's is that one alone, though it is a part of another's
    [{ mentor: 'm-1' }, ['a2', 'a1']],
    [{ mentor: 'm-' }, ['a4', 'a3', 'a2', 'a1']],
    [{ mentor: 'ase ÆRØ' }, ['a2', 'a1']],
    [{ mentor: 'Borte' }, []],
    [{ mentor: '%' }, []],
    [{ actor: 'open', kind: 'certification', mentor: 'berg' }, ['a4']],
    [{ from: '2026-03-28', to: '2026-03-28' }, ['a2']],
    [{ from: '2026-03-29', to: '2026-03-29' }, ['a4', 'a3']],
    [{ from: '2026-03-30' }, ['a5']],
    [{ to: '2026-03-27' }, ['a1']],
    [{ from: '2026-03-31' }, []],
  ])('filters by %o, and counts exactly', async (query, ids) => {
    const { data, pagination } = await list({ ...query, limit: '1' })
    expect(pagination.total).toBe(ids.length)
    expect(data.map(({ id }) => id)).toEqual(ids.slice(0, 1))
    expect(await idsOf(query)).toEqual(ids)
  })

  it('shows each entry on one page, and none past the end', async () => {
    const pages = await Promise.all(['1', '2', '3', '4'].map((page) => list({ page, limit: '2' })))
    expect(pages.map(({ data }) => data.map(({ id }) => id))).toEqual([['a5', 'a4'], ['a3', 'a2'], ['a1'], []])
    expect(pages.map(({ pagination }) => pagination.total)).toEqual([5, 5, 5, 5])
  })

  it('names who stands in it, each once, of this organisation only', async () => {
    expect(await listActors(pool(), call)).toEqual(['expiry-job', 'open', 'phone'])
    expect(await listActors(pool(), callOf('org_other'))).toEqual(['somebody'])
    expect(await listActors(pool(), callOf('org_none'))).toEqual([])
  })

  it('is a view of the API', async () => {
    const answer = await api.get('/api/v1/views/changes?kind=certification&from=2026-03-28')
    expect(answer.status).toBe(200)
    expect(changeList.parse(answer.body).data.map(({ id }) => id)).toEqual(['a4', 'a2'])
    for (const wrong of ['from=2026-02-30', 'to=tomorrow', 'kind=a.b.c', 'limit=101', 'page=0', 'sort=actor']) {
      expect([wrong, (await api.get(`/api/v1/views/changes?${wrong}`)).status]).toEqual([wrong, 400])
    }
  })
})

async function readThrough(all: AsyncIterable<unknown>) {
  for await (const _ of all);
}

describe('all of it', () => {
  const filters = changeListQuery.parse({ kind: 'activity' })
  const read = () => readSnapshot((snapshot) => readAllChanges(snapshot, call, filters))

  it('is what the pages show, in one state of the database', async () => {
    const made = 2500
    await api.db.query(
      `INSERT INTO change (org_id, type, id, action, actor, at) SELECT $1, 'activity', 'bulk-' || n, 'recorded', 'open',
         timestamptz '2026-01-01' + n * interval '1 second' FROM generate_series(1, $2::int) AS n`,
      [ORG, made],
    )
    const found: string[] = []
    for await (const piece of read()) {
      if (found.length === 0) await log({ id: 'late', at: '2026-01-01T00:00:00Z' })
      found.push(...piece.map(({ id }) => id))
    }
    expect(found).toHaveLength(made + 2)
    expect(found.slice(0, 3)).toEqual(['a5', 'a1', `bulk-${made}`])
    expect(found).not.toContain('late')
    const { data, pagination } = await list({ kind: 'activity', limit: '100', page: '3' })
    expect(pagination.total).toBe(made + 3)
    expect(data.map(({ id }) => id)).toEqual(found.slice(200, 300))
  })

  it('gives its connection back when it is given up, and when it fails', async () => {
    for (let round = 0; round < 30; round++) {
      for await (const piece of read()) {
        expect(piece).toHaveLength(250)
        break
      }
    }
    for (let round = 0; round < 30; round++) {
      const failing = readSnapshot(async function* (snapshot) {
        yield 1
        await snapshot.query('SELECT 1 / 0')
      })
      await expect(readThrough(failing)).rejects.toThrow('division by zero')
    }
    expect(await idsOf({ actor: 'phone' })).toEqual(['a5'])
  })

  it('writes nothing', async () => {
    const writing = readSnapshot(async function* (snapshot) {
      yield (await snapshot.query(`DELETE FROM change`)).rowCount
    })
    await expect(readThrough(writing)).rejects.toThrow('read-only transaction')
  })

  it('leaves half of the connections to others', async () => {
    const open: ReturnType<typeof read>[] = []
    const begin = async () => {
      const reading = read()
      open.push(reading)
      await reading.next()
    }
    for (let n = 0; n < 5; n++) await begin()
    await expect(begin()).rejects.toMatchObject({ code: 'too_many_requests' })
    expect(await idsOf({ actor: 'phone' })).toEqual(['a5'])
    for (const reading of open) await reading.return(undefined)
    await begin()
    await open.at(-1)?.return(undefined)
  })
})
