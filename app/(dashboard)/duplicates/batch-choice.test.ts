import { describe, expect, it } from 'vitest'
import { decisionsOf } from './batch-choice'

const one = { id: 'evt-1', review_version: 3, two_mentors: false }
const two = { id: 'evt-2', review_version: 0, two_mentors: true }

describe('decisionsOf', () => {
  it.each([
    ['merge', 'co_led', ['merge', 'co_led']],
    ['merge', 'keep_both', ['merge', 'keep_both']],
    ['merge', 'leave', ['merge']],
    ['discard_draft', 'co_led', ['discard_draft', 'co_led']],
    ['discard_draft', 'leave', ['discard_draft']],
    // to keep both is right for any pair, so nothing else is asked
    ['keep_both', 'leave', ['keep_both', 'keep_both']],
  ] as const)('%s, of two mentors %s: %s', (resolution, ofTwo, expected) => {
    const decisions = decisionsOf([one, two], { resolution, ofTwo })
    expect(decisions.map((decision) => decision.resolution)).toEqual(expected)
  })

  it('names what was seen', () => {
    expect(decisionsOf([one], { resolution: 'merge', ofTwo: 'leave' })).toEqual([
      { id: 'evt-1', review_version: 3, resolution: 'merge' },
    ])
  })
})
