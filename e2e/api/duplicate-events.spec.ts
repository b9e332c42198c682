import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  activitiesOf,
  check,
  EVENTS,
  NOW,
  newSlot,
  postCheck,
  postMerge,
  put,
  session,
  stateOf,
} from './duplicate-requests'
import { type Api, doubledPath, newMentorId, openApi } from './harness'

let api: Api
beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api.close())

describe('POST', () => {
  it('answers checking at once, with exactly the keys of the contract', async () => {
    const slot = newSlot()
    const { status, body } = await postCheck(api, slot)
    expect(status).toBe(201)
    expect(body).toEqual({
      id: expect.stringMatching(/^evt-\d+$/),
      event_type: 'check',
      ...slot,
      dispatched_at: NOW,
      state: 'checking',
      duplicate_check_id: expect.stringMatching(/^dc-\d+$/),
    })
    expect(Object.keys(body)).toEqual([
      'id',
      'event_type',
      'peer_id',
      'activity_type_id',
      'date',
      'dispatched_at',
      'state',
      'duplicate_check_id',
    ])
  })

  it.each([
    ['an empty draft', { draft_activity: {} }, 201],
    ['no draft', { draft_activity: undefined }, 400],
    ['a draft that is no object', { draft_activity: [] }, 400],
    ['a fraction of a minute', { draft_activity: { duration_minutes: 0.5 } }, 201],
    ['no duration at all', { draft_activity: { duration_minutes: 0 } }, 400],
    ['a negative duration', { draft_activity: { duration_minutes: -60 } }, 400],
    ['a duration in words', { draft_activity: { duration_minutes: '60' } }, 400],
    ['a value that is null', { draft_activity: { title: null, starts_at: null } }, 201],
    ['a title of 300 characters', { draft_activity: { title: 'å'.repeat(300) } }, 201],
    ['a title of 301 characters', { draft_activity: { title: 'å'.repeat(301) } }, 400],
    ['a starting time', { draft_activity: { starts_at: '23:59' } }, 201],
    ['an impossible starting time', { draft_activity: { starts_at: '24:00' } }, 400],
    ['nobody there', { draft_activity: { participant_count: 0 } }, 201],
    ['half a participant', { draft_activity: { participant_count: 1.5 } }, 400],
    ['the last of February of a leap year', { date: '2028-02-29' }, 201],
    ['a date that does not exist', { date: '2026-02-29' }, 400],
    ['a time in place of a date', { date: '2026-03-20T10:00:00Z' }, 400],
    ['the last date there is', { date: '9999-12-31' }, 201],
    ['a mentor id that is none', { peer_id: 'a b' }, 400],
    ['an empty type', { activity_type_id: '' }, 400],
    ['another event', { event_type: 'delete' }, 400],
  ])('%s', async (_, change, status) => {
    const slot = newSlot()
    const answered = await api.post(EVENTS, { event_type: 'check', ...slot, draft_activity: session, ...change })
    expect(answered.status, answered.text).toBe(status)
    const { rows } = await api.db.query('SELECT FROM mentor WHERE mentor_id = $1', [slot.peer_id])
    expect(rows.length).toBe(status === 201 ? 1 : 0)
    if (status === 201) {
      await api.finishJobs()
      expect(await stateOf(api, answered.body.id)).toBe('clear')
    } else expect(answered.body.code).toBe('invalid_request')
  })

  it('gives the first answer again for the same Idempotency-Key, and takes the draft in once', async () => {
    const slot = newSlot()
    const key = { 'idempotency-key': `draft-${slot.peer_id}` }
    const first = await postCheck(api, slot, key)
    const again = await postCheck(api, slot, key)
    expect(again.text).toBe(first.text)
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    await api.finishJobs()
    expect((await api.get(`${EVENTS}?peer_id=${slot.peer_id}`)).body.pagination.total).toBe(1)
    expect(await activitiesOf(api, slot.peer_id)).toHaveLength(1)
    expect((await postCheck(api, { ...slot, date: '2026-03-24' }, key)).status).toBe(422)
  })

  it('keeps unknown keys of the draft and shows them in their order; others are named in X-Ignored', async () => {
    const draft_activity = { mood: 'good', title: 'Tur', bus: { line: 12 } }
    const { headers, body } = await api.post(EVENTS, {
      event_type: 'check',
      ...newSlot(),
      draft_activity,
      weather: 'rain',
    })
    expect(headers.get('x-ignored')).toBe('weather')
    const shown = await api.get(`${EVENTS}/${body.id}`)
    expect(shown.body.draft_activity).toEqual(draft_activity)
  })
})

describe('GET', () => {
  it('shows one event whole, by both path forms, and annotation and last_updated_at once set', async () => {
    const slot = newSlot()
    const id = await check(api, slot, 'clear')
    const { body, headers } = await api.get(`${EVENTS}/${id}`)
    expect(body).toEqual({
      id,
      event_type: 'check',
      ...slot,
      draft_activity: session,
      dispatched_at: NOW,
      state: 'clear',
      duplicate_check_id: expect.stringMatching(/^dc-\d+$/),
    })
    expect((await api.get(doubledPath(`${EVENTS}/${id}`))).text).toBe(JSON.stringify(body))
    expect((await api.get(`${EVENTS}/${id}`, { 'if-none-match': headers.get('etag') ?? '' })).status).toBe(304)
    await put(api, id, { annotation: 'Ringt mentor' })
    expect((await api.get(`${EVENTS}/${id}`)).body).toEqual({
      ...body,
      annotation: 'Ringt mentor',
      last_updated_at: NOW,
    })
  })

  it.each(['evt-999999', 'evt-0', 'evt-', 'evt_1', 'evt-99999999999999999999', '%20'])('%s is 404', async (id) => {
    for (const answered of [
      await api.get(`${EVENTS}/${id}`),
      await put(api, id, { annotation: 'x' }),
      await api.delete(`${EVENTS}/${id}`),
    ]) {
      expect([answered.status, answered.body.code]).toEqual([404, 'event_not_found'])
    }
  })

  it('does not know an id with zeros in front', async () => {
    const id = await check(api, newSlot())
    expect((await api.get(`${EVENTS}/${id.replace('evt-', 'evt-0')}`)).status).toBe(404)
  })
})

describe('the list', () => {
  it('is ordered by dispatch, has exact totals, and every filter narrows it', async () => {
    const slot = newSlot()
    const ids: string[] = []
    for (const [at, date] of [
      ['2026-03-26T12:00:00Z', '2026-02-01'],
      ['2026-03-26T11:00:00Z', '2026-02-10'],
      ['2026-03-26T11:00:00Z', '2026-02-05'],
    ] as const) {
      await api.setNow(at)
      ids.push(await check(api, { ...slot, date }, 'clear'))
    }
    const duplicate = await check(api, { ...slot, date: '2026-02-05' }, 'duplicate_found')
    const failed = (await postMerge(api, { ...slot, date: '2026-02-20' })).body.id
    await api.setNow(NOW)
    const [late, middle, early] = ids
    const list = async (query: string) => (await api.get(`${EVENTS}?peer_id=${slot.peer_id}&${query}`)).body
    const idsOf = async (query: string) => (await list(query)).data.map(({ id }: { id: string }) => id)

    expect(await idsOf('')).toEqual([middle, early, duplicate, failed, late])
    expect(await idsOf('sort=-dispatched_at')).toEqual([late, failed, duplicate, early, middle])
    expect(await idsOf('sort=date')).toEqual([late, early, duplicate, middle, failed])
    expect(await idsOf('sort=-date')).toEqual([failed, middle, duplicate, early, late])
    expect(await list('limit=2&page=2')).toMatchObject({ pagination: { page: 2, limit: 2, total: 5 } })
    expect(await idsOf('limit=2&page=2')).toEqual([duplicate, failed])
    expect(await list('page=9')).toEqual({ data: [], pagination: { page: 9, limit: 20, total: 5 } })
    expect(await idsOf('state=duplicate_found')).toEqual([duplicate])
    expect(await idsOf('event_type=merge')).toEqual([failed])
    expect(await idsOf('date_from=2026-02-05&date_to=2026-02-10')).toEqual([middle, early, duplicate])
    expect(await idsOf(`activity_type_id=${slot.activity_type_id}&state=clear`)).toEqual([middle, early, late])
    expect(await idsOf('activity_type_id=another')).toEqual([])
    expect((await list('')).data[0]).toEqual({
      id: middle,
      event_type: 'check',
      ...slot,
      date: '2026-02-10',
      dispatched_at: '2026-03-26T11:00:00Z',
      state: 'clear',
    })
  })

  it.each(['state=done', 'event_type=x', 'date_from=2026-02-30', 'sort=state', 'page=0', 'limit=101', 'peer_id=a%20b'])(
    '?%s is 400',
    async (query) => {
      expect((await api.get(`${EVENTS}?${query}`)).status).toBe(400)
    },
  )

  it('of a mentor that nobody knows is empty', async () => {
    expect((await api.get(`${EVENTS}?peer_id=${newMentorId()}`)).body.pagination.total).toBe(0)
  })
})
