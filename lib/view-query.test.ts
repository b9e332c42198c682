import { expect, test } from 'vitest'
import { z } from 'zod'
import { readView } from './view-query'
import { listQuery, queryInteger } from './wire'

const schema = z.object({
  ...listQuery(['name'], 'name'),
  q: z.string().max(5).optional(),
  within: queryInteger(0, 90).optional(),
})

test('what an address says is taken, empty fields of a form are absent', () => {
  const view = readView(schema, { q: ' Åse ', within: '30', page: '2', limit: '', other: 'x' })
  expect(view).toEqual({ query: { q: 'Åse', within: 30, page: 2, limit: 20, sort: 'name' }, refused: [] })
})

test('a wrong value gives way to the standard one and is named; the others stand', () => {
  const view = readView(schema, { q: 'too long', within: '30', page: '-1', sort: 'shoe-size' })
  expect(view.query).toEqual({ within: 30, page: 1, limit: 20, sort: 'name' })
  expect(view.refused.toSorted()).toEqual(['page', 'q', 'sort'])
})

test('of a repeated parameter the first counts', () => {
  expect(readView(schema, { q: ['a', 'b'] }).query.q).toBe('a')
})
