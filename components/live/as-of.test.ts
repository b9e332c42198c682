import { describe, expect, it } from 'vitest'
import { cursorOf, shows, showsAllUpTo } from './as-of'

const AS_OF = '2026-03-26T10:00:00.000000Z~k3JdP0aZx9~100:105:102,103'

describe('what was read', () => {
  it.each([
    ['of a transaction before all that were running', '99.7', true],
    ['of the first that was running', '102.7', false],
    ['of one between them that had ended', '101.7', true],
    ['of the last before the next', '104.7', true],
    ['of one that had not begun', '105.7', false],
  ])('shows a change %s: %s', (_, place, shown) => {
    expect(shows(AS_OF, `k3JdP0aZx9.${place}`)).toBe(shown)
    expect(shows(AS_OF, `another000.${place}`)).toBe(false)
  })

  it('shows all changes up to a place only where nothing before it was running', () => {
    expect(showsAllUpTo(AS_OF, 'k3JdP0aZx9.99.7')).toBe(true)
    // up to the first change of a transaction, that transaction apart
    expect(showsAllUpTo(AS_OF, 'k3JdP0aZx9.100.0')).toBe(true)
    expect(showsAllUpTo(AS_OF, 'k3JdP0aZx9.100.7')).toBe(false)
    expect(showsAllUpTo(AS_OF, 'k3JdP0aZx9.101.0')).toBe(false)
    expect(showsAllUpTo(AS_OF, 'another000.99.7')).toBe(false)
  })

  it('tells where to go on, so that nothing is skipped', () => {
    expect(cursorOf(AS_OF)).toBe('k3JdP0aZx9.100.0')
    expect(showsAllUpTo(AS_OF, 'k3JdP0aZx9.100.0')).toBe(true)
    expect(cursorOf('')).toBe(null)
    expect(shows('', 'k3JdP0aZx9.1.1')).toBe(false)
  })
})
