const PLAIN = 'abcdefghijklmnopqrstuvwxyzæøåéABCDEFGHIJKLMNOPQRSTUVWXYZÆØÅÉ'
const ACCENTED = 'ǎƀčďěƒǧȟǐǰǩľɱňǒƥɋřšťǔʋẘẋẙžǽǿǻɇǍɃČĎĚƑǦȞǏɈǨĽⱮŇǑƤɊŘŠŤǓƲẈẊɎŽǼǾǺɆ'

/** What a pseudo-locale is written in: none of it stands in a text that did not come from the catalogue. */
export const PSEUDO_LETTERS: ReadonlySet<string> = new Set([...ACCENTED, '⟦', '⟧'])

/** A catalogue whose every message is ⟦ǎččěňťěď⟧, so that any other text on a screen stands out. */
export function pseudoMessages<Messages extends object>(messages: Messages): Messages {
  const entries = Object.entries(messages).map(([name, value]) => [
    name,
    typeof value === 'object' ? pseudoMessages(value) : pseudoText(String(value)),
  ])
  return Object.fromEntries(entries) as Messages
}

/** Accents what a reader sees of an ICU message; arguments, the words of their syntax and tags stay. */
export function pseudoText(message: string): string {
  let depth = 0
  const accented = message.replaceAll(/<\/?\w+>|[\s\S]/gu, (part) => {
    if (part === '{') depth++
    else if (part === '}') depth--
    // a brace within an argument opens a branch of a plural or select, whose text is seen again
    return depth % 2 === 0 && part.length === 1 ? accent(part) : part
  })
  return `⟦${accented}⟧`
}

function accent(letter: string): string {
  const place = PLAIN.indexOf(letter)
  return place < 0 ? letter : ([...ACCENTED][place] ?? letter)
}
