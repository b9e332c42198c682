import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { countableChange } from '@/domain/activities/countable-rule'
import { isBlank, planMerge } from '@/domain/duplicate-events/merge-plan'
import { activitiesOf, check, EVENTS, newSlot, put, resolve } from './duplicate-requests'
import { type Api, newMentorId, openApi } from './harness'

let api: Api
beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api.close())

const RULE = { participants: 3, minutes: 45 }
const text = fc.constantFrom(undefined, null, '', '  ', 'Gruppe', 'Åpen gruppe ✨', '{"a":1}')
const said = fc.record(
  {
    title: text,
    location: text,
    notes: text,
    duration_minutes: fc.constantFrom(null, 0.5, 44.5, 45, 90),
    participant_count: fc.constantFrom(null, 0, 2, 3, 12),
    starts_at: fc.constantFrom(null, '00:00', '23:59'),
    __proto: fc.constantFrom<unknown>(null, [], { b: [1, null] }, false, ''),
    'odd key': fc.constantFrom<unknown>(0, 'x', ['x']),
  },
  { requiredKeys: [] },
)
const sides = fc.dictionary(
  fc.constantFrom(
    'activity_type_id',
    'date',
    'title',
    'location',
    'notes',
    'duration_minutes',
    'participant_count',
    'starts_at',
  ),
  fc.constantFrom('draft', 'activity'),
)
const decision = fc.record({
  resolution: fc.constantFrom('merge', 'co_led', 'keep_both', 'discard_draft'),
  choices: sides,
})
/** Where the draft stands beside what is kept, and what else its mentor logged there. */
const place = fc.record({
  nextDay: fc.boolean(),
  otherType: fc.boolean(),
  besides: fc.option(
    fc.record({ duration_minutes: fc.constantFrom(30, 60), participant_count: fc.constantFrom(2, 8) }),
  ),
})

let runs = 0
const dayOf = (day: number) => new Date(Date.UTC(2020, 0, 1 + day)).toISOString().slice(0, 10)

/** All that is kept of these mentors, apart from revisions and times of change. */
const keptBy = (mentors: readonly string[]) => activitiesOf(api, ...mentors)

/** A kept activity that nobody sent as a draft. */
async function keep(slot: ReturnType<typeof newSlot>, said: { duration_minutes: number; participant_count: number }) {
  await api.db.query(
    `INSERT INTO activity (org_id, mentor_key, activity_type_id, date, title, duration_minutes, participant_count, extra, created_at, updated_at)
     SELECT org_id, key, $2, $3, 'Ridetur for alle', $4, $5, '{}', updated_at, updated_at FROM mentor WHERE mentor_id = $1`,
    [slot.peer_id, slot.activity_type_id, slot.date, said.duration_minutes, said.participant_count],
  )
}

/** How many count, reckoned here by the words of the rule alone. */
async function countOf(mentors: readonly string[]): Promise<number> {
  const counted = (await keptBy(mentors)).filter(
    (one) => (one.participant_count ?? 0) >= RULE.participants && Number(one.duration_minutes ?? 0) >= RULE.minutes,
  )
  return new Set(counted.map((one) => [one.mentor_id, one.activity_type_id, one.date].join())).size
}

describe('whatever is decided about whatever was written', () => {
  it('loses no value, counts as it says, is decided once, and is taken back to the last field', async () => {
    await fc.assert(
      fc.asyncProperty(said, said, decision, place, async (kept, drafted, { resolution, choices }, place) => {
        // far from those of the other runs
        const day = 4 * runs++
        const slot = { ...newSlot(), date: dayOf(day) }
        const beside = {
          ...slot,
          date: dayOf(place.nextDay ? day + 1 : day),
          activity_type_id: `${slot.activity_type_id}${place.otherType ? '-b' : ''}`,
        }
        const twoMentors = resolution === 'co_led'
        const author = twoMentors ? newMentorId() : slot.peer_id
        const mentors = [slot.peer_id, author]
        // elsewhere, and of another mentor, what shares words is compared
        const shared =
          twoMentors || place.nextDay || place.otherType
            ? { title: 'Samtalegruppe for pårørende', location: 'Rom 4B' }
            : {}
        await check(api, { ...slot, draft_activity: { ...kept, ...shared } }, 'clear')
        const [own] = await keptBy(mentors)
        if (place.besides) await keep(beside, place.besides)
        const draft = { ...drafted, ...shared }
        const id = await check(api, { ...beside, peer_id: author, draft_activity: draft })
        fc.pre((await api.get(`${EVENTS}/${id}`)).body.state === 'duplicate_found')
        const before = await keptBy(mentors)
        const countBefore = await countOf(mentors)
        const review = (await api.get(`${EVENTS}/${id}/review`)).body
        const candidate = review.candidates.find((one: { activity_id: string }) => one.activity_id === own?.id)
        fc.pre(candidate?.allowed.includes(resolution))
        const merges = resolution === 'merge' || resolution === 'co_led'
        const body = {
          resolution,
          candidate_id: own?.id,
          review_version: review.review_version,
          ...(merges && { field_choices: choices }),
        }

        const stale = await resolve(api, id, { ...body, review_version: review.review_version + 1 })
        expect(stale).toMatchObject({ status: 409, body: { code: 'review_moved_on' } })
        expect(await keptBy(mentors)).toEqual(before)
        const unmoved = (await api.get(`${EVENTS}/${id}/review`)).body
        expect({ ...unmoved, as_of: review.as_of }).toEqual(review)

        expect((await resolve(api, id, body)).status).toBe(200)
        const after = await keptBy(mentors)
        expect((await resolve(api, id, body)).status).toBe(200)
        expect(await keptBy(mentors)).toEqual(after)

        const { receipts } = (await api.get(`${EVENTS}/${id}/review`)).body
        expect(receipts).toHaveLength(1)
        const [receipt] = receipts
        expect(receipt.countable_change).toBe((await countOf(mentors)) - countBefore)
        if (!merges || Object.keys(choices).length === 0) {
          expect(receipt.countable_change).toBe(candidate.countable_change[resolution])
        }
        if (merges) {
          const { fields } = planMerge(review.draft, candidate.fields, choices)
          const told = countableChange(review.countable_rule, candidate.countable_besides, candidate.fields, fields)
          expect(receipt.countable_change).toBe(told)
        }
        const standing = JSON.stringify([receipt.content.lines, after])
        for (const value of [
          ...Object.values(draft),
          ...before.flatMap((one) => [one.title, one.location, one.notes]),
        ]) {
          if (!isBlank(value)) expect(standing).toContain(JSON.stringify(value))
        }

        expect((await put(api, id, { state: 'duplicate_found' })).status).toBe(200)
        expect(await keptBy(mentors)).toEqual(before)
        expect(await countOf(mentors)).toBe(countBefore)
        const [undone] = (await api.get(`${EVENTS}/${id}/review`)).body.receipts
        expect(undone).toEqual({
          ...receipt,
          undone_by: 'open',
          undone_at: '2026-03-26T10:00:00Z',
          undoable: false,
          review_version: null,
        })
      }),
      { numRuns: 25 },
    )
  }, 60_000)
})
