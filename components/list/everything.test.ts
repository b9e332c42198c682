import { expect, test } from 'vitest'
import { leftOutOf, takenOf } from './everything'

const rows = (count: number) => Array.from({ length: count })

test('what was counted and is no longer as it was is left out, also what has gone', () => {
  expect(leftOutOf({ total: 23 }, rows(21))).toBe(2)
  expect(leftOutOf({ total: 23 }, rows(23))).toBe(0)
})

test('what is beyond the most that can be taken was not changed by anybody', () => {
  expect(takenOf(9_999)).toBe(9_999)
  expect(takenOf(12_345)).toBe(10_000)
  expect(leftOutOf({ total: 12_345 }, rows(10_000))).toBe(0)
  expect(leftOutOf({ total: 12_345 }, rows(9_990))).toBe(10)
})
