import { diffArrays } from 'diff'

interface Part {
  readonly text: string
  /** The other text does not have it there. */
  readonly marked: boolean
}

/** Texts that differ in more words than this have nothing in common worth the time. */
const MOST_CHANGES = 500

/** A text in parts, with the words marked that it does not share, in their order, with the other one. */
export function partsOf(text: string, other: string): Part[] {
  const changes = diffArrays(wordsOf(other), wordsOf(text), {
    comparator: (one, another) => one.trim() === another.trim(),
    maxEditLength: MOST_CHANGES,
  })
  if (!changes) return [{ text, marked: true }]
  return changes.flatMap(({ value, added, removed }) => (removed ? [] : { text: value.join(''), marked: added }))
}

/** Each with the space that follows it. */
function wordsOf(text: string): string[] {
  return text === '' ? [] : text.split(/(?<=\s)(?=\S)/)
}
