import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Api, newMentorId, openApi } from './harness'
import { expectProblem, pause, resume } from './sync-requests'

const FEED = '/api/v1/changes'
let api: Api
beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api.close())

interface Fed {
  position: number
  type: string
  id: string
  mentor_id: string
  revision: number
  action: string
}

const read = (query = '') => api.get(`${FEED}?${query}`)
const cursor = async () => (await api.get('/api/v1/mentor-status-sync')).headers.get('changes-cursor') ?? ''

/** Everything from a cursor on; whoever else writes in this cluster may hold the end back for a moment. */
async function follow(since: string, query = ''): Promise<{ changes: Fed[]; next: string; pages: number }> {
  const changes: Fed[] = []
  let next = since
  for (let pages = 1; ; pages++) {
    const { body, status, text } = await read(`since=${next}&${query}`)
    expect(status, text).toBe(200)
    changes.push(...body.data)
    next = body.next
    if (!body.more) return { changes, next, pages }
  }
}

const followed = (since: string, count: number, query = '') =>
  vi.waitFor(
    async () => {
      const found = await follow(since, query)
      expect(found.changes.length).toBeGreaterThanOrEqual(count)
      return found
    },
    // other tests on the same server hold transactions open
    { timeout: 55_000, interval: 50 },
  )

describe('the feed of changes', { timeout: 60_000 }, () => {
  it('tells what happened since a cursor, whole, in order and once', async () => {
    const since = await cursor()
    const mentor_id = newMentorId()
    const paused = await pause(api, { mentor_id, client_timestamp: '2026-03-01T04:00:00Z', reason: 'Ferie' })
    await resume(api, { mentor_id, client_timestamp: '2026-03-02T04:00:00Z' })
    const { changes, next } = await followed(since, 3, `mentor_id=${mentor_id}`)
    expect(changes.find(({ id }) => id === paused.body.sync_event_id)).toEqual({
      position: expect.any(Number),
      type: 'sync_event',
      id: paused.body.sync_event_id,
      mentor_id,
      revision: expect.any(Number),
      action: 'paused',
      actor: 'open',
      at: '2026-03-26T10:00:00Z',
      before: expect.objectContaining({ status: 'active' }),
      after: expect.objectContaining({ reason: 'Ferie' }),
    })
    expect(new Set(changes.map(({ position }) => position)).size).toBe(changes.length)
    const revisions = changes.map(({ revision }) => revision)
    expect(revisions).toEqual(revisions.toSorted((a, b) => a - b))
    expect((await follow(next, `mentor_id=${mentor_id}`)).changes).toEqual([])
  })

  it('comes in pages that neither overlap nor leave a gap, of one kind as well', async () => {
    const since = (await followed(await cursor(), 3)).next
    const mentors = [newMentorId(), newMentorId(), newMentorId()]
    for (const mentor_id of mentors) await pause(api, { mentor_id, client_timestamp: '2026-03-01T04:00:00Z' })
    const whole = await followed(since, 6)
    const paged = await follow(since, 'limit=2')
    expect(paged.changes).toEqual(whole.changes.slice(0, paged.changes.length))
    expect(paged.changes.length).toBe(whole.changes.length)
    expect(paged.pages).toBe(3)
    const ofKind = await follow(since, 'kind=sync_event.paused&limit=1')
    expect(ofKind.changes.map(({ mentor_id }) => mentor_id)).toEqual(mentors)
    expect(ofKind.changes).toEqual(
      whole.changes.filter(({ type, action }) => `${type}.${action}` === 'sync_event.paused'),
    )
    expect((await follow(since, 'mentor_id=nobody')).changes).toEqual([])
  })

  it('begins with the oldest change that is kept when no cursor is given', async () => {
    const mentor_id = newMentorId()
    await pause(api, { mentor_id, client_timestamp: '2026-03-01T04:00:00Z' })
    const isTold = async () => {
      const { body } = await read(`mentor_id=${mentor_id}`)
      expect(body.data.length).toBeGreaterThan(1)
      expect(body.data[0].revision).toBe(1)
    }
    await vi.waitFor(isTold, { timeout: 40_000 })
  })

  it('never skips a transaction that commits late', async () => {
    const late = new pg.Client({ connectionString: api.url })
    await late.connect()
    try {
      const before = await cursor()
      await late.query('BEGIN')
      await late.query(
        `INSERT INTO change (org_id, type, id, action, actor, at)
         SELECT id, 'mentor', 'late', 'registered', 'open', '2026-03-26T10:00:00Z' FROM organisation`,
      )
      const mentor_id = newMentorId()
      await pause(api, { mentor_id, client_timestamp: '2026-03-01T04:00:00Z' })
      // the mentor's changes are committed, but one that may come before them is not
      const held = await follow(before)
      expect(held.changes.filter((change) => change.mentor_id === mentor_id)).toEqual([])
      await late.query('COMMIT')
      const { changes } = await followed(held.next, 3)
      expect(changes.map((change) => change.mentor_id ?? change.id)).toEqual(['late', mentor_id, mentor_id])
    } finally {
      await late.end()
    }
  })
})

describe('a cursor that leads nowhere', () => {
  const reload = async (since: string) => expectProblem(await read(`since=${since}`), 410, 'reload_required')

  it('is 410 when it belongs to another database, where one of this is 200', async () => {
    const [, ...rest] = (await cursor()).split('.')
    await reload(`k3JdP0aZx9.${rest.join('.')}`)
    expect((await read(`since=${await cursor()}`)).status).toBe(200)
  })

  it('is 410 when it comes from a later state, before the database was set back', async () => {
    const [id] = (await cursor()).split('.')
    await reload(`${id}.9000000000000.0`)
  })

  it('is 410 when more has happened since than is kept', async () => {
    const before = await cursor()
    const mentor_id = newMentorId()
    await pause(api, { mentor_id, client_timestamp: '2026-03-01T04:00:00Z' })
    const after = (await followed(before, 2, `mentor_id=${mentor_id}`)).next
    await api.setNow('2026-08-01T10:00:00Z')
    await reload(before)
    // nothing has happened since this one, however old it is
    expect((await read(`since=${after}`)).status).toBe(200)
    expect((await read()).body).toMatchObject({ data: [], more: false })
    await api.setNow('2026-03-26T10:00:00Z')
    expect((await read(`since=${before}`)).status).toBe(200)
  })

  it.each(['x', '1.2.3', 'k3JdP0aZx9.1', 'k3JdP0aZx9.-1.0', 'k3JdP0aZx9.99999999999999999999.0'])(
    'is 400 when it is none: %s',
    async (since) => expectProblem(await read(`since=${since}`), 400, 'invalid_request'),
  )

  it('is 400 with a limit over 500 or a kind that is none', async () => {
    expect((await read('limit=500&kind=mentor')).status).toBe(200)
    expectProblem(await read('limit=501'), 400, 'invalid_request')
    expectProblem(await read('kind=Mentor!'), 400, 'invalid_request')
  })
})
