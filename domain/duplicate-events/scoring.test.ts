import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Pair, Told } from './comparison'
import { scorePair } from './scoring'
import { WEIGHTS } from './weights'

const told: Told = {
  title: 'Sorggruppe',
  title_words: 'sorg GRUPPE',
  place_words: 'ROM 4b',
  duration_minutes: 90,
  starts_at: null,
  participant_count: null,
  notes: null,
}
const silent: Told = { ...told, title: null, title_words: null, place_words: null, duration_minutes: null }
const likeness = {
  title_likeness: null,
  title_told_likeness: null,
  title_told_edits: null,
  title_containment: null,
  place_likeness: null,
  place_containment: null,
  place_in_title: null,
}

function pairOf(own: Partial<Told>, other: Partial<Told>, rest: Partial<Pair> = {}): Pair {
  const sides = [
    { ...told, ...own },
    { ...told, ...other },
  ] as const
  return { ...likeness, same_mentor: true, same_type: true, days_apart: 0, in_rhythm: false, told: sides, ...rest }
}

describe('scoring a pair', () => {
  it.each<[string, Partial<Told>, Partial<Pair>, boolean]>([
    ['the same session twice', {}, {}, true],
    ['the day after', {}, { days_apart: 1 }, true],
    ['the day after, while both weekdays have a weekly session', {}, { days_apart: 1, in_rhythm: true }, false],
    ['under another type', {}, { same_type: false }, true],
    [
      'under another type, with nothing else alike',
      { title_words: 'TUR', place_words: null },
      { same_type: false },
      false,
    ],
    ['by a second mentor', {}, { same_mentor: false }, true],
    ['by a second mentor, under another title', { title_words: 'strikking ull garn' }, { same_mentor: false }, false],
    ['by a second mentor in another place', { place_words: 'sognsvann' }, { same_mentor: false }, false],
    ['the day after, under another title', { title_words: 'strikking ull garn' }, { days_apart: 1 }, false],
    ['a week later', {}, { days_apart: 7 }, false],
  ])('%s', (_, other, rest, duplicate) => {
    expect(scorePair(pairOf({}, other, rest)).duplicate).toBe(duplicate)
  })

  it('always puts the same mentor, type and date before a coordinator', () => {
    const other = { title_words: 'TUR', place_words: 'sognsvann', duration_minutes: 30 }
    expect(scorePair(pairOf({}, other)).probability).toBeLessThan(0.1)
    expect(scorePair(pairOf({}, other)).duplicate).toBe(true)
    expect(scorePair(pairOf({}, other, { days_apart: 1 })).duplicate).toBe(false)
  })

  it('asks nobody where hardly anything is known', () => {
    expect(scorePair(pairOf(silent, silent, { days_apart: 1 })).duplicate).toBe(false)
    expect(scorePair(pairOf(silent, silent, { same_mentor: false })).duplicate).toBe(false)
  })

  it('shows one line of evidence per comparison, and a missing value speaks neither way', () => {
    const { evidence } = scorePair(pairOf({ title: null, title_words: null }, told))
    expect(evidence.map(({ field }) => field)).toEqual(Object.keys(WEIGHTS))
    expect(evidence.find(({ field }) => field === 'title')).toEqual({ field: 'title', level: 'missing', weight: 0 })
    expect(evidence.find(({ field }) => field === 'date')?.weight).toBeGreaterThan(0)
  })

  it('knows a weight for whatever can be compared', () => {
    const share = fc.option(fc.double({ min: 0, max: 1, noNaN: true }))
    const words = fc.option(
      fc.array(fc.constantFrom('TUR', 'GRUPPE', 'TIRSDAG', 'sorg', 'sognsvann', '2', '4b'), { minLength: 1 }),
    )
    const side = fc.record({
      title: fc.option(fc.constantFrom('Samtale kl. 18', 'Formiddagstur', 'Tur')),
      title_words: words.map((some) => some?.join(' ') ?? null),
      place_words: words.map((some) => some?.join(' ') ?? null),
      duration_minutes: fc.option(fc.integer({ min: 1, max: 600 })),
      starts_at: fc.option(fc.constantFrom('09:00', '18:00', '18:20')),
      participant_count: fc.option(fc.nat({ max: 50 })),
      notes: fc.constant(null),
    })
    const pair = fc.record({
      same_mentor: fc.boolean(),
      same_type: fc.boolean(),
      days_apart: fc.constantFrom(0, 1, 7),
      in_rhythm: fc.boolean(),
      title_likeness: share,
      title_told_likeness: share,
      title_told_edits: fc.option(fc.nat({ max: 9 })),
      title_containment: share,
      place_likeness: share,
      place_containment: share,
      place_in_title: share,
      told: fc.tuple(side, side),
    })
    fc.assert(
      fc.property(pair, (any) => {
        const { probability } = scorePair(any)
        expect(probability).toBeGreaterThanOrEqual(0)
        expect(probability).toBeLessThanOrEqual(1)
      }),
    )
  })
})
