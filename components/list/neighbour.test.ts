import { expect, test } from 'vitest'
import { neighbour } from './neighbour'

test.each([
  [['b'], 'c'],
  [['c'], 'b'],
  [['a', 'b'], 'c'],
  [['a', 'c'], 'b'],
  [['a', 'b', 'c'], null],
])('when %j leave, the focus goes to %s', (leaving, next) => {
  expect(neighbour(['a', 'b', 'c'], new Set(leaving))).toBe(next)
})
