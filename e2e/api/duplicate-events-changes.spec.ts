import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  actionsOf,
  activitiesOf,
  check,
  EVENTS,
  holdCheck,
  NOW,
  newSlot,
  postMerge,
  put,
  resolve,
  session,
  stateOf,
} from './duplicate-requests'
import { type Api, openApi } from './harness'

let api: Api
beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api.close())

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
