import { expect, test } from 'vitest'
import type { Instant } from '@/lib/instant'
import { forecastEnd, nextRunAfter, pausedFrom } from './schedule'

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

test.each([
  ['expires a moment before a run', '2026-03-27T22:59:59.999999Z', '23:00', '2026-03-27T23:00:00.000000Z'],
  ['expires as a run begins', '2026-03-27T23:00:00.000000Z', '23:00', '2026-03-27T23:00:00.000000Z'],
  ['expires a moment after it', '2026-03-27T23:00:00.000001Z', '23:00', '2026-03-28T23:00:00.000000Z'],
  ['has expired', '2026-03-01T23:00:00.000000Z', '23:00', '2026-03-26T23:00:00.000000Z'],
  ['expires while no job runs by itself', '2026-03-27T23:00:00.000000Z', 'off', null],
])('what %s pauses from the first run that finds it', (_, expiresAt, at, from) => {
  expect(pausedFrom(expiresAt as Instant, '2026-03-26T10:00:00.000000Z' as Instant, at)).toBe(from)
})
