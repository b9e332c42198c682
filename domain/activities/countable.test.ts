import { describe, expect, it } from 'vitest'
import { type CountableRule, type Counted, countCountable } from './countable'
import { countableChange, isCountable } from './countable-rule'

const rule: CountableRule = { participants: 3, minutes: 45, once_a_day: true }
const group: Counted = {
  mentor_key: 1,
  activity_type_id: 'group',
  date: '2026-03-20',
  participant_count: 3,
  duration_minutes: 45,
}

describe('what counts', () => {
  it.each([
    [{}, true],
    [{ participant_count: 2 }, false],
    [{ duration_minutes: 44.5 }, false],
    [{ participant_count: null }, false],
    [{ duration_minutes: null }, false],
  ])('%j: %s', (changes, counts) => {
    expect(isCountable(rule, { ...group, ...changes })).toBe(counts)
  })

  it('is everything that is told where nothing is asked', () => {
    const bare = { ...group, participant_count: null, duration_minutes: null }
    expect(isCountable({ ...rule, participants: 0, minutes: 0 }, bare)).toBe(true)
  })

  it('is one of a mentor, type and day, unless each counts', () => {
    const small = { ...group, participant_count: 1 }
    const others = [
      { ...group, mentor_key: 2 },
      { ...group, activity_type_id: 'walk' },
      { ...group, date: '2026-03-21' },
    ]
    expect(countCountable(rule, [group, group, small])).toBe(1)
    expect(countCountable(rule, [group, ...others])).toBe(4)
    expect(countCountable({ ...rule, once_a_day: false }, [group, group, small, ...others])).toBe(5)
    expect(countCountable(rule, [])).toBe(0)
  })
})

describe('what a change of one of them does to the number', () => {
  const small = { ...group, participant_count: 1 }
  const nextDay = { ...group, date: '2026-03-21' }
  const each = { ...rule, once_a_day: false }
  it.each([
    ['counts from now on', rule, [], small, group, 1],
    ['counts no more', rule, [], group, small, -1],
    ['comes', rule, [], null, group, 1],
    ['goes', rule, [], group, null, -1],
    ['comes where one counts already', rule, [group], null, group, 0],
    ['comes where each counts', each, [group], null, group, 1],
    ['counts from now on where one does already', rule, [group], small, group, 0],
    ['moves to a day on which one counts', rule, [nextDay], group, nextDay, -1],
    ['moves away from a day on which one counts', rule, [group], group, nextDay, 1],
    ['moves to a day of its own', rule, [], group, nextDay, 0],
  ])('%s', (_, by, besides, before, after, change) => {
    expect(countableChange(by, besides, before, after)).toBe(change)
  })
})
