import { describe, expect, it } from 'vitest'
import { orderRows } from './batch-order'

const order = (...rows: [key: number, rechecks?: number[]][]) =>
  orderRows(rows.map(([event_key, rechecks = []]) => ({ event_key, rechecks: new Set(rechecks) }))).map(
    ({ event_key }) => event_key,
  )

describe('the order of a plan', () => {
  it.each([
    ['is the one asked for where nothing is in the way', [[3], [1], [2]], [3, 1, 2]],
    ['puts a row after the one that it has checked again', [[1, [3]], [2], [3]], [2, 3, 1]],
    ['follows a chain', [[1, [2]], [2, [3]], [3]], [3, 2, 1]],
    ['leaves what is in order', [[3], [1, [3]], [2]], [3, 1, 2]],
    ['does not mind drafts that are not in the plan', [[1, [9]], [2]], [1, 2]],
    ['begins with the first of those in a ring', [[1, [2]], [2, [1]], [3]], [3, 1, 2]],
  ] as [string, [number, number[]?][], number[]][])('%s', (_, rows, ordered) => {
    expect(order(...rows)).toEqual(ordered)
  })
})
