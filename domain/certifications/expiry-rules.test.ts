import { expect, test } from 'vitest'
import { type Instant, parseInstant } from '@/lib/instant'
import { expiryReason, hasLapsed, readExpiryReason, statusAt } from './expiry-rules'

function at(text: string): Instant {
  const instant = parseInstant(text)
  if (!instant) throw new Error(text)
  return instant
}

const EXPIRY = at('2026-03-26T10:00:00Z')

test.each([
  ['2026-03-26T09:59:59.999999Z', 'valid'],
  ['2026-03-26T10:00:00Z', 'expired'],
  ['2026-03-26T10:00:00.000001Z', 'expired'],
])('at %s a certification that expires at 10:00 is %s', (now, status) => {
  expect(statusAt({ revoked_at: null, expires_at: EXPIRY }, at(now))).toBe(status)
})

test.each(['2026-03-26T09:00:00Z', '2026-03-26T11:00:00Z'])(
  'a revoked one is revoked before and after its expiry (%s)',
  (now) => {
    expect(statusAt({ revoked_at: at('2026-01-01T00:00:00Z'), expires_at: EXPIRY }, at(now))).toBe('revoked')
  },
)

test('a mentor has lapsed from the moment of the first expiry, and without certifications never', () => {
  expect(hasLapsed(EXPIRY, at('2026-03-26T09:59:59.999999Z'))).toBe(false)
  expect(hasLapsed(EXPIRY, EXPIRY)).toBe(true)
  expect(hasLapsed(null, EXPIRY)).toBe(false)
})

test.each([
  ['2026-02-28T22:59:59Z', '2026-02-28'],
  ['2026-02-28T23:00:00Z', '2026-03-01'],
  // clocks go forward at 01:00 UTC on 29 March 2026, and back on 25 October
  ['2026-03-28T22:59:59Z', '2026-03-28'],
  ['2026-03-29T21:59:59Z', '2026-03-29'],
  ['2026-03-29T22:00:00Z', '2026-03-30'],
  ['2026-10-25T22:59:59Z', '2026-10-25'],
  ['2026-10-25T23:00:00Z', '2026-10-26'],
])('an expiry at %s is dated %s in Oslo', (expiry, date) => {
  expect(expiryReason('peer_mentor_basic', at(expiry), 'Europe/Oslo')).toBe(
    `Certification peer_mentor_basic expired on ${date}`,
  )
})

test('what the log says of a lapse can be taken apart again, and other sentences are left alone', () => {
  const reason = expiryReason('peer mentor expired on paper', at('2026-03-01T23:30:00Z'), 'Europe/Oslo')
  expect(readExpiryReason(reason)).toEqual({ type: 'peer mentor expired on paper', date: '2026-03-02' })
  expect(readExpiryReason('Paused by hand')).toBeNull()
})
