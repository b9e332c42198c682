import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Api, newMentorId, ORG, openApi } from './harness'
import { EVENTS, expectProblem, NOW, pause, resume } from './sync-requests'

const INBOX = '/api/v1/views/sync-inbox'
let api: Api
beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api.close())

const view = async (query = '') => (await api.get(`${INBOX}?${query}`)).body
const select = (query: string, asOf: string) => api.get(`${INBOX}/selection?${query}&as_of=${encodeURIComponent(asOf)}`)
const idsOf = (body: { data: { sync_event_id: string }[] }) => body.data.map((row) => row.sync_event_id)

async function report(mentor_id: string, hour: number): Promise<string> {
  const at = `2026-03-01T${String(hour).padStart(2, '0')}:00:00Z`
  return (await pause(api, { mentor_id, client_timestamp: at, reason: 'own words' })).body.sync_event_id
}

describe('the view of the inbox', () => {
  it('shows the rows of a tab, how many lie in each, and when it was read', async () => {
    const mentor_id = newMentorId()
    const first = await report(mentor_id, 4)
    const late = (await resume(api, { mentor_id, client_timestamp: '2026-03-01T02:00:00Z' })).body.sync_event_id
    const done = await report(mentor_id, 5)
    await api.put(`${EVENTS}/${done}`, { acknowledged: true, reason: 'Ringt' })

    const pending = await view(`mentor_id=${mentor_id}`)
    expect(pending).toMatchObject({
      tab: 'pending',
      counts: { pending: 1, not_accepted: 1, acknowledged: 1 },
      pagination: { page: 1, limit: 20, total: 1 },
      data: [{ sync_event_id: first, mentor_id, reason: 'own words', note: null, newer_at: null, version: 1 }],
    })
    expect(idsOf(await view(`mentor_id=${mentor_id}&tab=not_accepted`))).toEqual([late])
    const acknowledged = await view(`mentor_id=${mentor_id}&tab=acknowledged`)
    expect(acknowledged.data).toMatchObject([
      { sync_event_id: done, note: 'Ringt', acknowledged_by: 'open', version: 2 },
    ])
    const everybody = await view('limit=1')
    expect(everybody.pagination.total).toBe(everybody.counts.pending)
    expect(everybody.as_of >= pending.as_of).toBe(true)
  })

  it('sorts by the time of the tab, both ways, as `place` compares', async () => {
    const mentor_id = newMentorId()
    const ids = [await report(mentor_id, 1), await report(mentor_id, 2), await report(mentor_id, 3)]
    const forwards = await view(`mentor_id=${mentor_id}`)
    expect(idsOf(forwards)).toEqual(ids)
    expect(idsOf(await view(`mentor_id=${mentor_id}&sort=-time`))).toEqual(ids.toReversed())
    const places = forwards.data.map((row: { place: string }) => row.place)
    expect(places).toEqual(places.toSorted())
    expect(idsOf(await view(`mentor_id=${mentor_id}&limit=2&page=2`))).toEqual(ids.slice(2))
  })

  it('shows one event in whichever tab it lies', async () => {
    const mentor_id = newMentorId()
    const id = await report(mentor_id, 1)
    expect(await view(`event=${id}&tab=acknowledged`)).toMatchObject({ tab: 'pending', data: [{ sync_event_id: id }] })
    await api.put(`${EVENTS}/${id}`, { acknowledged: true })
    expect(await view(`event=${id}`)).toMatchObject({ tab: 'acknowledged', data: [{ sync_event_id: id }] })
    await api.delete(`${EVENTS}/${id}`)
    expect(await view(`event=${id}`)).toMatchObject({ tab: 'pending', data: [], pagination: { total: 0 } })
  })

  it.each(['tab=lost', 'page=0', 'limit=101', 'sort=name', 'event=evt', 'mentor_id=a b'])(
    'refuses %s',
    async (query) => {
      const answer = await api.get(`${INBOX}?${query}`)
      expectProblem(answer, 400, 'invalid_request')
      expect(answer.body.errors[0].pointer).toBe(query.split('=')[0])
    },
  )
})

describe('the selection of everything', () => {
  it('holds what matched when the inbox was read, without what came or was changed since', async () => {
    const mentor_id = newMentorId()
    const [still, noted, acknowledged] = [
      await report(mentor_id, 1),
      await report(mentor_id, 2),
      await report(mentor_id, 3),
    ]
    const { as_of } = await view(`mentor_id=${mentor_id}`)
    await api.put(`${EVENTS}/${noted}`, { reason: 'changed since' })
    await api.put(`${EVENTS}/${acknowledged}`, { acknowledged: true })
    await report(mentor_id, 4)
    const answer = await select(`mentor_id=${mentor_id}`, as_of)
    expect(answer.body).toEqual({
      data: [{ sync_event_id: still, mentor_id, mentor_name: mentor_id, note: null, version: 1 }],
      left_out: 2,
    })
    // what was acknowledged meanwhile is in the other tab, and came there since
    const other = await select(`mentor_id=${mentor_id}&tab=acknowledged`, as_of)
    expect(other.body).toEqual({ data: [], left_out: 1 })
    const now = await view(`mentor_id=${mentor_id}`)
    expect(idsOf((await select(`mentor_id=${mentor_id}`, now.as_of)).body)).toEqual(idsOf(now))
  })

  it('leaves alone what a transaction wrote that was open while the inbox was read', async () => {
    const mentor_id = newMentorId()
    const [still, open] = [await report(mentor_id, 1), await report(mentor_id, 2)]
    const client = new pg.Client({ connectionString: api.url })
    await client.connect()
    try {
      await client.query('BEGIN')
      await client.query(
        `INSERT INTO change (org_id, type, id, action, actor, at) VALUES ($1, 'sync_event', $2, 'annotated', 'open', $3)`,
        [ORG, open, NOW],
      )
      await client.query(`UPDATE sync_event SET note = 'late', version = version + 1 WHERE id = $1`, [open])
      const { as_of } = await view(`mentor_id=${mentor_id}`)
      expect(idsOf((await select(`mentor_id=${mentor_id}`, as_of)).body)).toEqual([still, open])
      await client.query('COMMIT')
      expect((await select(`mentor_id=${mentor_id}`, as_of)).body).toMatchObject({
        data: [{ sync_event_id: still }],
        left_out: 1,
      })
    } finally {
      await client.end()
    }
  })

  it('refuses a list of another database, and what is no as_of at all', async () => {
    const { as_of } = await view()
    const [at, , snapshot] = as_of.split('~')
    expectProblem(await select('tab=pending', `${at}~AAAAAAAAAA~${snapshot}`), 409, 'list_outdated')
    for (const bad of ['', 'now', `${as_of}x`, `${at}~${snapshot}`]) {
      const answer = await select('tab=pending', bad)
      expectProblem(answer, 400, 'invalid_request')
      expect(answer.body.errors[0].pointer).toBe('as_of')
    }
    expectProblem(await api.get(`${INBOX}/selection`), 400, 'invalid_request')
    expect((await select('tab=pending', as_of)).status).toBe(200)
  })

  it('refuses an as_of of a time that does not exist, or not of the last 24 hours', async () => {
    const { as_of } = await view()
    const [at, ...rest] = as_of.split('~')
    const read = (time: string) => select('tab=pending', [time, ...rest].join('~'))
    for (const time of ['2026-13-99T99:99:99.000000Z', '2026-02-30T10:00:00.000000Z', '0000-01-01T00:00:00.000000Z']) {
      const answer = await read(time)
      expectProblem(answer, 400, 'invalid_request')
      expect(answer.body.errors[0].pointer).toBe('as_of')
    }
    for (const time of ['2026-03-25T09:59:59.999999Z', '9999-12-31T23:59:59.999999Z']) {
      expectProblem(await read(time), 409, 'list_outdated')
    }
    for (const time of ['2026-03-25T10:00:00.000000Z', at]) expect((await read(time)).status).toBe(200)
  })

  it('holds 10,000 events, the first in its order, and says how many more match', async () => {
    await api.db.query(
      `WITH holder AS (
         INSERT INTO mentor (org_id, mentor_id, full_name, search_text, status_updated_at, created_at, updated_at)
         VALUES ($1, 'busy', 'Busy', '', $2, $2, $2) RETURNING key
       )
       INSERT INTO sync_event (org_id, mentor_key, origin, event_type, effective_at, server_timestamp, accepted, resulting_status, updated_at)
       SELECT $1, key, 'app', 'PauseMentorEvent', $2, $2, true, 'paused', $2 FROM holder, generate_series(1, 10001)`,
      [ORG, NOW],
    )
    const { as_of, counts } = await view('mentor_id=busy')
    expect(counts.pending).toBe(10_001)
    const { body } = await select('mentor_id=busy', as_of)
    expect(new Set(idsOf(body)).size).toBe(10_000)
    expect(body.left_out).toBe(1)
    const last = (await view('mentor_id=busy&sort=-time&limit=1')).data
    expect(idsOf(body)).not.toContain(last[0].sync_event_id)
    await api.delete(`${EVENTS}/${last[0].sync_event_id}`)
    expect(await select('mentor_id=busy', as_of)).toMatchObject({ body: { left_out: 0 } })
  })
})
