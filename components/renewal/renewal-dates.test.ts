import { expect, test } from 'vitest'
import { proposeRenewal, type RenewalChoice, renewalResult, termInMonths } from './renewal-dates'

const OSLO = { today: '2026-03-26', timeZone: 'Europe/Oslo' }
const choice: RenewalChoice = { basis: 'fromExpiry', months: '36', fixed: '' }

test.each([
  ['2023-03-01', '2026-03-01', 36],
  ['2023-02-01', '2026-03-31', 36],
  ['2023-01-01', '2025-07-01', 30],
  ['2026-01-01', '2026-04-01', 3],
  ['2026-03-01', '2026-03-02', 1],
  ['1990-01-01', '2026-01-01', 120],
])('a term from %s to %s is one of %i months', (issued_at, expires_at, months) => {
  expect(termInMonths({ issued_at: `${issued_at}T00:00:00Z`, expires_at: `${expires_at}T00:00:00Z` })).toBe(months)
})

test('an early renewal is counted from the old date, a late one from today', () => {
  const term = { issued_at: '2023-04-01T00:00:00Z', expires_at: '2026-04-01T00:00:00Z' }
  expect(proposeRenewal({ ...term, days_left: 0 })).toEqual({ basis: 'fromExpiry', months: '36', fixed: '' })
  expect(proposeRenewal({ ...term, days_left: -1 }).basis).toBe('fromToday')
})

test('the old expiry counts as the day that it is in the organisation', () => {
  expect(renewalResult(choice, '2026-04-01T22:30:00Z', OSLO)).toEqual({ lastDay: '2029-04-02' })
  expect(renewalResult({ ...choice, basis: 'fromToday' }, '2026-04-01T22:30:00Z', OSLO)).toEqual({
    lastDay: '2029-03-26',
  })
})

test('a result in the past is refused and named', () => {
  expect(renewalResult({ ...choice, months: '12' }, '2025-03-25T10:00:00Z', OSLO)).toEqual({
    error: 'past',
    date: '2026-03-25',
  })
  expect(renewalResult({ ...choice, months: '12' }, '2025-03-26T10:00:00Z', OSLO)).toEqual({ lastDay: '2026-03-26' })
})

test.each(['', '0', '121', '1.5', '-3', 'ett år'])('«%s» is no number of months', (months) => {
  expect(renewalResult({ ...choice, months }, '2026-04-01T00:00:00Z', OSLO)).toEqual({ error: 'months' })
})

test.each([
  ['2026-03-25', { error: 'date' }],
  ['2026-03-26', { lastDay: '2026-03-26' }],
  ['2036-03-26', { lastDay: '2036-03-26' }],
  ['2036-03-27', { error: 'date' }],
  ['', { error: 'date' }],
])('the fixed date %s gives %o', (fixed, result) => {
  expect(renewalResult({ ...choice, basis: 'fixed', fixed }, '2026-04-01T00:00:00Z', OSLO)).toEqual(result)
})
