import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  activitiesOf,
  check,
  type Draft,
  EVENTS,
  enqueueCheck,
  holdCheck,
  newSlot,
  postCheck,
  put,
  resolve,
  revisionOf,
  session,
  stateOf,
} from './duplicate-requests'
import { type Api, newMentorId, openApi } from './harness'

const FAILED = '/api/v1/views/failed-events'

let api: Api
beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api.close())

describe('a check', () => {
  it('that finds nothing keeps the draft as an activity of the mentor', async () => {
    const slot = newSlot()
    const draft_activity = { ...session, starts_at: '17:30', participant_count: 4, notes: 'Fin kveld', mood: 'good' }
    await check(api, { ...slot, draft_activity }, 'clear')
    const { mood, ...known } = draft_activity
    expect(await activitiesOf(api, slot.peer_id)).toEqual([
      {
        id: expect.stringMatching(/^act_[0-9A-HJKMNP-TV-Z]{8}$/),
        mentor_id: slot.peer_id,
        activity_type_id: slot.activity_type_id,
        date: slot.date,
        ...known,
        extra: { mood },
        co_leaders: [],
      },
    ])
  })

  it.each<[string, Draft, string]>([
    [
      'the same mentor, type and date, though nothing else agrees',
      { draft_activity: { title: 'Kafé', duration_minutes: 200, location: 'Byen' } },
      'duplicate_found',
    ],
    ['the same mentor, type and date, though nothing is said', { draft_activity: {} }, 'duplicate_found'],
    ['the day before', { date: '2026-03-19' }, 'duplicate_found'],
    ['the day after', { date: '2026-03-21' }, 'duplicate_found'],
    ['two days later', { date: '2026-03-22' }, 'clear'],
    [
      'the day after under another title',
      { date: '2026-03-21', draft_activity: { ...session, title: 'Tur til Frognerseteren' } },
      'clear',
    ],
    ['another type', { activity_type_id: 'another-type' }, 'duplicate_found'],
    [
      'another type and title',
      { activity_type_id: 'another-type', draft_activity: { ...session, title: 'Turgruppe på Ekeberg' } },
      'clear',
    ],
    ['a second mentor', { peer_id: 'second-mentor' }, 'duplicate_found'],
    [
      'a second mentor, case and accents apart',
      { peer_id: 'second-mentor-b', draft_activity: { ...session, title: 'SAMTALEGRUPPE!', location: 'rom 4b' } },
      'duplicate_found',
    ],
    [
      'a second mentor in another place',
      { peer_id: 'second-mentor-c', draft_activity: { ...session, location: 'Kirkens hus' } },
      'clear',
    ],
    ['a second mentor on another day', { peer_id: 'second-mentor-d', date: '2026-03-21' }, 'clear'],
    ['a second mentor who says nothing', { peer_id: 'second-mentor-e', draft_activity: {} }, 'clear'],
  ])('against %s', async (_, change, ends) => {
    const slot = newSlot()
    await check(api, { ...slot, draft_activity: session }, 'clear')
    await check(api, { ...slot, ...change }, ends)
  })

  it('sees nothing of another organisation', async () => {
    const slot = newSlot()
    await check(api, slot, 'clear')
    await api.db.query(`INSERT INTO organisation (id, name) VALUES ('org_other', 'En annen')`)
    await api.db.query(
      `WITH moved AS (INSERT INTO mentor (org_id, mentor_id, full_name, search_text, status_updated_at, created_at, updated_at)
         SELECT 'org_other', mentor_id, full_name, '', created_at, created_at, updated_at FROM mentor WHERE mentor_id = $1 RETURNING key)
       INSERT INTO activity (org_id, mentor_key, activity_type_id, date, title, location, duration_minutes, created_at, updated_at)
       SELECT 'org_other', key, $2, '2026-05-05', 'Samtalegruppe', 'Rom 4B', 60, now(), now() FROM moved`,
      [slot.peer_id, slot.activity_type_id],
    )
    await check(api, { ...slot, date: '2026-05-05' }, 'clear')
  })

  it('that fails by its data leaves the event failed with a sentence, and can be tried again', async () => {
    const slot = newSlot()
    await check(api, slot, 'clear')
    const id = await check(api, slot, 'duplicate_found')
    await holdCheck(api, id)
    // what no client can send, but an import may have left behind
    const breakDraft = `UPDATE duplicate_event SET draft = '{"duration_minutes": -1}' WHERE number = $1`
    await api.db.query(breakDraft, [id.slice(4)])
    await api.db.query('DELETE FROM activity WHERE activity_type_id = $1', [slot.activity_type_id])
    await enqueueCheck(api, id)
    await api.finishJobs()
    const { body } = await api.get(`${EVENTS}/${id}`)
    expect(body).toMatchObject({ state: 'failed', error: expect.stringMatching(/could not be checked/) })
    const shown = { id, event_type: 'check', mentor_id: slot.peer_id, title: null, date: slot.date, error: body.error }
    expect((await api.get(FAILED)).body.data).toMatchObject([shown])
    expect((await api.get('/api/v1/views/counts')).body).toMatchObject({ failed_events: 1 })
    const wrong = await put(api, id, { state: 'resolved' })
    expect([wrong.status, wrong.body.code, wrong.body.allowed]).toEqual([409, 'transition_not_allowed', ['checking']])
    await api.db.query(`UPDATE duplicate_event SET draft = '{"duration_minutes": 45}' WHERE number = $1`, [id.slice(4)])
    expect((await put(api, id, { state: 'checking' })).body.state).toBe('checking')
    expect((await api.get(FAILED)).body.data).toEqual([])
    await api.finishJobs()
    expect(await stateOf(api, id)).toBe('clear')
    expect((await api.get(`${EVENTS}/${id}`)).body).not.toHaveProperty('error')
  })

  it('knows nothing of an erased mentor, and holds no draft against one', async () => {
    const slot = newSlot()
    const id = await check(api, slot, 'clear')
    await api.db.query(`UPDATE mentor SET erased_at = '2026-03-26T10:00:00Z' WHERE mentor_id = $1`, [slot.peer_id])
    const refused = await postCheck(api, slot)
    expect([refused.status, refused.body.code]).toEqual([404, 'mentor_not_found'])
    expect((await api.get(`${EVENTS}/${id}`)).status).toBe(404)
    expect((await api.get(`${EVENTS}?activity_type_id=${slot.activity_type_id}`)).body.pagination.total).toBe(0)
    await check(api, { ...slot, peer_id: newMentorId() }, 'clear')
  })

  it('that was lost on the way is done by its job, once', async () => {
    const slot = newSlot()
    const { body } = await postCheck(api, slot)
    await enqueueCheck(api, body.id)
    await enqueueCheck(api, body.id)
    await api.finishJobs()
    expect(await stateOf(api, body.id)).toBe('clear')
    expect(await activitiesOf(api, slot.peer_id)).toHaveLength(1)
  })
})

describe('PUT on an event still checking', () => {
  it('lets the check end first: what it finds needs a resolution', async () => {
    const slot = newSlot()
    await check(api, slot, 'clear')
    const id = await check(api, slot, 'duplicate_found')
    await holdCheck(api, id)
    const { status, body } = await resolve(api, id)
    expect([status, body.code, body.allowed]).toEqual([
      409,
      'resolution_required',
      ['merge', 'keep_both', 'discard_draft'],
    ])
    expect((await resolve(api, id, { resolution: 'merge' })).body.state).toBe('resolved')
    expect(await activitiesOf(api, slot.peer_id)).toHaveLength(1)
  })

  it('marks it as reviewed where the check finds nothing', async () => {
    const slot = newSlot()
    const { body } = await postCheck(api, slot)
    expect((await resolve(api, body.id)).body.state).toBe('resolved')
    expect(await activitiesOf(api, slot.peer_id)).toHaveLength(1)
    await api.finishJobs()
    expect(await stateOf(api, body.id)).toBe('resolved')
    expect(await activitiesOf(api, slot.peer_id)).toHaveLength(1)
  })

  it('is no change where it asks for checking', async () => {
    const id = await check(api, newSlot(), 'clear')
    await holdCheck(api, id)
    const { status, body } = await put(api, id, { state: 'checking' })
    expect([status, body.state, body.last_updated_at]).toEqual([200, 'checking', null])
  })

  it('needs the row of a second mentor only then', async () => {
    const slot = newSlot()
    const other = newMentorId()
    await check(api, slot, 'clear')
    const id = await check(api, { ...slot, peer_id: other }, 'duplicate_found')
    await holdCheck(api, id)
    const before = await revisionOf(api, slot.peer_id)
    expect((await resolve(api, id, { resolution: 'co_led' })).status).toBe(200)
    expect(await revisionOf(api, slot.peer_id)).toBe(before + 1)
    expect(await activitiesOf(api, slot.peer_id, other)).toMatchObject([{ co_leaders: [other] }])
  })
})
