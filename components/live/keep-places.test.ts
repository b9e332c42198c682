import { expect, it } from 'vitest'
import { keepPlaces } from './keep-places'

const rowsOf = (ids: string) => [...ids].map((id) => ({ id, name: `row ${id}` }))
const shown = (before: string, after: string, place: string | null, chosen = '') => {
  const kept = keepPlaces(rowsOf(before), rowsOf(after), place, new Set(chosen))
  return kept && `${kept.rows.map(({ id }) => id).join('')} ${[...kept.gone].join('')}`
}

it.each([
  ['nobody works in it', 'abcd', 'acd', null, '', null],
  ['what has left stood below', 'abcd', 'abd', 'b', '', null],
  ['what has left stood above', 'abcd', 'bcd', 'c', '', 'abcd a'],
  ['the row itself has left', 'abcd', 'abd', 'c', '', 'abcd c'],
  ['two beside each other have left', 'abcd', 'ad', 'd', '', 'abcd bc'],
  ['all have left', 'abc', '', 'c', '', 'abc abc'],
  ['others have come above', 'abcd', 'xabcd', 'b', '', 'abxcd '],
  ['others have come below', 'abcd', 'abcxd', 'b', '', null],
  ['some have come and one has left', 'abcd', 'xbycd', 'c', '', 'abcxyd a'],
  ['two have changed places', 'abcd', 'bacd', 'b', '', 'abcd '],
  ['a chosen one below has left', 'abcd', 'abc', 'a', 'd', 'abcd d'],
  ['a chosen one has left, and the pointer is elsewhere', 'abcd', 'acd', null, 'b', 'abcd b'],
  ['the row is of another list', 'abcd', 'acd', 'z', '', null],
])('keeps what the next click would miss: %s', (_, before, after, place, chosen, expected) => {
  expect(shown(before, after, place, chosen)).toBe(expected)
})
