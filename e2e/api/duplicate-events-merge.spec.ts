import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  activitiesOf,
  check,
  EVENTS,
  holdCheck,
  newSlot,
  postCheck,
  postMerge,
  put,
  session,
  stateOf,
} from './duplicate-requests'
import { type Api, newMentorId, openApi } from './harness'

let api: Api
beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api.close())

/** A kept activity of a mentor and a waiting draft of the same day. */
async function waiting() {
  const slot = newSlot()
  await check(api, slot, 'clear')
  const id = await check(api, { ...slot, draft_activity: { ...session, notes: 'Fra telefonen' } }, 'duplicate_found')
  return { slot, id, checkId: (await api.get(`${EVENTS}/${id}`)).body.duplicate_check_id as string }
}

describe('a merge event', () => {
  it('merges the waiting check of its mentor, type and date, and resolves both', async () => {
    const { slot, id, checkId } = await waiting()
    const { status, body } = await postMerge(api, slot)
    expect(status).toBe(201)
    expect(body).toEqual({
      id: expect.stringMatching(/^evt-\d+$/),
      event_type: 'merge',
      ...slot,
      dispatched_at: '2026-03-26T10:00:00Z',
      state: 'resolved',
      duplicate_check_id: checkId,
    })
    expect(await stateOf(api, id)).toBe('resolved')
    expect((await api.get(`${EVENTS}/${body.id}`)).body).toMatchObject({ state: 'resolved', draft_activity: null })
    expect(await activitiesOf(api, slot.peer_id)).toMatchObject([{ title: 'Samtalegruppe', notes: 'Fra telefonen' }])
  })

  it('waits for a check that is still running, and leaves its end behind also where there is nothing to merge', async () => {
    const { slot, id } = await waiting()
    await holdCheck(api, id)
    expect((await postMerge(api, slot)).body.state).toBe('resolved')
    expect(await stateOf(api, id)).toBe('resolved')

    const alone = newSlot()
    const first = await postCheck(api, alone)
    const merge = await postMerge(api, alone)
    expect(merge.body).toMatchObject({ state: 'failed', duplicate_check_id: null, error: expect.any(String) })
    expect(await stateOf(api, first.body.id)).toBe('clear')
    await api.finishJobs()
    expect(await activitiesOf(api, alone.peer_id)).toHaveLength(1)
  })

  it('takes the oldest of several, and the one it names', async () => {
    const { slot, id: older } = await waiting()
    const younger = await check(api, slot, 'duplicate_found')
    const { duplicate_check_id } = (await api.get(`${EVENTS}/${younger}`)).body
    await postMerge(api, { ...slot, duplicate_check_id })
    expect([await stateOf(api, older), await stateOf(api, younger)]).toEqual(['duplicate_found', 'resolved'])
    await postMerge(api, slot)
    expect(await stateOf(api, older)).toBe('resolved')
  })

  it.each<[string, (slot: ReturnType<typeof newSlot>) => object]>([
    ['another type', () => ({ activity_type_id: 'another' })],
    ['another date', () => ({ date: '2026-03-21' })],
    ['another mentor', () => ({ peer_id: newMentorId() })],
    ['a check that does not exist', () => ({ duplicate_check_id: 'dc-999999' })],
  ])('of %s finds nothing: it is stored as failed, with an error', async (_, change) => {
    const { slot, id } = await waiting()
    const { status, body } = await postMerge(api, { ...slot, ...change(slot) })
    expect([status, body.state]).toEqual([201, 'failed'])
    expect(body.error).toMatch(/Nothing was merged/)
    expect((await api.get(`${EVENTS}/${body.id}`)).body.error).toBe(body.error)
    expect(await stateOf(api, id)).toBe('duplicate_found')
  })

  it('naming the check of another mentor merges nothing', async () => {
    const { slot, id, checkId } = await waiting()
    const { body } = await postMerge(api, { ...slot, peer_id: newMentorId(), duplicate_check_id: checkId })
    expect(body.state).toBe('failed')
    expect(await stateOf(api, id)).toBe('duplicate_found')
    expect((await postMerge(api, { ...slot, duplicate_check_id: checkId })).body.state).toBe('resolved')
  })

  it('leaves a pair of two mentors to a coordinator', async () => {
    const slot = newSlot()
    await check(api, slot, 'clear')
    const second = { ...slot, peer_id: newMentorId() }
    const id = await check(api, second, 'duplicate_found')
    expect((await postMerge(api, second)).body.state).toBe('failed')
    expect(await stateOf(api, id)).toBe('duplicate_found')
  })

  it('that comes before its check fails, and is carried out when it is tried again', async () => {
    const slot = newSlot()
    await check(api, slot, 'clear')
    const early = (await postMerge(api, slot)).body
    expect(early.state).toBe('failed')
    const id = await check(api, { ...slot, draft_activity: { notes: 'Kom sist' } }, 'duplicate_found')
    const retried = await put(api, early.id, { state: 'checking' })
    expect(retried.body).toEqual({
      id: early.id,
      event_type: 'merge',
      state: 'resolved',
      annotation: null,
      last_updated_at: '2026-03-26T10:00:00Z',
    })
    expect(await stateOf(api, id)).toBe('resolved')
    expect(await activitiesOf(api, slot.peer_id)).toMatchObject([{ notes: 'Kom sist' }])
    expect((await put(api, early.id, { state: 'resolved' })).status).toBe(200)
  })

  it('tried again too early fails again and says so', async () => {
    const slot = newSlot()
    const { body } = await postMerge(api, { ...slot, duplicate_check_id: 'dc-999998' })
    const retried = await put(api, body.id, { state: 'checking' })
    expect(retried.body).toMatchObject({ state: 'failed', error: expect.stringContaining('dc-999998') })
  })

  it('is not undone itself: that is done at the check', async () => {
    const { slot, id } = await waiting()
    const merge = (await postMerge(api, slot)).body
    const refused = await put(api, merge.id, { state: 'duplicate_found' })
    expect([refused.status, refused.body.code, refused.body.allowed]).toEqual([409, 'transition_not_allowed', []])
    expect((await put(api, id, { state: 'duplicate_found' })).status).toBe(200)
    expect(await activitiesOf(api, slot.peer_id)).toMatchObject([{ notes: null }])
  })

  it.each(Array.from({ length: 5 }, (_, round) => round))('sent twice at once merges once (round %i)', async () => {
    const { slot } = await waiting()
    const answers = await Promise.all([postMerge(api, slot), postMerge(api, slot), postMerge(api, slot)])
    expect(answers.map(({ body }) => body.state).sort()).toEqual(['failed', 'failed', 'resolved'])
    expect(await activitiesOf(api, slot.peer_id)).toHaveLength(1)
  })

  it('at once with its draft ends with one activity, whichever comes first', async () => {
    for (let round = 0; round < 8; round++) {
      const slot = newSlot()
      await check(api, slot, 'clear')
      const [draft, merge] = await Promise.all([postCheck(api, slot), postMerge(api, slot)])
      await api.finishJobs()
      if (merge.body.state === 'failed') await put(api, merge.body.id, { state: 'checking' })
      expect(await stateOf(api, draft.body.id)).toBe('resolved')
      expect(await activitiesOf(api, slot.peer_id)).toHaveLength(1)
    }
  })

  it('needs no draft, and takes none that is malformed', async () => {
    const { slot } = await waiting()
    expect((await api.post(EVENTS, { event_type: 'merge', ...slot, draft_activity: { title: 1 } })).status).toBe(400)
    expect((await api.post(EVENTS, { event_type: 'merge', ...slot, duplicate_check_id: '7846' })).status).toBe(400)
    expect((await api.post(EVENTS, { event_type: 'merge', ...slot, draft_activity: null })).status).toBe(201)
  })
})
