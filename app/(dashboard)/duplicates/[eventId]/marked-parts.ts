interface Part {
  readonly text: string
  /** The other text does not have it there. */
  readonly marked: boolean
}

/** As many pairs of words are compared at most; beyond that all that lies between a common beginning and end is marked. */
const MOST = 250_000

/** A text in parts, with the words marked that it does not share, in their order, with the other one. */
export function partsOf(text: string, other: string): Part[] {
  const [mine, theirs] = [wordsOf(text), wordsOf(other)]
  const shared = findShared(mine.map(trimmed), theirs.map(trimmed))
  const parts: Part[] = []
  for (const [index, word] of mine.entries()) {
    const marked = !shared.has(index)
    const last = parts.at(-1)
    if (last?.marked === marked) parts[parts.length - 1] = { text: last.text + word, marked }
    else parts.push({ text: word, marked })
  }
  return parts
}

/** Each with the space that follows it. */
function wordsOf(text: string): string[] {
  return text.split(/(?<=\s)(?=\S)/)
}

function trimmed(word: string): string {
  return word.trim()
}

/** The places in `mine` of the longest row of words that both have in their order. */
function findShared(mine: readonly string[], theirs: readonly string[]): Set<number> {
  const shortest = Math.min(mine.length, theirs.length)
  let start = 0
  while (start < shortest && mine[start] === theirs[start]) start++
  let end = 0
  while (end < shortest - start && mine.at(-1 - end) === theirs.at(-1 - end)) end++
  const shared = new Set([...mine.keys()].filter((index) => index < start || index >= mine.length - end))
  const [rows, columns] = [mine.length - start - end, theirs.length - start - end]
  if (rows * columns > MOST) return shared
  // how many words are shared from each pair of places on
  const width = columns + 1
  const lengths = new Uint16Array((rows + 1) * width)
  const same = (row: number, column: number) => mine[start + row] === theirs[start + column]
  const at = (row: number, column: number) => lengths[row * width + column] ?? 0
  for (let row = rows - 1; row >= 0; row--) {
    for (let column = columns - 1; column >= 0; column--) {
      lengths[row * width + column] = same(row, column)
        ? at(row + 1, column + 1) + 1
        : Math.max(at(row + 1, column), at(row, column + 1))
    }
  }
  for (let row = 0, column = 0; row < rows && column < columns; ) {
    if (same(row, column)) {
      shared.add(start + row)
      row++
      column++
    } else if (at(row + 1, column) >= at(row, column + 1)) row++
    else column++
  }
  return shared
}
