import { createTranslator } from 'next-intl'
import { describe, expect, it } from 'vitest'
import nb from '@/messages/nb.json'
import { keysOf } from './key-use'
import { PSEUDO_LETTERS, pseudoMessages, pseudoText } from './pseudo'

describe('pseudoText', () => {
  it.each([
    ['Angre', '⟦Ǎňǧřě⟧'],
    ['Forny til {date}', '⟦Ƒǒřňẙ ťǐľ {date}⟧'],
    ['{from, number}–{to, number} av {total, number}', '⟦{from, number}–{to, number} ǎʋ {total, number}⟧'],
    ['{n, plural, one {# dag} other {# dager}} igjen', '⟦{n, plural, one {# ďǎǧ} other {# ďǎǧěř}} ǐǧǰěň⟧'],
    ['{a, select, x {på {b}} other {}}', '⟦{a, select, x {ƥǻ {b}} other {}}⟧'],
    ['Les <link>mer</link>', '⟦Ľěš <link>ɱěř</link>⟧'],
  ])('of %j', (message, pseudo) => {
    expect(pseudoText(message)).toBe(pseudo)
  })
})

it('leaves no letter of any message as it was, and its arguments in place', () => {
  const errors: string[] = []
  const t = createTranslator({
    locale: 'nb',
    messages: pseudoMessages(nb),
    onError: ({ message }) => errors.push(message),
  })
  const seen = keysOf(nb).map((key) => String(t.raw(key as never)).replaceAll(/\{[^{}]*\}|<\/?\w+>/g, ''))
  expect(seen.every((text) => text.startsWith('⟦') && text.endsWith('⟧'))).toBe(true)
  const letters =
    seen
      .filter((text) => !text.includes('{'))
      .join('')
      .match(/\p{L}/gu) ?? []
  expect(letters.filter((letter) => !PSEUDO_LETTERS.has(letter))).toEqual([])
  expect(errors).toEqual([])
  expect(t('ui.range', { from: 1, to: 20, total: 300 })).toBe('⟦1–20 ǎʋ 300⟧')
})

it('writes with letters that the languages do not have', () => {
  expect([...'abcxyzæøåABCXYZÆØÅéüöôò'].filter((letter) => PSEUDO_LETTERS.has(letter))).toEqual([])
  expect(PSEUDO_LETTERS.size).toBe(2 * 30 + 2)
})
