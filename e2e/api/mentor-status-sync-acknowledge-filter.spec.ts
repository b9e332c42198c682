import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expiryJobSteps } from './expiry-job-steps'
import { type Api, newMentorId, ORG, openApi } from './harness'
import { EVENTS, expectProblem, NOW, pause, resume } from './sync-requests'

const ACKNOWLEDGE = `${EVENTS}/acknowledge`
let api: Api
beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api.close())

const { holdMentor, someoneWaits } = expiryJobSteps(() => api)

type Result = { sync_event_id: string; outcome: string }
const acknowledge = (filter: object, more: object = {}, headers = {}) =>
  api.post(ACKNOWLEDGE, { filter, ...more }, headers)
const idsOf = (answer: { body: { results: Result[] } }) => answer.body.results.map((one) => one.sync_event_id)
const asOf = async (query = '') => (await api.get(`/api/v1/views/sync-inbox?${query}`)).body.as_of as string
const detail = async (id: string) => (await api.get(`${EVENTS}/${id}`)).body

async function report(mentor_id: string, hour: number): Promise<string> {
  const client_timestamp = `2026-03-01T${String(hour).padStart(2, '0')}:00:00Z`
  return (await pause(api, { mentor_id, client_timestamp })).body.sync_event_id
}

describe('acknowledging by filter', () => {
  it('does what lay in the tab when it was read, with a result for each; what came since stays', async () => {
    const mentor_id = newMentorId()
    const ids = [await report(mentor_id, 1), await report(mentor_id, 2)]
    const refused = (await resume(api, { mentor_id, client_timestamp: '2026-02-01T00:00:00Z' })).body.sync_event_id
    const elsewhere = await report(newMentorId(), 1)
    const as_of = await asOf()
    const later = await report(mentor_id, 3)
    const answer = await acknowledge({ mentor_id, as_of }, { reason: 'Ringt' })
    expect(answer.status, answer.text).toBe(200)
    expect(answer.body).toEqual({
      results: ids.map((id) => ({ sync_event_id: id, outcome: 'done', acknowledged: true, version: 2 })),
      more: false,
    })
    for (const id of ids) expect(await detail(id)).toMatchObject({ acknowledged: true, note: 'Ringt' })
    for (const id of [refused, elsewhere, later]) expect(await detail(id)).toMatchObject({ acknowledged: false })
    expect(idsOf(await acknowledge({ mentor_id, as_of, tab: 'not_accepted' }))).toEqual([refused])
  })

  it('leaves alone what somebody has written to since', async () => {
    const mentor_id = newMentorId()
    const [touched, still] = [await report(mentor_id, 1), await report(mentor_id, 2)]
    const as_of = await asOf()
    await api.put(`${EVENTS}/${touched}`, { reason: 'I am calling' })
    expect(idsOf(await acknowledge({ mentor_id, as_of }))).toEqual([still])
    expect(await detail(touched)).toMatchObject({ acknowledged: false, note: 'I am calling' })
  })

  it('refuses what somebody writes to while it waits for the mentor', async () => {
    const mentor_id = newMentorId()
    const [touched, still] = [await report(mentor_id, 1), await report(mentor_id, 2)]
    const as_of = await asOf()
    const holder = await holdMentor(mentor_id)
    const answering = acknowledge({ mentor_id, as_of }, { reason: 'Ringt' })
    await someoneWaits()
    await holder.query(`UPDATE sync_event SET note = 'I am calling', version = version + 1 WHERE id = $1`, [touched])
    await holder.query(
      `INSERT INTO change (org_id, type, id, action, actor, at) VALUES ($1, 'sync_event', $2, 'annotated', 'open', $3)`,
      [ORG, touched, NOW],
    )
    await holder.query('COMMIT')
    await holder.end()
    expect((await answering).body.results).toMatchObject([
      { sync_event_id: touched, outcome: 'refused', code: 'precondition_failed', version: 2 },
      { sync_event_id: still, outcome: 'done' },
    ])
    expect(await detail(touched)).toMatchObject({ acknowledged: false, note: 'I am calling' })
  })

  it('is taken back for the ids of a call, for one event, and by the filter of the tab', async () => {
    const mentor_id = newMentorId()
    const ids = [await report(mentor_id, 1), await report(mentor_id, 2), await report(mentor_id, 3)]
    const done = idsOf(await acknowledge({ mentor_id, as_of: await asOf() }))
    expect(done).toEqual(ids)
    const back = await api.post(ACKNOWLEDGE, { sync_event_ids: done.slice(0, 2), acknowledged: false })
    expect(back.body).not.toHaveProperty('more')
    expect(back.body.results).toMatchObject([{ outcome: 'done' }, { outcome: 'done' }])
    expect((await detail(ids[0] as string)).acknowledged).toBe(false)
    await api.put(`${EVENTS}/${ids[0]}`, { acknowledged: true })
    await api.put(`${EVENTS}/${ids[0]}`, { acknowledged: false })
    const filter = { mentor_id, tab: 'acknowledged', as_of: await asOf() }
    expect(idsOf(await acknowledge(filter, { acknowledged: false }))).toEqual(ids.slice(2))
    for (const id of ids) expect(await detail(id)).toMatchObject({ acknowledged: false, acknowledged_by: null })
  })

  it('takes 500 a call and says whether there are more, each event once', async () => {
    const mentor_id = newMentorId()
    await api.db.query(
      `WITH holder AS (
         INSERT INTO mentor (org_id, mentor_id, full_name, search_text, status_updated_at, created_at, updated_at)
         VALUES ($1, $2, $2, '', $3, $3, $3) RETURNING key
       )
       INSERT INTO sync_event (org_id, mentor_key, origin, event_type, effective_at, server_timestamp, accepted, resulting_status, updated_at)
       SELECT $1, key, 'app', 'PauseMentorEvent', $3, $3, true, 'paused', $3 FROM holder, generate_series(1, 1001)`,
      [ORG, mentor_id, NOW],
    )
    const filter = { mentor_id, as_of: await asOf() }
    const answers = [await acknowledge(filter), await acknowledge(filter), await acknowledge(filter)]
    expect(answers.map(({ body }) => [body.results.length, body.more])).toEqual([
      [500, true],
      [500, true],
      [1, false],
    ])
    expect(new Set(answers.flatMap(idsOf)).size).toBe(1001)
    expect((await acknowledge(filter)).body).toEqual({ results: [], more: false })
  })

  it('does each event once when two send the same filter at once', async () => {
    const mentor_id = newMentorId()
    for (let hour = 1; hour <= 5; hour++) await report(mentor_id, hour)
    const filter = { mentor_id, as_of: await asOf() }
    const both = await Promise.all([acknowledge(filter), acknowledge(filter)])
    const outcomes = both.flatMap(({ body }) => body.results.map((one: Result) => one.outcome))
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(5)
    expect(new Set(outcomes.filter((outcome) => outcome !== 'done'))).toEqual(
      new Set(outcomes.length > 5 ? ['unchanged'] : []),
    )
  })

  it('refuses a filter that is none, or of a list that has to be read again', async () => {
    const mentor_id = newMentorId()
    const id = await report(mentor_id, 1)
    const as_of = await asOf()
    const bad: [object, string][] = [
      [{ filter: { mentor_id } }, '/filter/as_of'],
      [{ filter: { as_of: 'yesterday' } }, '/filter/as_of'],
      [{ filter: { as_of, tab: 'all' } }, '/filter/tab'],
      [{ filter: { as_of, tab: 'acknowledged' } }, '/filter/tab'],
      [{ filter: { as_of, tab: 'pending' }, acknowledged: false }, '/filter/tab'],
      [{ filter: { as_of, mentor: mentor_id } }, '/filter'],
      [{ filter: { as_of }, versions: [1] }, '/versions'],
      [{ filter: { as_of }, sync_event_ids: [id] }, '/sync_event_ids'],
      [{ ids: [id], sync_event_ids: [id] }, '/sync_event_ids'],
      [{}, '/sync_event_ids'],
    ]
    for (const [body, pointer] of bad) {
      const answer = await api.post(ACKNOWLEDGE, body)
      expectProblem(answer, 400, 'invalid_request')
      expect(answer.body.errors[0].pointer, JSON.stringify(body)).toBe(pointer)
    }
    const foreign = as_of.replace(/~[\w-]{10}~/, '~AAAAAAAAAA~')
    expectProblem(await acknowledge({ mentor_id, as_of: foreign }), 409, 'list_outdated')
    expect((await detail(id)).acknowledged).toBe(false)
    expect(idsOf(await acknowledge({ mentor_id, as_of }))).toEqual([id])
  })
})
