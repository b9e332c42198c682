import { describe, expect, it } from 'vitest'
import { type Instant, parseInstant } from '@/lib/instant'
import { measureSkew, notAhead, phoneClockOf, readPhoneTime } from './phone-clock'

const at = (text: string) => parseInstant(text) as Instant
const now = at('2026-03-26T10:00:00Z')
const measured = (clientTime: string, known = 0) => measureSkew({ now, clientTime: at(clientTime) }, known)

describe('measureSkew', () => {
  it('believes a clock within half a minute, and measures what lies beyond', () => {
    expect(measured('2026-03-26T10:00:30Z')).toBe(0)
    expect(measured('2026-03-26T09:59:30Z')).toBe(0)
    expect(measured('2026-03-26T10:00:30.001Z')).toBe(30_001)
    expect(measured('2026-03-26T09:59:29.999Z')).toBe(-30_001)
    expect(measureSkew({ now, clientTime: null }, 5000)).toBeNull()
  })

  it('keeps what is known of a clock while the difference is that of the network', () => {
    expect(measured('2026-03-26T10:58:20Z', 3_480_000)).toBe(3_480_000)
    expect(measured('2026-03-26T10:58:31Z', 3_480_000)).toBe(3_511_000)
    expect(measured('2026-03-26T10:00:02Z', 3_480_000)).toBe(0)
    expect(measured('2026-03-26T10:00:40Z', 31_000)).toBe(31_000)
  })
})

describe('an event’s time', () => {
  const read = (time: string | null, skew: number | null) =>
    readPhoneTime({ clientTime: at('2026-03-26T10:58:00Z') }, time === null ? null : at(time), skew)

  it('is kept as it was given beside the corrected one, to the microsecond', () => {
    const time = read('2026-03-26T10:02:00.123456Z', 3_480_000)
    expect(time).toEqual({
      client_timestamp: '2026-03-26T10:02:00.123456Z',
      client_clock: '2026-03-26T10:58:00.000000Z',
      corrected_timestamp: '2026-03-26T09:04:00.123456Z',
    })
    expect(phoneClockOf(time)).toEqual({
      client_clock: '2026-03-26T10:58:00Z',
      clock_ahead_seconds: 3480,
      corrected_timestamp: '2026-03-26T09:04:00Z',
    })
  })

  it('stands where the clock is right or nothing is known of it', () => {
    const right = read('2026-03-26T09:00:00Z', 0)
    expect(right).toMatchObject({ corrected_timestamp: null, client_clock: '2026-03-26T10:58:00.000000Z' })
    expect(phoneClockOf(right)).toEqual({})
    expect(read('2026-03-26T09:00:00Z', null)).toMatchObject({ corrected_timestamp: null, client_clock: null })
    expect(read(null, 3_480_000)).toEqual({ client_timestamp: null, client_clock: null, corrected_timestamp: null })
  })

  it('is the server’s where it lies ahead all the same', () => {
    expect(notAhead(at('2026-03-26T10:05:00Z'), now)).toBe('2026-03-26T10:05:00.000000Z')
    expect(notAhead(at('2026-03-26T10:05:00.000001Z'), now)).toBe(now)
  })

  it('stays within the years that are kept, whatever the clock says', () => {
    const years = 8000 * 365 * 86_400_000
    expect(read('1990-01-01T00:00:00Z', years).corrected_timestamp).toBe('1900-01-01T00:00:00.000000Z')
    expect(read('9999-01-01T00:00:00Z', -years).corrected_timestamp).toBe('9999-12-31T23:59:59.000000Z')
  })
})
