import { expect, test } from 'vitest'
import { findErrors, SPANS } from './snooze-choice'

const TODAY = '2026-01-31'
const choice = { until: '2026-02-14', reason: 'Skal på kurs', owner: 'Kari' }

test('what is complete has nothing to mend', () => {
  expect(findErrors(choice, TODAY)).toEqual({})
})

test.each([
  ['2026-01-31', false],
  ['2026-02-01', true],
  ['2027-01-31', true],
  ['2027-02-01', false],
  ['', false],
])('on 31 January, back on «%s» is sound: %s', (until, sound) => {
  expect(findErrors({ ...choice, until }, TODAY)).toEqual(sound ? {} : { until: true })
})

test('blanks are no reason and nobody', () => {
  expect(findErrors({ ...choice, reason: '  ', owner: ' ' }, TODAY)).toEqual({ reason: true, owner: true })
  expect(findErrors({ ...choice, reason: 'x'.repeat(501), owner: 'x'.repeat(201) }, TODAY)).toEqual({
    reason: true,
    owner: true,
  })
})

test('a month from the last day is the last day of a shorter one', () => {
  expect([SPANS.week(TODAY), SPANS.fortnight(TODAY), SPANS.month(TODAY)]).toEqual([
    '2026-02-07',
    '2026-02-14',
    '2026-02-28',
  ])
})
