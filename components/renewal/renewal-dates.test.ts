import { expect, test } from 'vitest'
import {
  planRenewals,
  proposeRenewal,
  type Renewable,
  type RenewalChoice,
  renewalResult,
  termInMonths,
} from './renewal-dates'

const OSLO = { today: '2026-03-26', timeZone: 'Europe/Oslo' }
const choice: RenewalChoice = { basis: 'fromExpiry', months: '36', fixed: '' }

/** What expires at a moment, after so many years. */
function expiring(expires_at: string, years = 3, days_left = 6): Renewable {
  return {
    certification_id: 'cert_04QR8TZ2',
    full_name: 'Kari Nordmann',
    certification_type: 'peer_mentor_basic',
    issued_at: `${Number(expires_at.slice(0, 4)) - years}${expires_at.slice(4)}`,
    expires_at,
    version: 1,
    days_left,
    auto_pause_applied: false,
  }
}

const soon = expiring('2026-04-01T00:00:00Z')

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
  expect(proposeRenewal([{ ...soon, days_left: 0 }])).toEqual({ basis: 'fromExpiry', months: '36', fixed: '' })
  expect(proposeRenewal([{ ...soon, days_left: -1 }]).basis).toBe('fromToday')
  expect(proposeRenewal([{ ...soon, days_left: -1 }, soon]).basis).toBe('fromExpiry')
})

test('terms that differ are left to each certification', () => {
  expect(proposeRenewal([soon, expiring('2026-05-01T00:00:00Z', 3)]).months).toBe('36')
  expect(proposeRenewal([soon, expiring('2026-05-01T00:00:00Z', 2)]).months).toBe('')
})

test('the old expiry counts as the day that it is in the organisation', () => {
  const row = expiring('2026-04-01T22:30:00Z')
  expect(renewalResult(choice, row, OSLO)).toEqual({ lastDay: '2029-04-02' })
  expect(renewalResult({ ...choice, basis: 'fromToday' }, row, OSLO)).toEqual({ lastDay: '2029-03-26' })
})

test('a result in the past is refused and named', () => {
  const year = { ...choice, months: '12' }
  expect(renewalResult(year, expiring('2025-03-25T10:00:00Z'), OSLO)).toEqual({ error: 'past', date: '2026-03-25' })
  expect(renewalResult(year, expiring('2025-03-26T10:00:00Z'), OSLO)).toEqual({ lastDay: '2026-03-26' })
})

test('what ends no later than before is no renewal', () => {
  const month = { ...choice, basis: 'fromToday', months: '1' } as const
  expect(renewalResult(month, expiring('2026-04-26T10:00:00Z'), OSLO)).toEqual({ error: 'shorter', date: '2026-04-26' })
  expect(renewalResult(month, expiring('2026-04-25T10:00:00Z'), OSLO)).toEqual({ lastDay: '2026-04-26' })
})

test.each(['', '0', '121', '1.5', '-3', 'ett år'])('«%s» is no number of months', (months) => {
  expect(renewalResult({ ...choice, months }, soon, OSLO)).toEqual({ error: 'months' })
})

test.each([
  ['2026-03-25', { error: 'date' }],
  ['2026-03-26', { error: 'shorter', date: '2026-03-26' }],
  ['2026-04-02', { lastDay: '2026-04-02' }],
  ['2036-03-26', { lastDay: '2036-03-26' }],
  ['2036-03-27', { error: 'date' }],
  ['', { error: 'date' }],
])('the fixed date %s gives %o', (fixed, result) => {
  expect(renewalResult({ ...choice, basis: 'fixed', fixed }, soon, OSLO)).toEqual(result)
})

test('of several, those that cannot be renewed so come first, and no months mean the term of each', () => {
  const long = expiring('2026-06-01T10:00:00Z', 1)
  const rows = [soon, long, expiring('2020-01-01T10:00:00Z', 1)]
  expect(planRenewals({ ...choice, months: '' }, rows, OSLO)).toEqual([
    { row: rows[2], result: { error: 'past', date: '2021-01-01' } },
    { row: soon, result: { lastDay: '2029-04-01' } },
    { row: long, result: { lastDay: '2027-06-01' } },
  ])
  expect(planRenewals({ ...choice, months: '' }, [soon], OSLO)).toEqual([{ row: soon, result: { error: 'months' } }])
})
