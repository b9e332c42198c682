import { describe, expect, it } from 'vitest'
import { type Instant, parseInstant } from '@/lib/instant'
import { certStatusAt } from './cert-status'

function at(text: string): Instant {
  const instant = parseInstant(text)
  if (!instant) throw new Error(text)
  return instant
}

describe('certStatusAt', () => {
  const now = at('2026-03-26T10:00:00Z')

  it.each([
    ['active', at('2026-03-26T10:00:00.000001Z'), true],
    ['expired', now, true],
    ['revoked', null, true],
    ['none', null, false],
  ] as const)('is %s', (status, lastExpiry, holdsAny) => {
    expect(certStatusAt(lastExpiry, holdsAny, now)).toBe(status)
  })
})
