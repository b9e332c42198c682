import { expect, test } from 'vitest'
import type { Instant } from '@/lib/instant'
import { nextNightlyRun } from './next-run'

const at = (time: string) => `2026-03-31T${time}.000000Z` as Instant

test('the next run is later today, or at the same time tomorrow', () => {
  expect(nextNightlyRun(at('00:59:59'), '01:00')).toBe('2026-03-31T01:00:00.000000Z')
  expect(nextNightlyRun(at('01:00:00'), '01:00')).toBe('2026-04-01T01:00:00.000000Z')
  expect(nextNightlyRun(at('23:00:00'), '01:00')).toBe('2026-04-01T01:00:00.000000Z')
})

test('a job that is off has no next run', () => {
  expect(nextNightlyRun(at('10:00:00'), 'off')).toBeNull()
})
