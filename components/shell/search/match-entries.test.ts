import { expect, it } from 'vitest'
import { matchEntries } from './match-entries'

const ENTRIES = [
  { id: 'overview', label: 'Oversikt', synonyms: 'hjem start' },
  { id: 'certifications', label: 'Sertifiseringer', synonyms: 'utløp fornye' },
  { id: 'expired', label: 'Vis det som er utløpt', synonyms: 'sertifisering' },
  { id: 'dark', label: 'Bruk mørkt utseende', synonyms: 'tema natt' },
  { id: 'job', label: 'Utløpsjobben', synonyms: 'nattjobb' },
]
const found = (typed: string) => matchEntries(ENTRIES, typed).map(({ id }) => id)

it('finds by the beginning of any word, without regard to case and accents', () => {
  expect(found('OVER')).toEqual(['overview'])
  expect(found('mork')).toEqual(['dark'])
  expect(found('sikt')).toEqual([])
})

it('puts labels that begin with it first, then labels that hold it, then synonyms', () => {
  expect(found('utlop')).toEqual(['job', 'expired', 'certifications'])
})

it('wants every word, in any order, from label and synonyms together', () => {
  expect(found('natt bruk')).toEqual(['dark'])
  expect(found('natt hjem')).toEqual([])
})

it('keeps the given order among equals, and finds nothing for nothing', () => {
  expect(found('sert')).toEqual(['certifications', 'expired'])
  expect(found('  ')).toEqual([])
  expect(found('%')).toEqual([])
})
