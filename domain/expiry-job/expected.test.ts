import { expect, test } from 'vitest'
import { countUnexplained, judgeRun } from './expected'

const none = { count: 0, renewed: 0, revoked: 0, deleted: 0, handled: 0 }

test.each([
  ['nothing was forecast', 0, null, null],
  ['nothing was expected', 0, none, null],
  ['what was expected was found', 3, { ...none, count: 3 }, null],
  ['some of it was found', 1, { ...none, count: 3 }, null],
  ['nothing was found', 0, { ...none, count: 3 }, 'missed'],
  ['two of three had been renewed', 0, { ...none, count: 3, renewed: 2 }, 'missed'],
  ['all had been dealt with', 0, { count: 4, renewed: 1, revoked: 1, deleted: 1, handled: 1 }, 'explained'],
] as const)('%s', (_, expired_found, expected, judged) => {
  expect(judgeRun({ expired_found, expected })).toBe(judged)
})

test('what is neither renewed, revoked, deleted nor handled is unexplained', () => {
  expect(countUnexplained({ count: 9, renewed: 1, revoked: 2, deleted: 1, handled: 1 })).toBe(4)
})
