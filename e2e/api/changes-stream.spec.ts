import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { openStream, type Stream } from './event-stream'
import { expiryJobSteps } from './expiry-job-steps'
import { type Api, newMentorId, openApi } from './harness'
import { expectProblem, pause, resume } from './sync-requests'

const STREAM = '/api/v1/changes/stream'
let api: Api
const open: Stream[] = []
beforeAll(async () => {
  api = await openApi()
})
afterEach(async () => {
  await Promise.all(open.splice(0).map((stream) => stream.close()))
})
afterAll(() => api.close())

async function listen(query = '', headers = {}): Promise<Stream> {
  const stream = await openStream(api, `${STREAM}?${query}`, headers)
  open.push(stream)
  return stream
}

const { lapsedMentor, run } = expiryJobSteps(() => api)
const pausedOf = (mentor_id: string) => ({ mentor_id, type: 'sync_event', action: 'paused' })

describe('the stream of changes', () => {
  it('tells each change as it happens, with the cursor to come back by', async () => {
    const mentor_id = newMentorId()
    const stream = await listen(`mentor_id=${mentor_id}`)
    await pause(api, { mentor_id, client_timestamp: '2026-03-01T04:00:00Z' })
    const event = await stream.find(pausedOf(mentor_id))
    expect(event.event).toBe('change')
    const rest = await api.get(`/api/v1/changes?since=${event.id}&mentor_id=${mentor_id}`)
    expect(rest.body.data).toEqual([])
  })

  it('goes on after Last-Event-ID: nothing is lost and nothing comes twice', async () => {
    const mentor_id = newMentorId()
    const first = await listen(`mentor_id=${mentor_id}`)
    await pause(api, { mentor_id, client_timestamp: '2026-03-01T04:00:00Z' })
    const { id } = await first.find(pausedOf(mentor_id))
    await first.close()
    await resume(api, { mentor_id, client_timestamp: '2026-03-02T04:00:00Z' })
    const again = await listen(`mentor_id=${mentor_id}`, { 'last-event-id': id })
    await again.find({ action: 'resumed' })
    await pause(api, { mentor_id, client_timestamp: '2026-03-03T04:00:00Z' })
    await again.find(pausedOf(mentor_id))
    const positions = [...first.changes(), ...again.changes()].map(({ position }) => position)
    const { body } = await api.get(`/api/v1/changes?mentor_id=${mentor_id}`)
    expect(positions).toEqual(body.data.map(({ position }: { position: number }) => position))
  })

  it('tells a burst whole, in order and once, while listening and to whoever comes back', async () => {
    const stream = await listen('kind=burst')
    const from = stream.lastEventId()
    await api.db.query(
      `INSERT INTO change (org_id, type, id, action, actor, at)
       SELECT id, 'burst', n::text, 'registered', 'open', '2026-03-26T10:00:00Z'
       FROM organisation, generate_series(1, 4000) AS n`,
    )
    await stream.find({ id: '4000' })
    const ids = stream.changes().map(({ id }) => Number(id))
    expect(ids).toEqual(Array.from({ length: 4000 }, (_, index) => index + 1))
    const again = await listen('kind=burst', { 'last-event-id': stream.events[1999]?.id ?? from })
    await again.find({ id: '4000' })
    expect(again.changes().map(({ id }) => Number(id))).toEqual(ids.slice(2000))
  })

  it('tells a reader who is ahead of the others nothing that it has read', async () => {
    // without a word to those who listen: they hear of it by their next look
    const write = (id: string) =>
      api.db.query(
        `INSERT INTO change (org_id, type, id, action, actor, at)
         SELECT id, 'early', $1, 'registered', 'open', '2026-03-26T10:00:00Z' FROM organisation`,
        [id],
      )
    const other = await listen('kind=early')
    await write('first')
    await other.find({ id: 'first' })
    await write('read')
    // whoever else writes in this cluster may hold the end back for a moment
    const readBoth = async () => {
      const { body } = await api.get('/api/v1/changes?kind=early')
      expect(body.data.map(({ id }: { id: string }) => id)).toEqual(['first', 'read'])
      return body.next
    }
    const next = await vi.waitFor(readBoth, { timeout: 40_000 })
    const stream = await listen(`kind=early&since=${next}`)
    await write('new')
    await stream.find({ id: 'new' })
    expect(stream.changes().map(({ id }) => id)).toEqual(['new'])
  })

  it('tells many the same, each only what it asked for', async () => {
    const [one, other] = [newMentorId(), newMentorId()]
    const streams = await Promise.all([
      listen(),
      listen(`mentor_id=${one}`),
      listen(`mentor_id=${other}`),
      listen('kind=sync_event'),
    ])
    await pause(api, { mentor_id: one, client_timestamp: '2026-03-01T04:00:00Z' })
    await pause(api, { mentor_id: other, client_timestamp: '2026-03-01T04:00:00Z' })
    const [all, ofOne, ofOther, ofKind] = streams as [Stream, Stream, Stream, Stream]
    await Promise.all([all, ofOther, ofKind].map((stream) => stream.find(pausedOf(other))))
    await ofOne.find(pausedOf(one))
    expect(new Set(ofOne.changes().map(({ mentor_id }) => mentor_id))).toEqual(new Set([one]))
    expect(new Set(ofKind.changes().map(({ type }) => type))).toEqual(new Set(['sync_event']))
    expect(all.changes().filter(({ mentor_id }) => mentor_id === one).length).toBeGreaterThan(1)
  })

  it('goes on when its connection to the database is cut', async () => {
    const mentor_id = newMentorId()
    const stream = await listen(`mentor_id=${mentor_id}`)
    await pause(api, { mentor_id, client_timestamp: '2026-03-01T04:00:00Z' })
    await stream.find(pausedOf(mentor_id))
    const { rowCount } = await api.db.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE application_name = 'peer-mentors-changes' AND datname = current_database()`,
    )
    // however many listen, it is one
    expect(rowCount).toBe(1)
    await resume(api, { mentor_id, client_timestamp: '2026-03-02T04:00:00Z' })
    await stream.find({ mentor_id, action: 'resumed' })
  })

  it('waits for a transaction that commits late, and tells what came after it', async () => {
    const mentor_id = newMentorId()
    const stream = await listen('kind=mentor')
    const late = new pg.Client({ connectionString: api.url })
    await late.connect()
    try {
      await late.query('BEGIN')
      await late.query(
        `INSERT INTO change (org_id, type, id, action, actor, at)
         SELECT id, 'mentor', 'late', 'registered', 'open', '2026-03-26T10:00:00Z' FROM organisation`,
      )
      await pause(api, { mentor_id, client_timestamp: '2026-03-01T04:00:00Z' })
      await late.query('COMMIT')
      await stream.find({ mentor_id })
      expect(stream.changes().map(({ id }) => id)).toEqual(['late', mentor_id])
    } finally {
      await late.end()
    }
  })

  it('hears of the expiry job by its announcement, not by the next look', async () => {
    const announced = new pg.Client({ connectionString: api.url })
    await announced.connect()
    try {
      let times = 0
      announced.on('notification', () => times++)
      await announced.query('LISTEN committed')
      const { mentor } = await lapsedMentor()
      await vi.waitFor(() => expect(times).toBeGreaterThan(0))
      const before = times
      const stream = await listen(`mentor_id=${mentor}`)
      await run()
      await vi.waitFor(() => expect(times).toBeGreaterThan(before))
      await stream.find({ mentor_id: mentor, type: 'sync_event' })
    } finally {
      await announced.end()
    }
  })

  it('leaves no connection open when nobody listens any more', async () => {
    const stream = await listen()
    await stream.close()
    await vi.waitFor(async () => {
      const { rowCount } = await api.db.query(
        `SELECT FROM pg_stat_activity WHERE application_name = 'peer-mentors-changes' AND datname = current_database()`,
      )
      expect(rowCount).toBe(0)
    })
  })

  it('answers a cursor that leads nowhere with a problem instead of a stream', async () => {
    const headers = (id: string) => ({ headers: { 'last-event-id': id } })
    expectProblem(await api.request('GET', STREAM, headers('k3JdP0aZx9.1.0')), 410, 'reload_required')
    expectProblem(await api.request('GET', STREAM, headers('yesterday')), 400, 'invalid_request')
    expectProblem(await api.get(`${STREAM}?since=yesterday`), 400, 'invalid_request')
    const stream = await listen(`since=${(await api.get('/api/v1/changes')).body.next}`)
    expect(stream.headers.get('content-type')).toBe('text/event-stream')
  })

  it('answers HEAD without opening a stream', async () => {
    const head = await api.request('HEAD', STREAM)
    expect([head.status, head.text]).toEqual([200, ''])
  })

  it('drops a reader who takes nothing, with a hint when to come back by its last event', async () => {
    const [slow, quick] = [await listen('kind=flood'), await listen('kind=flood')]
    const goOn = slow.hold()
    // beyond what the server holds for a reader and what lies in the connection's own buffers
    const last = 15_000
    await api.db.query(
      `INSERT INTO change (org_id, type, id, action, actor, at, after)
       SELECT id, 'flood', n::text, 'registered', 'open', '2026-03-26T10:00:00Z', jsonb_build_object('text', repeat('x', 2000))
       FROM organisation, generate_series(1, $1::int) AS n`,
      [last],
    )
    await vi.waitFor(() => expect(quick.events.at(-1)?.data.id).toBe(`${last}`), { timeout: 45_000 })
    goOn()
    await slow.ended
    expect(slow.retry()).toBeGreaterThanOrEqual(1000)
    expect(slow.events.length).toBeLessThan(last)
    const again = await listen('kind=flood', { 'last-event-id': slow.lastEventId() })
    await vi.waitFor(() => expect(again.events.at(-1)?.data.id).toBe(`${last}`), { timeout: 45_000 })
    const ids = [slow, again].flatMap((stream) => stream.changes().map(({ id }) => Number(id)))
    expect(ids).toEqual(Array.from({ length: last }, (_, index) => index + 1))
  })
})
