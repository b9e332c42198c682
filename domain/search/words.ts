const MOST_WORDS = 6

/** The different words of a query, the longest first: they tell most apart. Of too many the longest count. */
export function splitWords(query: string): string[] {
  const words = [...new Set(query.split(/\s+/).filter(Boolean))]
  return words.sort((a, b) => b.length - a.length).slice(0, MOST_WORDS)
}

/** The words as they stand in a LIKE pattern: wildcards stand for themselves. */
export function escapeLike(words: string): string {
  return words.replace(/[\\%_]/g, '\\$&')
}

/** Whether an index of trigrams can find it: three letters or digits in a row. */
export function hasTrigram(word: string): boolean {
  return /[\p{L}\p{N}]{3}/u.test(word)
}

/** `cert_04Q` as the ids are written, or null where it is not the beginning of an id with this prefix. */
export function beginningOfId(query: string, prefix: 'cert_' | 'evt_'): string | null {
  if (!query.toLowerCase().startsWith(prefix)) return null
  const code = query.slice(prefix.length).toUpperCase()
  return /^[0-9A-Z]{0,8}$/.test(code) ? prefix + code : null
}

export type Range = readonly [from: number, to: number]

/**
 * The numbers whose ids begin with `query`, as ranges: `evt-55` is 55, 550–559, 5500–5599 … `digits` is the least number
 * of digits in an id, filled up with zeros. Null where the query is not the beginning of an id with this prefix.
 */
export function numbersBeginning(query: string, prefix: string, digits = 1): Range[] | null {
  if (!query.toLowerCase().startsWith(prefix)) return null
  const typed = query.slice(prefix.length)
  if (!/^\d{0,15}$/.test(typed)) return null
  const ranges: Range[] = []
  for (let length = Math.max(digits, typed.length); length <= 15; length++) {
    const scale = 10 ** (length - typed.length)
    const from = Number(typed || '0') * scale
    // longer than it has to be, an id never begins with a zero
    if (length > digits && (typed.startsWith('0') || typed === '')) break
    ranges.push([from, from + scale - 1])
  }
  return typed === '' ? [[0, 10 ** 15 - 1]] : ranges
}
