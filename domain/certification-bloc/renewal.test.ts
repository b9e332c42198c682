import { describe, expect, it } from 'vitest'
import { type Instant, parseInstant } from '@/lib/instant'
import { type HeldCertification, planRenewal, type RenewalPayload } from './renewal'

function at(text: string): Instant {
  const instant = parseInstant(text)
  if (!instant) throw new Error(text)
  return instant
}

const now = at('2026-03-26T10:00:00Z')
const nothing: RenewalPayload = { certification_type: null, issued_at: null, expires_at: null }
const held = (certification_type: string, issued: string, expires: string): HeldCertification => ({
  certification_type,
  issued_at: at(issued),
  expires_at: at(expires),
})
const basic = held('basic', '2025-04-01T00:00:00Z', '2026-04-01T00:00:00Z')
const lapsed = held('first_aid', '2024-03-01T00:00:00Z', '2026-03-01T00:00:00Z')

describe('planRenewal', () => {
  it('adds the previous term to the present expiry, or to now where that has passed', () => {
    expect(planRenewal(nothing, [basic, lapsed], now)).toEqual({
      renews: basic,
      certification_type: 'basic',
      issued_at: now,
      expires_at: at('2027-04-01T00:00:00Z'),
    })
    expect(planRenewal({ ...nothing, certification_type: 'first_aid' }, [basic, lapsed], now)).toEqual({
      renews: lapsed,
      certification_type: 'first_aid',
      issued_at: now,
      expires_at: at('2028-03-25T10:00:00Z'),
    })
  })

  it('keeps the term to the microsecond', () => {
    const odd = held('basic', '2026-03-01T00:00:00.000999Z', '2026-04-01T00:00:00.000001Z')
    expect(planRenewal(nothing, [odd], now)).toMatchObject({ expires_at: at('2026-05-01T23:59:59.999003Z') })
  })

  it('does not go beyond the year 9999', () => {
    const long = held('basic', '2000-01-01T00:00:00Z', '9000-01-01T00:00:00Z')
    expect(planRenewal(nothing, [long], now)).toMatchObject({ expires_at: at('9999-12-31T23:59:59.999999Z') })
  })

  it('takes the dates it is given and keeps the issue date otherwise', () => {
    const expires_at = at('2027-03-01T00:00:00Z')
    expect(planRenewal({ ...nothing, expires_at }, [basic], now)).toMatchObject({
      issued_at: basic.issued_at,
      expires_at,
    })
    const issued_at = at('2026-03-20T00:00:00Z')
    expect(planRenewal({ ...nothing, issued_at, expires_at }, [basic], now)).toMatchObject({ issued_at, expires_at })
  })

  it('records the first certification of a type', () => {
    const payload = { certification_type: 'basic', issued_at: null, expires_at: at('2027-03-01T00:00:00Z') }
    expect(planRenewal(payload, [lapsed], now)).toEqual({
      renews: null,
      certification_type: 'basic',
      issued_at: now,
      expires_at: at('2027-03-01T00:00:00Z'),
    })
  })

  it.each<[string, RenewalPayload, HeldCertification[]]>([
    ['there is nothing to renew', nothing, []],
    ['the first of a type comes without an expiry', { ...nothing, certification_type: 'basic' }, [lapsed]],
    [
      'the first of a type would expire before it is issued',
      { certification_type: 'basic', issued_at: null, expires_at: now },
      [],
    ],
    ['it would expire before it was issued', { ...nothing, expires_at: at('2025-04-01T00:00:00Z') }, [basic]],
    ['it was issued after the term that follows', { ...nothing, issued_at: at('2040-01-01T00:00:00Z') }, [basic]],
  ])('says why not when %s', (_, payload, current) => {
    expect(planRenewal(payload, current, now)).toEqual({ error: expect.stringMatching(/^The .+\.$/) })
  })
})
