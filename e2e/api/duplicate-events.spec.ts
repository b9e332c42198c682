import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  actionsOf,
  activitiesOf,
  check,
  EVENTS,
  holdCheck,
  NOW,
  newSlot,
  postCheck,
  postMerge,
  put,
  resolve,
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

describe('PUT', () => {
  it.each([
    [{}, 400],
    [{ annotation: '' }, 200],
    [{ annotation: 'a'.repeat(2000) }, 200],
    [{ annotation: 'a'.repeat(2001) }, 400],
    [{ state: 'done' }, 400],
    [{ annotation: 'x', resolution: 'merge' }, 400],
    [{ state: 'clear', candidate_id: 'act_00000000' }, 400],
    [{ state: 'resolved', candidate_id: 'evt-1' }, 400],
    [{ state: 'resolved', resolution: 'both' }, 400],
    [{ state: 'resolved', resolution: 'keep_both', field_choices: { title: 'draft' } }, 400],
    [{ state: 'resolved', field_choices: { title: 'both' } }, 400],
  ])('%j is %i', async (body, status) => {
    const id = await check(api, newSlot(), 'clear')
    expect((await put(api, id, body)).status).toBe(status)
    expect(await stateOf(api, id)).toBe('clear')
  })

  it('takes an annotation in every state, and back', async () => {
    const slot = newSlot()
    const clear = await check(api, slot, 'clear')
    const waiting = await check(api, slot, 'duplicate_found')
    const failed = (await postMerge(api, { ...slot, date: '2026-01-01' })).body.id
    const resolved = await check(api, slot, 'duplicate_found')
    await resolve(api, resolved)
    const held = await check(api, { ...newSlot() })
    await holdCheck(api, held)
    for (const [id, state] of Object.entries({
      [clear]: 'clear',
      [waiting]: 'duplicate_found',
      [failed]: 'failed',
      [resolved]: 'resolved',
      [held]: 'checking',
    })) {
      const { body, status } = await put(api, id, { annotation: 'Sett' })
      expect(status).toBe(200)
      expect(body).toMatchObject({ id, state, annotation: 'Sett', last_updated_at: NOW })
      expect((await put(api, id, { annotation: null })).body.annotation).toBeNull()
    }
  })

  it('obeys If-Match, and raises the version with every change only', async () => {
    const id = await check(api, newSlot(), 'clear')
    const { headers } = await api.get(`${EVENTS}/${id}`)
    const seen = { 'if-match': headers.get('etag') ?? '' }
    const first = await put(api, id, { annotation: 'en' }, seen)
    expect(first.status).toBe(200)
    expect((await put(api, id, { annotation: 'to' }, seen)).status).toBe(412)
    const now = { 'if-match': first.headers.get('etag') ?? '' }
    expect((await put(api, id, { annotation: 'en', state: 'clear' }, now)).status).toBe(200)
    expect((await put(api, id, { annotation: 'to' }, now)).status).toBe(200)
    expect((await api.delete(`${EVENTS}/${id}`, now)).status).toBe(412)
  })

  it('writes each step to the change log', async () => {
    const slot = newSlot()
    await check(api, slot, 'clear')
    const id = await check(api, slot, 'duplicate_found')
    await resolve(api, id, { annotation: 'Samme økt' })
    await put(api, id, { state: 'duplicate_found' })
    await api.delete(`${EVENTS}/${id}`)
    expect(await actionsOf(api, id)).toEqual([
      'dispatched',
      'duplicate_found',
      'annotated',
      'resolved',
      'undone',
      'cancelled',
    ])
  })
})

describe('moves', () => {
  it.each(['duplicate_found', 'checking', 'failed'])('clear cannot become %s', async (state) => {
    const id = await check(api, newSlot(), 'clear')
    const { status, body } = await put(api, id, { state })
    expect([status, body.code, body.allowed]).toEqual([409, 'transition_not_allowed', ['resolved']])
    expect((await put(api, id, { state: 'clear' })).status).toBe(200)
  })

  it.each(['checking', 'clear', 'failed'])('duplicate_found cannot become %s', async (state) => {
    const slot = newSlot()
    await check(api, slot, 'clear')
    const id = await check(api, slot, 'duplicate_found')
    const { status, body } = await put(api, id, { state })
    expect([status, body.code, body.allowed]).toEqual([409, 'transition_not_allowed', ['resolved']])
    expect((await put(api, id, { state: 'duplicate_found' })).status).toBe(200)
  })

  it('clear becomes resolved as reviewed, with nothing to choose, and goes back', async () => {
    const slot = newSlot()
    const id = await check(api, slot, 'clear')
    const kept = await activitiesOf(api, slot.peer_id)
    const refused = await resolve(api, id, { resolution: 'merge' })
    expect([refused.status, refused.body.code]).toEqual([409, 'transition_not_allowed'])
    expect((await resolve(api, id)).body).toEqual({
      id,
      event_type: 'check',
      state: 'resolved',
      annotation: null,
      last_updated_at: NOW,
    })
    expect((await resolve(api, id)).status).toBe(200)
    const other = await resolve(api, id, { resolution: 'discard_draft' })
    expect([other.status, other.body.code, other.body.resolution]).toEqual([409, 'already_resolved', 'reviewed'])
    const wrong = await put(api, id, { state: 'duplicate_found' })
    expect([wrong.status, wrong.body.allowed]).toEqual([409, ['clear']])
    expect((await put(api, id, { state: 'clear' })).status).toBe(200)
    expect(await activitiesOf(api, slot.peer_id)).toEqual(kept)
  })
})

describe('DELETE', () => {
  it('takes a waiting draft out of the queue, once', async () => {
    const slot = newSlot()
    await check(api, slot, 'clear')
    const id = await check(api, slot, 'duplicate_found')
    expect((await api.delete(`${EVENTS}/${id}`)).body).toEqual({
      message: `Event ${id} cancelled and removed from processing queue.`,
    })
    expect((await api.get(`${EVENTS}/${id}`)).status).toBe(404)
    expect((await api.delete(`${EVENTS}/${id}`)).status).toBe(404)
    expect((await api.get(`${EVENTS}?peer_id=${slot.peer_id}`)).body.pagination.total).toBe(1)
    expect(await activitiesOf(api, slot.peer_id)).toHaveLength(1)
  })

  it('stops a check in flight', async () => {
    const slot = newSlot()
    const id = await check(api, slot)
    await api.db.query('DELETE FROM activity')
    await holdCheck(api, id)
    await api.delete(`${EVENTS}/${id}`)
    await api.finishJobs()
    expect(await activitiesOf(api, slot.peer_id)).toEqual([])
  })

  it('leaves done what a clear or a resolved event did', async () => {
    const slot = newSlot()
    const clear = await check(api, slot, 'clear')
    const merged = await check(api, { ...slot, draft_activity: { ...session, notes: 'Tre nye' } }, 'duplicate_found')
    await resolve(api, merged)
    await api.delete(`${EVENTS}/${clear}`)
    await api.delete(`${EVENTS}/${merged}`)
    expect(await activitiesOf(api, slot.peer_id)).toMatchObject([{ title: 'Samtalegruppe', notes: 'Tre nye' }])
  })
})
