import { expect, test } from 'vitest'
import { partsOf } from './marked-parts'

/** With what is marked in brackets. */
const shown = (text: string, other: string) =>
  partsOf(text, other)
    .map((part) => (part.marked ? `[${part.text}]` : part.text))
    .join('')

test.each([
  ['Rom 5', 'Rom 4B', 'Rom [5]'],
  ['Kveldsgruppe', 'Kveldsgruppe', 'Kveldsgruppe'],
  ['Turgruppa kl. 18 på Lade', 'Turgruppa på Lade', 'Turgruppa [kl. 18 ]på Lade'],
  ['Turgruppa på Lade', 'Turgruppa kl. 18 på Lade', 'Turgruppa på Lade'],
  ['vi snakket om god søvn og om mat', 'Vi snakket om søvn og litt om mat', '[vi ]snakket om [god ]søvn og om mat'],
  ['om mat', 'om mat og søvn', 'om mat'],
  ['alt er nytt', '', '[alt er nytt]'],
])('of «%s» beside «%s» is marked: %s', (text, other, marked) => {
  expect(shown(text, other)).toBe(marked)
})

test('two long texts without a word in common are marked whole, and soon', () => {
  const words = (word: string) => Array.from({ length: 2000 }, (_, index) => `${word}${index}`).join(' ')
  const text = `Møte ${words('a')} slutt`
  expect(partsOf(text, `Møte ${words('b')} slutt`)).toEqual([{ text, marked: true }])
})
