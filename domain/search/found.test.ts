import { expect, test } from 'vitest'
import type { Instant } from '@/lib/instant'
import { type FoundRow, toGroup } from './found'

const now = '2026-03-26T10:00:00.000000Z' as Instant

function found(id: string, source: number, place: number): FoundRow {
  const facts = { email: null, paused: false }
  return { found_in: 'mentors', source, place, id, mentor_id: id, mentor_name: id, at: null, revoked_at: null, facts }
}

const idsOf = (rows: FoundRow[], limit = 10) => {
  const { data, more } = toGroup('mentors', rows, { limit, cut: false, now })
  return { ids: data.map(({ mentor_id }) => mentor_id), more }
}

test('what several sources found stands once, where it ranks best', () => {
  const rows = [found('c', 1, 1), found('a', 1, 2), found('b', 0, 2), found('a', 0, 1)]
  expect(idsOf(rows)).toEqual({ ids: ['a', 'b', 'c'], more: false })
  expect(idsOf(rows, 2)).toEqual({ ids: ['a', 'b'], more: true })
})
