import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { activitiesOf, check, makePair, newSlot, put, resolve, session } from './duplicate-requests'
import { type Api, newMentorId, ORG, openApi } from './harness'
import { expectProblem } from './sync-requests'

const QUEUE = '/api/v1/views/duplicate-queue'
let api: Api
beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api.close())

interface Row {
  id: string
}
const view = async (query = '') => (await api.get(`${QUEUE}?${query}`)).body
const select = (query: string, asOf: string) => api.get(`${QUEUE}/selection?${query}&as_of=${encodeURIComponent(asOf)}`)
const idsOf = (body: { data: Row[] }) => body.data.map(({ id }) => id)
const weigh = (id: string, probability: number | null) =>
  api.db.query('UPDATE duplicate_event SET probability = $2 WHERE number = $1', [id.slice(4), probability])

/** A kept activity and this many drafts of one mentor that wait beside it, in the order in which they came. */
async function makeQueue(count: number) {
  const slot = newSlot()
  await check(api, slot, 'clear')
  const ids: string[] = []
  for (let place = 0; place < count; place++) {
    ids.push(await check(api, { ...slot, draft_activity: { ...session, notes: `Nr. ${place}` } }, 'duplicate_found'))
  }
  return { mentor_id: slot.peer_id, slot, ids }
}

describe('the view of the review queue', () => {
  it('shows each draft beside the surest of what it may duplicate, what differs and why', async () => {
    const slot = newSlot()
    await check(api, slot, 'clear')
    const draft_activity = { ...session, duration_minutes: 65, bus: 12 }
    const id = await check(api, { ...slot, draft_activity }, 'duplicate_found')
    const [kept] = await activitiesOf(api, slot.peer_id)
    const body = await view(`mentor_id=${slot.peer_id}`)
    expect(body.pagination).toEqual({ page: 1, limit: 20, total: 1 })
    expect(body.data).toMatchObject([
      {
        id,
        mentor_id: slot.peer_id,
        mentor_name: slot.peer_id,
        dispatched_at: '2026-03-26T10:00:00Z',
        draft: { title: session.title, duration_minutes: 65, extra: { bus: 12 } },
        candidate_count: 1,
        candidate: {
          activity_id: kept?.id,
          event_id: null,
          mentor_id: slot.peer_id,
          fields: { duration_minutes: 60, extra: {} },
          differing: ['duration_minutes', 'bus'],
          allowed: ['merge', 'keep_both', 'discard_draft'],
        },
      },
    ])
    const [row] = body.data
    expect(row.probability).toBe(row.candidate.probability)
    expect(row.candidate.evidence).toContainEqual({
      field: 'duration',
      level: expect.any(String),
      weight: expect.any(Number),
    })
    await resolve(api, id)
    expect(await view(`mentor_id=${slot.peer_id}`)).toMatchObject({ data: [], pagination: { total: 0 } })
  })

  it('is ordered surest first, what could not be weighed last, and by every order the other way round', async () => {
    const { mentor_id, ids } = await makeQueue(3)
    const [unweighed = '', sure = '', unsure = ''] = ids
    await weigh(unweighed, null)
    await weigh(sure, 0.9)
    await weigh(unsure, 0.5)
    expect(idsOf(await view(`mentor_id=${mentor_id}`))).toEqual([sure, unsure, unweighed])
    for (const order of ['probability', 'dispatched_at', 'date']) {
      const forwards = idsOf(await view(`mentor_id=${mentor_id}&sort=${order}`))
      expect(forwards.toSorted()).toEqual(ids.toSorted())
      expect(idsOf(await view(`mentor_id=${mentor_id}&sort=-${order}`))).toEqual(forwards.toReversed())
    }
    expect(idsOf(await view(`mentor_id=${mentor_id}&sort=dispatched_at`))).toEqual(ids)
    expect(idsOf(await view(`mentor_id=${mentor_id}&limit=2&page=2`))).toEqual([unweighed])
    expect(await view(`mentor_id=${mentor_id}&page=9`)).toMatchObject({ data: [], pagination: { total: 3 } })
  })

  it('tells the certain ones from the rest: surer than 0.99, and of one mentor', async () => {
    const own = await makePair(api)
    const unsure = await makePair(api)
    const ofTwo = await makePair(api, session, { twoMentors: true })
    await weigh(unsure.id, 0.99)
    for (const { id } of [own, ofTwo]) {
      await api.db.query(
        `WITH event AS (UPDATE duplicate_event SET probability = 0.995 WHERE number = $1 RETURNING key)
         UPDATE duplicate_candidate SET probability = 0.995 WHERE event_key IN (SELECT key FROM event)`,
        [id.slice(4)],
      )
    }
    const certain = idsOf(await view('certain=true&limit=100'))
    const others = idsOf(await view('certain=false&limit=100'))
    expect(certain).toContain(own.id)
    expect(others).toEqual(expect.arrayContaining([unsure.id, ofTwo.id]))
    expect([...certain, ...others].toSorted()).toEqual(idsOf(await view('limit=100')).toSorted())

    // credited with it, the draft's mentor has led it too
    await api.db.query(
      `INSERT INTO activity_co_leader (org_id, activity_key, mentor_key)
       SELECT $1, a.key, m.key FROM activity a, mentor m WHERE a.id = $2 AND m.mentor_id = $3`,
      [ORG, ofTwo.kept.id, ofTwo.draftMentor],
    )
    expect(idsOf(await view('certain=true&limit=100'))).toContain(ofTwo.id)
  })

  it.each(['page=0', 'limit=101', 'sort=name', 'certain=yes', 'mentor_id=a b'])('refuses %s', async (query) => {
    const answer = await api.get(`${QUEUE}?${query}`)
    expectProblem(answer, 400, 'invalid_request')
    expect(answer.body.errors[0].pointer).toBe(query.split('=')[0])
  })
})

describe('the selection of everything', () => {
  it('holds what matched when the queue was read, without what came, was decided or changed since', async () => {
    const { mentor_id, slot, ids } = await makeQueue(1)
    const far = { ...slot, date: '2025-11-20' }
    await check(api, far, 'clear')
    const still = await check(api, far, 'duplicate_found')
    const apart = { ...slot, date: '2025-06-20' }
    await check(api, apart, 'clear')
    const decided = await check(api, apart, 'duplicate_found')
    const { as_of } = await view(`mentor_id=${mentor_id}`)
    expect((await select(`mentor_id=${mentor_id}`, as_of)).body.left_out).toBe(0)
    await resolve(api, decided)
    const later = await check(api, slot, 'duplicate_found')
    await resolve(api, ids[0] ?? '')

    const rows = (await view(`mentor_id=${mentor_id}`)).data
    const version = rows.find(({ id }: Row) => id === still).review_version
    expect(idsOf({ data: rows }).toSorted()).toEqual([still, later].toSorted())
    expect((await select(`mentor_id=${mentor_id}`, as_of)).body).toEqual({
      data: [{ id: still, review_version: version, mentor_name: mentor_id, two_mentors: false }],
      left_out: 1,
    })
    const now = await view(`mentor_id=${mentor_id}`)
    expect(idsOf((await select(`mentor_id=${mentor_id}`, now.as_of)).body)).toEqual(idsOf(now))
  })

  it('leaves out a draft whose candidate changed since, though nothing was logged of the draft itself', async () => {
    const { mentor_id, ids } = await makeQueue(2)
    const [first = '', second = ''] = ids
    const { as_of, data } = await view(`mentor_id=${mentor_id}`)
    await resolve(api, first, { field_choices: { notes: 'draft' } })
    expect((await select(`mentor_id=${mentor_id}`, as_of)).body).toEqual({ data: [], left_out: 1 })
    const now = await view(`mentor_id=${mentor_id}`)
    expect(now.data[0].review_version).toBeGreaterThan(data.find(({ id }: Row) => id === second).review_version)
  })

  it('leaves alone what a transaction wrote that was open while the queue was read', async () => {
    const { mentor_id, slot, ids } = await makeQueue(1)
    const far = { ...slot, date: '2025-11-20' }
    await check(api, far, 'clear')
    const open = await check(api, far, 'duplicate_found')
    const client = new pg.Client({ connectionString: api.url })
    await client.connect()
    try {
      await client.query('BEGIN')
      await client.query('SAVEPOINT inner_one')
      await client.query(
        'UPDATE duplicate_event SET review_version = review_version + 1, written_in = pg_current_xact_id() WHERE number = $1',
        [open.slice(4)],
      )
      const { as_of } = await view(`mentor_id=${mentor_id}`)
      expect((await select(`mentor_id=${mentor_id}`, as_of)).body.left_out).toBe(0)
      await client.query('COMMIT')
      expect((await select(`mentor_id=${mentor_id}`, as_of)).body).toMatchObject({
        data: [{ id: ids[0] }],
        left_out: 1,
      })
    } finally {
      await client.end()
    }
  })

  it('says which drafts were logged beside an activity of another mentor', async () => {
    const { id, draftMentor } = await makePair(api, session, { twoMentors: true })
    const { as_of } = await view()
    const { body } = await select(`mentor_id=${draftMentor}`, as_of)
    expect(body.data).toMatchObject([{ id, two_mentors: true }])
  })

  it('takes the filters and the order of the view', async () => {
    const { mentor_id, ids } = await makeQueue(2)
    const { as_of } = await view()
    expect(idsOf((await select(`mentor_id=${mentor_id}&sort=-dispatched_at`, as_of)).body)).toEqual(ids.toReversed())
    expect(idsOf((await select(`mentor_id=${mentor_id}&sort=dispatched_at`, as_of)).body)).toEqual(ids)
    expect((await select(`mentor_id=${newMentorId()}`, as_of)).body).toEqual({ data: [], left_out: 0 })
    await put(api, ids[0] ?? '', { annotation: 'Ring begge' })
    expect(idsOf((await select(`mentor_id=${mentor_id}`, as_of)).body)).toEqual([ids[1]])
  })

  it('refuses a list of another database, and what is no as_of at all', async () => {
    const { as_of } = await view()
    const [at, , snapshot] = as_of.split('~')
    expectProblem(await select('', `${at}~AAAAAAAAAA~${snapshot}`), 409, 'list_outdated')
    expectProblem(await select('', 'now'), 400, 'invalid_request')
    expectProblem(await api.get(`${QUEUE}/selection`), 400, 'invalid_request')
    expect((await select('sort=date', as_of)).status).toBe(200)
  })

  it('holds 10,000 drafts, the first in its order, and says how many more match', async () => {
    await api.db.query(
      `WITH holder AS (
         INSERT INTO mentor (org_id, mentor_id, full_name, search_text, status_updated_at, created_at, updated_at)
         VALUES ($1, 'busy', 'Busy', '', now(), now(), now()) RETURNING key
       )
       INSERT INTO duplicate_event (org_id, event_type, mentor_key, activity_type_id, date, draft, state, check_number,
         dispatched_at, probability)
       SELECT $1, 'check', key, 'walk', '2026-01-01', '{}', 'duplicate_found', nextval('duplicate_check_number'), now(), n / 20000.0
       FROM holder, generate_series(1, 10001) AS n`,
      [ORG],
    )
    const { as_of, pagination } = await view('mentor_id=busy')
    expect(pagination.total).toBe(10_001)
    const { body } = await select('mentor_id=busy', as_of)
    expect(new Set(idsOf(body)).size).toBe(10_000)
    expect(body.left_out).toBe(1)
    expect(idsOf(body)).not.toContain((await view('mentor_id=busy&sort=probability&limit=1')).data[0].id)
  })
})
