import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { activitiesOf, check, newSlot, put, resolve } from './duplicate-requests'
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

it('whatever was decided in a row is taken back in the other direction, to the last field', async () => {
  await fc.assert(
    fc.asyncProperty(draft, fc.array(step, { minLength: 1, maxLength: 5 }), async (kept, steps) => {
      const slot = newSlot()
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
