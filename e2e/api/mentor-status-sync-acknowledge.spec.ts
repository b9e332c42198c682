import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eraseMeanwhile } from './erase-meanwhile'
import { type Api, newMentorId, ORG, openApi } from './harness'
import { EVENTS, expectProblem, listed, NOW, pause, resume } from './sync-requests'

const ACKNOWLEDGE = `${EVENTS}/acknowledge`
let api: Api
beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api.close())

const acknowledge = (ids: readonly string[], more: object = {}, headers = {}) =>
  api.post(ACKNOWLEDGE, { ids, ...more }, headers)
const detail = async (id: string) => (await api.get(`${EVENTS}/${id}`)).body

async function report(count = 1, mentor_id = newMentorId()): Promise<string[]> {
  const ids: string[] = []
  for (let index = 0; index < count; index++) {
    const { body } = await pause(api, {
      mentor_id,
      client_timestamp: `2026-03-01T0${index}:00:00Z`,
      reason: 'own words',
    })
    ids.push(body.sync_event_id)
  }
  return ids
}

/** What only the expiry job and renewals write. */
async function tellApp(mentorId: string): Promise<string> {
  const { rows } = await api.db.query(
    `INSERT INTO sync_event (org_id, mentor_key, origin, event_type, effective_at, server_timestamp, accepted, resulting_status, updated_at)
     SELECT org_id, key, 'server', 'PauseMentorEvent', $2, $2, true, 'paused', $2 FROM mentor WHERE mentor_id = $1 RETURNING id`,
    [mentorId, NOW],
  )
  return rows[0].id
}

async function logged(id: string) {
  const { rows } = await api.db.query(
    `SELECT action, revision::int, before, after FROM change WHERE type = 'sync_event' AND id = $1 ORDER BY position`,
    [id],
  )
  return rows
}

const revisionOf = async (mentorId: string): Promise<number> =>
  (await api.db.query(`SELECT revision::int FROM mentor WHERE mentor_id = $1`, [mentorId])).rows[0].revision

describe('acknowledging many events', () => {
  it('answers a result for each in the order sent, and acknowledges as the single PUT does', async () => {
    const [a, b] = [...(await report()), ...(await report())] as [string, string]
    const answer = await acknowledge([b, a])
    expect(answer.status, answer.text).toBe(200)
    expect(answer.body).toEqual({
      results: [
        { sync_event_id: b, outcome: 'done', acknowledged: true, version: 2 },
        { sync_event_id: a, outcome: 'done', acknowledged: true, version: 2 },
      ],
    })
    const [single] = (await report()) as [string]
    await api.put(`${EVENTS}/${single}`, { acknowledged: true })
    const [{ ...one }, { ...other }] = [await detail(a), await detail(single)]
    for (const key of ['sync_event_id', 'mentor_id']) {
      delete one[key]
      delete other[key]
    }
    expect(one).toEqual(other)
    expect((await logged(a)).at(-1)).toEqual((await logged(single)).at(-1))
  })

  it('is unchanged the second time, with no new revision and no row in the change log', async () => {
    const mentor_id = newMentorId()
    const ids = await report(2, mentor_id)
    await acknowledge(ids)
    const before = await revisionOf(mentor_id)
    const again = await acknowledge(ids)
    expect(again.body.results.map((result: { outcome: string }) => result.outcome)).toEqual(['unchanged', 'unchanged'])
    expect(await revisionOf(mentor_id)).toBe(before)
    expect(await logged(ids[0] as string)).toHaveLength(2)
  })

  it('gives a mentor one new revision, however many of its events there are', async () => {
    const mentor_id = newMentorId()
    const ids = await report(3, mentor_id)
    const before = await revisionOf(mentor_id)
    await acknowledge(ids)
    expect(await revisionOf(mentor_id)).toBe(before + 1)
    for (const id of ids)
      expect((await logged(id)).at(-1)).toMatchObject({ action: 'acknowledged', revision: before + 1 })
  })

  it('takes back, and the event is pending again', async () => {
    const mentor_id = newMentorId()
    const [id] = (await report(1, mentor_id)) as [string]
    await acknowledge([id])
    expect((await listed(api, `mentor_id=${mentor_id}`)).pagination.total).toBe(0)
    const back = await acknowledge([id], { acknowledged: false })
    expect(back.body.results).toEqual([{ sync_event_id: id, outcome: 'done', acknowledged: false, version: 3 }])
    expect((await listed(api, `mentor_id=${mentor_id}`)).data).toMatchObject([{ sync_event_id: id }])
    expect((await logged(id)).at(-1)).toMatchObject({
      action: 'unacknowledged',
      before: { acknowledged: true, acknowledged_at: '2026-03-26T10:00:00.000000Z', acknowledged_by: 'open' },
      after: { acknowledged: false, acknowledged_at: null, acknowledged_by: null },
    })
  })

  it('writes one note on all, leaves notes alone without one, and removes them by null', async () => {
    const ids = await report(2)
    await acknowledge(ids, { reason: 'Ringt' })
    for (const id of ids) expect(await detail(id)).toMatchObject({ note: 'Ringt', reason: 'own words' })
    await acknowledge(ids, { acknowledged: false })
    for (const id of ids) expect(await detail(id)).toMatchObject({ note: 'Ringt', acknowledged: false })
    const annotated = await acknowledge(ids, { acknowledged: false, reason: null })
    expect(annotated.body.results).toMatchObject([{ outcome: 'done' }, { outcome: 'done' }])
    for (const id of ids) expect((await detail(id)).note).toBeNull()
    expect((await logged(ids[0] as string)).at(-1)).toMatchObject({ action: 'annotated', after: { note: null } })
  })

  it('writes no note over one that came since the version that is named', async () => {
    const [moved, still] = [...(await report()), ...(await report())] as [string, string]
    await api.put(`${EVENTS}/${moved}`, { reason: 'Somebody else called' })
    const ids = [moved, still]
    const answer = await acknowledge(ids, { versions: [1, 1], reason: 'Ringt' })
    expect(answer.body.results).toMatchObject([
      { sync_event_id: moved, outcome: 'refused', code: 'precondition_failed', acknowledged: false, version: 2 },
      { sync_event_id: still, outcome: 'done', acknowledged: true, version: 2 },
    ])
    expect(await detail(moved)).toMatchObject({ note: 'Somebody else called', acknowledged: false })
    // sent once more, what was done is found so already; without a note nothing can be lost
    const again = await acknowledge(ids, { versions: [2, 1], reason: 'Ringt' })
    expect(again.body.results).toMatchObject([{ outcome: 'done' }, { outcome: 'unchanged' }])
    const back = await acknowledge(ids, { versions: [1, 1], acknowledged: false })
    expect(back.body.results).toMatchObject([{ outcome: 'done' }, { outcome: 'done' }])
  })

  it('refuses the events of a mentor who is erased while it waits, and does the rest', async () => {
    const [gone, still] = [...(await report()), ...(await report())] as [string, string]
    const { mentor_id } = await detail(gone)
    const answer = await eraseMeanwhile(api, mentor_id, () => acknowledge([gone, still]))
    expect(answer.status, answer.text).toBe(200)
    expect(answer.body.results).toMatchObject([
      { sync_event_id: gone, outcome: 'refused', code: 'event_not_found', acknowledged: null },
      { sync_event_id: still, outcome: 'done', acknowledged: true },
    ])
  })

  it('refuses in its row what names no event, and what the app acknowledges, and does the rest', async () => {
    const mentor_id = newMentorId()
    const [good, gone] = (await report(2, mentor_id)) as [string, string]
    await api.delete(`${EVENTS}/${gone}`)
    const server = await tellApp(mentor_id)
    const answer = await acknowledge([gone, 'evt_00000000', good, 'evt-1 æ', server, ''])
    expect(answer.status, answer.text).toBe(200)
    expect(answer.body.results).toMatchObject([
      { sync_event_id: gone, outcome: 'refused', code: 'event_not_found', acknowledged: null },
      { sync_event_id: 'evt_00000000', outcome: 'refused', code: 'event_not_found', acknowledged: null },
      { sync_event_id: good, outcome: 'done', acknowledged: true },
      { outcome: 'refused', code: 'event_not_found' },
      { sync_event_id: server, outcome: 'refused', code: 'acknowledged_by_app', acknowledged: false },
      { sync_event_id: '', outcome: 'refused', code: 'event_not_found' },
    ])
    expect(answer.body.results[0].detail).toContain(gone)
    expect(await detail(server)).toMatchObject({ acknowledged: false })
  })

  it("does not touch another organisation's events", async () => {
    const [id] = (await report()) as [string]
    await api.db.query(`INSERT INTO organisation (id, name) VALUES ('org_other', 'Other') ON CONFLICT DO NOTHING`)
    const foreign = newMentorId()
    const { rows } = await api.db.query(
      `WITH holder AS (
         INSERT INTO mentor (org_id, mentor_id, full_name, search_text, status_updated_at, created_at, updated_at)
         VALUES ('org_other', $1, $1, '', $2, $2, $2) RETURNING key
       )
       INSERT INTO sync_event (org_id, mentor_key, origin, event_type, effective_at, server_timestamp, accepted, resulting_status, updated_at)
       SELECT 'org_other', key, 'app', 'PauseMentorEvent', $2, $2, true, 'paused', $2 FROM holder RETURNING id`,
      [foreign, NOW],
    )
    const answer = await acknowledge([rows[0].id, id])
    expect(answer.body.results).toMatchObject([{ code: 'event_not_found' }, { outcome: 'done' }])
    const stored = await api.db.query(`SELECT acknowledged_at FROM sync_event WHERE id = $1`, [rows[0].id])
    expect(stored.rows[0].acknowledged_at).toBeNull()
  })

  it('refuses a body of another form, and takes its twin', async () => {
    const [id] = (await report()) as [string]
    const bad: [unknown, string][] = [
      [{ ids: [] }, '/ids'],
      [{ ids: [id, id] }, '/ids'],
      [{ ids: Array.from({ length: 501 }, (_, index) => `evt_${index}`) }, '/ids'],
      [{ ids: [1] }, '/ids/0'],
      [{ ids: 'evt' }, '/ids'],
      [{ ids: [id], acknowledged: 'yes' }, '/acknowledged'],
      [{ ids: [id], reason: 'x'.repeat(2001) }, '/reason'],
      [{ ids: [id], versions: [] }, '/versions'],
      [{ ids: [id], versions: [1, 1] }, '/versions'],
      [{ ids: [id], versions: [0] }, '/versions/0'],
      [{}, '/sync_event_ids'],
    ]
    for (const [body, pointer] of bad) {
      const answer = await api.post(ACKNOWLEDGE, body)
      expectProblem(answer, 400, 'invalid_request')
      expect(answer.body.errors[0].pointer).toBe(pointer)
    }
    expect((await detail(id)).acknowledged).toBe(false)
    expect((await acknowledge([id], { reason: 'x'.repeat(2000) })).status).toBe(200)
  })

  it('answers the first answer again under its key', async () => {
    const [id] = (await report()) as [string]
    const headers = { 'idempotency-key': `ack-${id}` }
    const first = await acknowledge([id], {}, headers)
    const again = await acknowledge([id], {}, headers)
    expect(again.text).toBe(first.text)
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    expect(await logged(id)).toHaveLength(2)
    expectProblem(await acknowledge([id], { acknowledged: false }, headers), 422, 'idempotency_key_reused')
  })

  it('acknowledges each event once when two send overlapping lists in opposite orders', async () => {
    const ids = (await Promise.all(Array.from({ length: 30 }, () => report()))).flat()
    const [one, other] = await Promise.all([acknowledge(ids), acknowledge(ids.toReversed())])
    expect([one.status, other.status]).toEqual([200, 200])
    const outcomes = (answer: typeof one) =>
      new Map<string, string>(
        answer.body.results.map((result: { sync_event_id: string; outcome: string }) => [
          result.sync_event_id,
          result.outcome,
        ]),
      )
    for (const id of ids) {
      expect([outcomes(one).get(id), outcomes(other).get(id)].sort()).toEqual(['done', 'unchanged'])
      expect(await logged(id)).toHaveLength(2)
    }
  })

  it('does 500 in well under a second', async () => {
    const made = await api.db.query(
      `WITH holders AS (
         INSERT INTO mentor (org_id, mentor_id, full_name, search_text, status_updated_at, created_at, updated_at)
         SELECT $1, 'bulk-' || n, 'Bulk ' || n, '', $2, $2, $2 FROM generate_series(1, 500) AS n RETURNING key
       )
       INSERT INTO sync_event (org_id, mentor_key, origin, event_type, effective_at, server_timestamp, accepted, resulting_status, updated_at)
       SELECT $1, key, 'app', 'PauseMentorEvent', $2, $2, true, 'paused', $2 FROM holders RETURNING id`,
      [ORG, NOW],
    )
    const ids = made.rows.map((row) => row.id)
    const started = performance.now()
    const answer = await acknowledge(ids, { reason: 'x'.repeat(200) })
    expect(performance.now() - started).toBeLessThan(1000)
    expect(answer.body.results.every((result: { outcome: string }) => result.outcome === 'done')).toBe(true)
    expect(answer.body.results).toHaveLength(500)
    const { rows } = await api.db.query(
      `SELECT count(*)::int AS n FROM change WHERE action = 'acknowledged' AND id = ANY ($1)`,
      [ids],
    )
    expect(rows[0].n).toBe(500)
  })
})

describe('one mentor', () => {
  it('keeps its status when its events are acknowledged', async () => {
    const mentor_id = newMentorId()
    const [id] = (await report(1, mentor_id)) as [string]
    await resume(api, { mentor_id, client_timestamp: '2026-03-02T00:00:00Z' })
    await acknowledge([id])
    const { rows } = await api.db.query(`SELECT paused_by_hand FROM mentor WHERE mentor_id = $1`, [mentor_id])
    expect(rows[0].paused_by_hand).toBe(false)
  })
})
