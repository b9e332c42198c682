export interface Entry {
  readonly id: string
  readonly label: string
  /** Other words for the same, with spaces between. */
  readonly synonyms: string
}

const LETTERS: Readonly<Record<string, string>> = { ø: 'o', œ: 'o', æ: 'ae', ß: 'ss', ł: 'l', đ: 'd', ð: 'd', þ: 'th' }

/** Lower case without accents, as the server compares names. */
function fold(text: string): string {
  const plain = text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '')
  return plain.replace(/[øœæßłđðþ]/g, (letter) => LETTERS[letter] ?? letter)
}

/**
 * The entries of which every typed word begins a word: first labels that begin with what was typed, then those whose
 * label holds all of it, then those found by a synonym; within each in the given order. Nothing for nothing typed.
 */
export function matchEntries<E extends Entry>(entries: readonly E[], typed: string): E[] {
  const phrase = fold(typed).trim()
  const words = phrase.split(/\s+/).filter(Boolean)
  if (words.length === 0) return []
  const holds = (text: string) => {
    const parts = text.split(/[\s-]+/)
    return words.every((word) => parts.some((part) => part.startsWith(word)))
  }
  const rank = ({ label, synonyms }: Entry) => {
    const shown = fold(label)
    if (shown.startsWith(phrase)) return 0
    if (holds(shown)) return 1
    return holds(`${shown} ${fold(synonyms)}`) ? 2 : null
  }
  return entries
    .map((entry) => ({ entry, rank: rank(entry) }))
    .filter((one): one is { entry: E; rank: number } => one.rank !== null)
    .sort((a, b) => a.rank - b.rank)
    .map(({ entry }) => entry)
}
