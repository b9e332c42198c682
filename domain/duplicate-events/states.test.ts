import { expect, it } from 'vitest'
import { allowedMoves, allowedResolutions } from './states'

it.each([
  ['checking', null, ['resolved']],
  ['duplicate_found', null, ['resolved']],
  ['clear', null, ['resolved']],
  ['failed', null, ['checking']],
  ['resolved', 'duplicate_found', ['duplicate_found']],
  ['resolved', 'clear', ['clear']],
  ['resolved', null, []],
] as const)('from %s (resolved from %s) a client may move to %j', (state, resolvedFrom, allowed) => {
  expect(allowedMoves(state, resolvedFrom)).toEqual(allowed)
})

it('offers co_led for two mentors only, and a merge only into an activity', () => {
  const alone = { co_leaders: [] }
  expect(allowedResolutions('a', { mentor_id: 'a', ...alone })).toEqual(['merge', 'keep_both', 'discard_draft'])
  expect(allowedResolutions('a', { mentor_id: 'b', ...alone })).toEqual([
    'merge',
    'keep_both',
    'co_led',
    'discard_draft',
  ])
  expect(allowedResolutions('a', { mentor_id: 'b', co_leaders: ['a'] })).not.toContain('co_led')
  expect(allowedResolutions('a', null)).toEqual(['keep_both', 'discard_draft'])
})
