import { expect, test } from 'vitest'
import { addMonths, endOfDay } from './calendar'

test.each([
  ['2026-03-26', 36, '2029-03-26'],
  ['2026-01-31', 1, '2026-02-28'],
  ['2024-02-29', 12, '2025-02-28'],
  ['2026-12-15', 1, '2027-01-15'],
  ['2026-03-31', -1, '2026-02-28'],
])('%s moved by %i months is %s', (date, months, moved) => {
  expect(addMonths(date, months)).toBe(moved)
})

test.each([
  ['2026-01-15', 'Europe/Oslo', '2026-01-15T22:59:59.000000Z'],
  ['2026-07-15', 'Europe/Oslo', '2026-07-15T21:59:59.000000Z'],
  // the clocks change during these days
  ['2026-03-29', 'Europe/Oslo', '2026-03-29T21:59:59.000000Z'],
  ['2026-10-25', 'Europe/Oslo', '2026-10-25T22:59:59.000000Z'],
  ['2026-10-24', 'Europe/Oslo', '2026-10-24T21:59:59.000000Z'],
  ['2026-07-15', 'America/New_York', '2026-07-16T03:59:59.000000Z'],
])('%s ends in %s at %s', (date, zone, moment) => {
  expect(endOfDay(date, zone)).toBe(moment)
})
