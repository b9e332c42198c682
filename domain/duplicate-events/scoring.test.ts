import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Pair, scorePair } from './scoring'
import { WEIGHTS } from './weights'

const equal: Pair = {
  same_mentor: true,
  same_type: true,
  days_apart: 0,
  title_similarity: 1,
  location_similarity: 1,
  durations: [60, 60],
  starts_apart: null,
  participants: null,
}
const silent: Pair = { ...equal, title_similarity: null, location_similarity: null, durations: null }

describe('scoring a pair', () => {
  it.each<[string, Partial<Pair>, boolean]>([
    ['the same session twice', {}, true],
    ['the day after', { days_apart: 1 }, true],
    ['under another type', { same_type: false }, true],
    ['by a second mentor', { same_mentor: false }, true],
    ['by a second mentor, under another title', { same_mentor: false, title_similarity: 0.1 }, false],
    ['the day after, under another title', { days_apart: 1, title_similarity: 0.1 }, false],
    ['by a second mentor in another place', { same_mentor: false, location_similarity: 0.1 }, false],
    ['the day after at another time of day', { days_apart: 1, starts_apart: 240 }, false],
  ])('%s', (_, change, duplicate) => {
    expect(scorePair({ ...equal, ...change }).duplicate).toBe(duplicate)
  })

  it('always puts the same mentor, type and date before a coordinator', () => {
    const different = { ...equal, title_similarity: 0, location_similarity: 0, durations: [30, 240] as const }
    expect(scorePair(different).probability).toBeLessThan(0.1)
    expect(scorePair(different).duplicate).toBe(true)
    expect(scorePair({ ...different, days_apart: 1 }).duplicate).toBe(false)
  })

  it('asks nobody where hardly anything is known', () => {
    expect(scorePair({ ...silent, days_apart: 1 }).duplicate).toBe(false)
    expect(scorePair({ ...silent, same_mentor: false }).duplicate).toBe(false)
  })

  it('shows one line of evidence per comparison, and a missing value speaks neither way', () => {
    const { evidence } = scorePair(silent)
    expect(evidence.map(({ field }) => field)).toEqual(Object.keys(WEIGHTS))
    expect(evidence.find(({ field }) => field === 'title')).toEqual({ field: 'title', level: 'missing', weight: 0 })
    expect(evidence.find(({ field }) => field === 'date')?.weight).toBeGreaterThan(0)
  })

  it('knows a weight for whatever can be compared, and more likeness never lowers the score', () => {
    const share = fc.option(fc.double({ min: 0, max: 1, noNaN: true }))
    const minutes = fc.option(fc.tuple(fc.integer({ min: 1, max: 600 }), fc.integer({ min: 1, max: 600 })))
    const pair = fc.record({
      same_mentor: fc.boolean(),
      same_type: fc.boolean(),
      days_apart: fc.constantFrom(0, 1),
      title_similarity: share,
      location_similarity: share,
      durations: minutes,
      starts_apart: fc.option(fc.nat({ max: 1439 })),
      participants: fc.option(fc.tuple(fc.nat({ max: 50 }), fc.nat({ max: 50 }))),
    })
    fc.assert(
      fc.property(pair, (any) => {
        const score = scorePair(any)
        expect(score.probability).toBeGreaterThanOrEqual(0)
        expect(score.probability).toBeLessThanOrEqual(1)
        expect(scorePair({ ...any, title_similarity: 1 }).probability).toBeGreaterThanOrEqual(score.probability)
        expect(scorePair({ ...any, same_mentor: true }).probability).toBeGreaterThanOrEqual(score.probability)
      }),
    )
  })
})
