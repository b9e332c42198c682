import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ActivityFields } from '@/domain/activities/schema'
import { agreesWith, draftFields, dropLines, planMerge, undoMerge, unknownChoices } from './merge-plan'

const slot = { activity_type_id: 'act-type-03', date: '2026-03-20' }
const activity: ActivityFields = {
  ...slot,
  title: 'Samtalegruppe',
  duration_minutes: 60,
  location: null,
  starts_at: null,
  participant_count: null,
  notes: '',
  extra: { mood: 'good' },
}

const text = fc.oneof(fc.constant(null), fc.constant(''), fc.string({ maxLength: 8 }))
const extra = fc.dictionary(fc.string({ maxLength: 4 }), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 4 })
const fields: fc.Arbitrary<ActivityFields> = fc.record({
  activity_type_id: fc.constantFrom('act-type-01', 'act-type-03'),
  date: fc.constantFrom('2026-03-20', '2026-03-21'),
  title: text,
  duration_minutes: fc.option(fc.integer({ min: 1, max: 200 })),
  location: text,
  starts_at: fc.constantFrom(null, '17:00', '18:30'),
  participant_count: fc.option(fc.nat({ max: 5 })),
  notes: text,
  extra,
})
const choices = fc.dictionary(
  fc.constantFrom('title', 'date', 'notes', 'a', 'extra'),
  fc.constantFrom('draft', 'activity'),
)
/** As the database gives it back. */
const stored = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value))

describe('merging a draft into an activity', () => {
  it('lets the activity win and fills its blanks', () => {
    const draft = draftFields(
      { title: 'Gruppe', location: 'Rom 4B', notes: 'Ny deltaker', mood: 'tired', bus: 12 },
      slot,
    )
    const plan = planMerge(draft, activity, {})
    expect(plan.fields).toEqual({
      ...activity,
      location: 'Rom 4B',
      notes: 'Ny deltaker',
      extra: { mood: 'good', bus: 12 },
    })
    expect(plan.lines).toContainEqual({
      field: 'title',
      outcome: 'kept',
      draft: 'Gruppe',
      activity: 'Samtalegruppe',
      merged: 'Samtalegruppe',
    })
    expect(plan.lines).toContainEqual({ field: 'bus', extra: true, outcome: 'filled', draft: 12, merged: 12 })
  })

  it('takes the value that was chosen, of unknown keys too', () => {
    const draft = draftFields({ title: 'Gruppe', mood: 'tired' }, slot)
    const plan = planMerge(draft, activity, { title: 'draft', mood: 'draft' })
    expect(plan.fields.title).toBe('Gruppe')
    expect(plan.fields.extra).toEqual({ mood: 'tired' })
  })

  it('never lets a blank win over a value', () => {
    expect(planMerge(draftFields({ title: ' ' }, slot), activity, { title: 'draft' }).fields.title).toBe(
      'Samtalegruppe',
    )
  })

  it('names choices that nobody has a value for', () => {
    const draft = draftFields({ bus: 12 }, slot)
    expect(unknownChoices(draft, activity, { title: 'draft', bus: 'draft', train: 'draft' })).toEqual(['train'])
  })

  it('restores every field when it is undone', () => {
    fc.assert(
      fc.property(fields, fields, choices, (draft, kept, chosen) => {
        const plan = stored(planMerge(draft, kept, chosen))
        expect(undoMerge(plan.fields, plan.lines)).toEqual(stored(kept))
      }),
    )
  })

  it('lets no value disappear that does not stand in the receipt', () => {
    fc.assert(
      fc.property(fields, fields, choices, (draft, kept, chosen) => {
        const { lines } = planMerge(draft, kept, chosen)
        for (const [name, source] of [
          ['draft', draft],
          ['activity', kept],
        ] as const) {
          const { extra: unknown, ...known } = source
          for (const [field, value] of Object.entries(known)) {
            if (value !== null) expect(lines.find((line) => line.field === field && !line.extra)?.[name]).toBe(value)
          }
          for (const [field, value] of Object.entries(unknown)) {
            expect(lines.find((line) => line.field === field && line.extra)?.[name]).toEqual(value)
          }
        }
      }),
    )
  })

  it('changes nothing when the activity is merged with itself', () => {
    fc.assert(
      fc.property(fields, choices, (kept, chosen) => {
        const plan = planMerge(kept, kept, chosen)
        expect(plan.fields).toEqual(kept)
        expect(plan.lines.every(({ outcome }) => outcome === 'same' || outcome === 'kept')).toBe(true)
      }),
    )
  })
})

describe('comparing a later decision with a merge', () => {
  const draft = draftFields({ title: 'Gruppe', location: 'Rom 4B' }, slot)
  const { lines } = planMerge(draft, activity, { title: 'draft' })

  it.each([
    [{}, true],
    [{ title: 'draft' }, true],
    [{ title: 'activity' }, false],
    [{ location: 'draft' }, true],
    [{ duration_minutes: 'draft' }, true],
    [{ train: 'draft' }, false],
  ] as const)('%j agrees: %s', (chosen, agrees) => {
    expect(agreesWith(lines, chosen)).toBe(agrees)
  })
})

it('a discarded draft leaves all its values in the receipt', () => {
  expect(dropLines(draftFields({ title: 'Gruppe', bus: 12 }, slot))).toEqual([
    { field: 'activity_type_id', outcome: 'dropped', draft: 'act-type-03' },
    { field: 'date', outcome: 'dropped', draft: '2026-03-20' },
    { field: 'title', outcome: 'dropped', draft: 'Gruppe' },
    { field: 'bus', extra: true, outcome: 'dropped', draft: 12 },
  ])
})
