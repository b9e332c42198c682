import 'server-only'
import { readFileSync } from 'node:fs'
import compile from 'icu-minify/compile'
import type { Messages } from 'next-intl'
import type { Locale } from './locales'
import { pseudoMessages } from './pseudo'

/** The catalogue of a language in pseudo-letters, read from its file: what a build brings along is parsed already. */
export function pseudoCatalogue(locale: Locale): Messages {
  const words = JSON.parse(readFileSync(`messages/${locale}.json`, 'utf8'))
  // as a build writes them: only plain objects reach the browser
  return JSON.parse(JSON.stringify(compileAll(pseudoMessages(words))))
}

function compileAll(words: object): object {
  const entries = Object.entries(words).map(([name, value]) => [
    name,
    typeof value === 'object' ? compileAll(value) : compile(String(value)),
  ])
  return Object.fromEntries(entries)
}
