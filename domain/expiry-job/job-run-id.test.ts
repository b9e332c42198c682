import { expect, test } from 'vitest'
import { parseInstant } from '@/lib/instant'
import { jobRunIdOf, jobRunPrefix } from './job-run-id'

test.each([
  ['2026-03-26T01:00:00Z', 1, 'job_26MAR2026_01'],
  ['2026-03-26T23:59:59Z', 12, 'job_26MAR2026_12'],
  ['2026-12-31T23:30:00-01:00', 100, 'job_01JAN2027_100'],
])('run %s number %i is %s', (now, counter, id) => {
  const instant = parseInstant(now)
  expect(instant && jobRunIdOf(instant, counter)).toBe(id)
})

test('the prefix is what the ids of one day share', () => {
  const instant = parseInstant('2026-09-05T00:00:00Z')
  expect(instant && jobRunPrefix(instant)).toBe('job_05SEP2026_')
})
