import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDays } from '@/lib/calendar'
import {
  activitiesOf,
  check,
  EVENTS,
  makePair,
  newSlot,
  put,
  receiptOf,
  resolve,
  session,
  stateOf,
} from './duplicate-requests'
import { type Api, newMentorId, openApi } from './harness'

let api: Api
beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api.close())

const side = fc.constantFrom('draft', 'activity')
const draft = fc.record(
  {
    title: fc.constantFrom('Samtalegruppe', 'Gruppe', ''),
    duration_minutes: fc.constantFrom(45, 60, 62.5),
    location: fc.constantFrom('Rom 4B', 'Rom 5'),
    starts_at: fc.constantFrom('17:00', '17:30'),
    participant_count: fc.nat({ max: 3 }),
    notes: fc.constantFrom('Kaffe', 'Vi sang'),
    mood: fc.constantFrom('good', null, ['a', { b: 1 }]),
    bus: fc.constantFrom(12, '12'),
  },
  { requiredKeys: [] },
)
const step = fc.record({
  draft,
  second: fc.boolean(),
  resolution: fc.constantFrom('merge', 'merge', 'merge', 'co_led', 'keep_both', 'discard_draft'),
  choices: fc.record({ title: side, duration_minutes: side, notes: side, date: side }, { requiredKeys: [] }),
})

let runs = 0

it('whatever was decided in a row is taken back in the other direction, to the last field', async () => {
  await fc.assert(
    fc.asyncProperty(draft, fc.array(step, { minLength: 1, maxLength: 5 }), async (kept, steps) => {
      // a day of its own: at one place and time, sessions of other types may be the same one
      const slot = { ...newSlot(), date: addDays('2025-01-01', 3 * runs++) }
      const second = newMentorId()
      const look = () => activitiesOf(api, slot.peer_id, second)
      await check(api, { ...slot, draft_activity: kept }, 'clear')
      const done: { id: string; before: unknown; after: unknown }[] = []
      for (const { draft: draft_activity, second: bySecond, resolution, choices } of steps) {
        const peer_id = bySecond ? second : slot.peer_id
        const id = await check(api, { ...slot, peer_id, draft_activity })
        const before = await look()
        const merges = resolution === 'merge' || resolution === 'co_led'
        const answered = await resolve(api, id, { resolution, ...(merges && { field_choices: choices }) })
        // a draft without a likeness is kept at once, and one mentor cannot co-lead: there is nothing to take back
        if (answered.status === 200) done.push({ id, before, after: await look() })
        else expect(answered.status, answered.text).toBe(409)
      }
      for (const { id, before, after } of done.reverse()) {
        const untouched = (await look()).filter(({ id: own }) => JSON.stringify(after).includes(own))
        expect(untouched).toEqual(after)
        expect((await put(api, id, { state: 'duplicate_found' })).status).toBe(200)
        const left = (await look()).filter(({ id: own }) => JSON.stringify(before).includes(own))
        expect(left).toEqual(before)
      }
    }),
    { numRuns: 25, timeout: 20_000 },
  )
}, 120_000)

describe('undo', () => {
  it('looks anew for what the draft may duplicate, and leaves it to a coordinator where nothing is left', async () => {
    const slot = newSlot()
    await check(api, { ...slot, date: '2026-03-18' }, 'clear')
    const middle = await check(api, { ...slot, date: '2026-03-19' }, 'duplicate_found')
    const last = await check(api, { ...slot, date: '2026-03-20' }, 'duplicate_found')
    await resolve(api, last, { resolution: 'discard_draft' })
    await resolve(api, middle)
    expect((await put(api, last, { state: 'duplicate_found' })).body.state).toBe('duplicate_found')
    const refused = await resolve(api, last)
    expect([refused.body.code, refused.body.allowed]).toEqual(['resolution_required', ['keep_both', 'discard_draft']])
    expect((await resolve(api, last, { resolution: 'keep_both' })).status).toBe(200)
    expect((await activitiesOf(api, slot.peer_id)).map(({ date }) => date)).toEqual(['2026-03-18', '2026-03-20'])
  })

  it('takes merges back one after the other, the last first', async () => {
    const { slot, id: first, kept, activities } = await makePair(api, { notes: 'en' })
    const second = await check(
      api,
      { ...slot, draft_activity: { ...session, notes: 'to', starts_at: '17:00' } },
      'duplicate_found',
    )
    await resolve(api, first)
    await resolve(api, second, { field_choices: { notes: 'draft' } })
    expect(await activities()).toEqual([{ ...kept, notes: 'to', starts_at: '17:00' }])
    const refused = await put(api, first, { state: 'duplicate_found' })
    expect([refused.status, refused.body.code]).toEqual([409, 'activity_moved_on'])
    expect(await stateOf(api, first)).toBe('resolved')
    expect((await put(api, second, { state: 'duplicate_found' })).status).toBe(200)
    expect(await activities()).toEqual([{ ...kept, notes: 'en' }])
    expect((await put(api, first, { state: 'duplicate_found' })).status).toBe(200)
    expect(await activities()).toEqual([kept])
  })

  it('is refused while the merge is not the last change, however little that changed', async () => {
    const { slot, id, kept, activities } = await makePair(api)
    await resolve(api, id)
    const same = await check(api, slot, 'duplicate_found')
    await resolve(api, same)
    expect(await activities()).toEqual([kept])
    expect((await put(api, id, { state: 'duplicate_found' })).body.code).toBe('activity_moved_on')
  })

  it('leads back to where it came from only', async () => {
    const { id } = await makePair(api)
    await resolve(api, id)
    for (const state of ['clear', 'checking', 'failed']) {
      const { status, body } = await put(api, id, { state })
      expect([status, body.code, body.allowed]).toEqual([409, 'transition_not_allowed', ['duplicate_found']])
    }
  })

  it('shows no receipt or decision afterwards, and keeps the annotation', async () => {
    const { id } = await makePair(api)
    await resolve(api, id, { annotation: 'Slått sammen' })
    await put(api, id, { state: 'duplicate_found' })
    expect((await api.get(`${EVENTS}/${id}`)).body).toMatchObject({
      state: 'duplicate_found',
      annotation: 'Slått sammen',
    })
    expect(await receiptOf(api, id)).toBeNull()
  })
})
