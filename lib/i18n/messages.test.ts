import { describe, expect, it } from 'vitest'
import { ERRORS } from '@/lib/errors'
import en from '@/messages/en.json'
import nb from '@/messages/nb.json'
import { chooseLocale } from './locales'

/** Every message as `path: names of its arguments`. */
function outline(node: object, path = ''): string[] {
  return Object.entries(node).flatMap(([key, value]) => {
    const here = path ? `${path}.${key}` : key
    if (typeof value === 'object') return outline(value, here)
    return [`${here}: ${argumentsOf(String(value))}`]
  })
}

/** A brace within an argument opens a branch of a plural or select, the next one within that an argument again. */
function argumentsOf(message: string): string {
  const names = new Set<string>()
  let depth = 0
  for (const match of message.matchAll(/[{}]/g)) {
    if (match[0] === '}') depth--
    else if (depth++ % 2 === 0) names.add(/^\w+/.exec(message.slice(match.index + 1))?.[0] ?? '')
  }
  return [...names].sort().join(',')
}

describe('messages', () => {
  it('has the same keys and arguments in both languages', () => {
    expect(outline(nb).sort()).toEqual(outline(en).sort())
  })

  it('has words for every error of the API', () => {
    expect(Object.keys(en.problems)).toEqual(expect.arrayContaining(Object.keys(ERRORS)))
  })
})

describe('chooseLocale', () => {
  it.each([
    [undefined, 'nb-NO,nb;q=0.9,en;q=0.8', 'nb'],
    [undefined, 'nn,en;q=0.5', 'nb'],
    [undefined, 'no', 'nb'],
    [undefined, 'en;q=0.5,no;q=0.9', 'nb'],
    [undefined, 'nb;q=0,en', 'en'],
    [undefined, 'en-US,nb;q=0.9', 'en'],
    [undefined, 'de,sv;q=0.9', 'en'],
    [undefined, null, 'en'],
    ['nb', 'en', 'nb'],
    ['en', 'nb', 'en'],
    ['xx', 'nb', 'nb'],
  ] as const)('cookie %s and browser %s: %s', (cookie, browser, expected) => {
    expect(chooseLocale(cookie, browser)).toBe(expected)
  })
})
