import { expect, test } from 'vitest'
import type { Instant } from '@/lib/instant'
import { forecastEnd, nextRunAfter } from './schedule'

test.each([
  ['2026-03-26T00:59:59.000000Z', '01:00', '2026-03-26T01:00:00.000000Z'],
  ['2026-03-26T01:00:00.000000Z', '01:00', '2026-03-27T01:00:00.000000Z'],
  ['2026-12-31T23:30:00.000000Z', '23:15', '2027-01-01T23:15:00.000000Z'],
  ['2026-03-26T00:59:59.000000Z', 'off', null],
])('after %s the job that runs at %s runs next at %s', (moment, at, next) => {
  expect(nextRunAfter(moment as Instant, at)).toBe(next)
})

test.each([
  ['2026-03-26T01:00:00.500000Z', '01:00', '2026-03-27T01:00:00.000000Z'],
  ['2026-03-26T10:00:00.000001Z', 'off', '2026-03-27T10:00:00.000001Z'],
])('a run at %s of the job that runs at %s looks ahead until %s', (moment, at, end) => {
  expect(forecastEnd(moment as Instant, at)).toBe(end)
})
