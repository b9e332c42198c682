/** A string or template of a source; `at` and `end` are where its quotes stand. */
export interface SourceText {
  readonly at: number
  readonly end: number
  /** What stands between the gaps of a template; one part where there are none. */
  readonly parts: readonly string[]
}

const COMMENT = /\/\/[^\n]*|\/\*[\s\S]*?\*\//y

/** The strings and templates of a source, also those within a template's gaps; comments are left out. */
export function readTexts(source: string): SourceText[] {
  const found: SourceText[] = []
  for (let index = 0; index < source.length; index++) {
    COMMENT.lastIndex = index
    const comment = COMMENT.exec(source)
    if (comment) index += comment[0].length - 1
    else index = (readText(source, index, found) ?? index + 1) - 1
  }
  return found
}

/** Reads the text that begins at `at` and returns where it ends; null where none does: an apostrophe in a sentence. */
function readText(source: string, at: number, found: SourceText[]): number | null {
  const quote = source[at]
  if (quote !== "'" && quote !== '"' && quote !== '`') return null
  const parts = ['']
  for (let index = at + 1; index < source.length; index++) {
    const letter = source[index] ?? ''
    if (letter === quote) {
      found.push({ at, end: index + 1, parts })
      return index + 1
    }
    if (letter === '\n' && quote !== '`') return null
    if (quote === '`' && letter === '$' && source[index + 1] === '{') {
      index = readGap(source, index + 2, found)
      parts.push('')
    } else {
      parts[parts.length - 1] += letter === '\\' ? (source[++index] ?? '') : letter
    }
  }
  return null
}

/** Returns where the brace stands that ends a template's gap. */
function readGap(source: string, start: number, found: SourceText[]): number {
  let depth = 0
  for (let index = start; index < source.length; index++) {
    const end = readText(source, index, found)
    if (end !== null) index = end - 1
    else if (source[index] === '{') depth++
    else if (source[index] === '}' && depth-- === 0) return index
  }
  return source.length
}
