// Which messages the sources ask for. It is read from their text: what they do not say outright (`t(state)`,
// `t(`status.${state}`)`) is filled in with the words that stand anywhere in them.
import { readTexts, type SourceText } from './source-texts'

export interface Source {
  readonly path: string
  readonly text: string
}

interface Request {
  readonly path: string
  readonly namespace: string
  /** What the key is made of: one text, several to choose from, none where it comes from elsewhere. */
  readonly texts: readonly SourceText[]
  /** Templates of the same source, for a key that comes from elsewhere. */
  readonly templates: readonly SourceText[]
  /** Whether the one text is the key, without a condition before it. */
  readonly plain: boolean
}

interface ReadSources {
  readonly requests: readonly Request[]
  /** What a gap may be filled with: every text that is no key itself, and the names of properties. */
  readonly words: ReadonlySet<string>
}

const BINDING = /\b(\w+)(?:\s*=\s*(?:await\s+)?(?:use|get)Translations\(\s*(?:'([\w.]*)')?\s*\)|: Words\b)/g
const AT_ONCE = /\(await getTranslations\(\s*(?:'([\w.]*)')?\s*\)\)\(/g

/** The keys of a catalogue as dotted paths. */
export function keysOf(node: object, path = ''): string[] {
  return Object.entries(node).flatMap(([name, value]) => {
    const key = path ? `${path}.${name}` : name
    return typeof value === 'object' ? keysOf(value, key) : [key]
  })
}

/** Keys that no source asks for. */
export function unusedKeys(keys: readonly string[], sources: readonly Source[]): string[] {
  const { requests, words } = readSources(sources)
  return keys.filter((key) => !requests.some((request) => mayAskFor(request, key, words)))
}

/** What sources ask for although the catalogue has it not, as `path: key`. */
export function missingKeys(keys: readonly string[], sources: readonly Source[]): string[] {
  return readSources(sources).requests.flatMap(({ path, namespace, texts: [text], plain }) => {
    if (!plain || !text) return []
    const known = keys.some((key) => gapsOf(text, within(namespace, key)) !== null)
    return known ? [] : [`${path}: ${[namespace, text.parts.join('…')].filter(Boolean).join('.')}`]
  })
}

function mayAskFor({ namespace, texts, templates }: Request, key: string, words: ReadonlySet<string>): boolean {
  const rest = within(namespace, key)
  if (rest === null) return false
  if (texts.length === 0 && words.has(rest)) return true
  return [...texts, ...templates].some((text) => gapsOf(text, rest)?.every((gap) => words.has(gap)) ?? false)
}

/** The key as it is written within the namespace; null outside of it. */
function within(namespace: string, key: string): string | null {
  if (namespace === '') return key
  return key.startsWith(`${namespace}.`) ? key.slice(namespace.length + 1) : null
}

/** The names that stand in the gaps of a text when it says `key`; null when it cannot. */
function gapsOf({ parts }: SourceText, key: string | null): string[] | null {
  const escaped = parts.map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  const match = key === null ? null : new RegExp(`^${escaped.join('(.+)')}$`).exec(key)
  return match ? match.slice(1).flatMap((gap) => gap.split('.')) : null
}

function readSources(sources: readonly Source[]): ReadSources {
  const requests: Request[] = []
  const words = new Set<string>()
  for (const source of sources) {
    const texts = readTexts(source.text)
    const own = requestsOf(source, texts)
    requests.push(...own)
    const asked = new Set(own.flatMap((request) => request.texts))
    for (const text of texts) if (text.parts.length === 1 && !asked.has(text)) words.add(text.parts[0] ?? '')
    for (const [, property] of source.text.matchAll(/([A-Za-z_]\w*)\??:/g)) words.add(property ?? '')
  }
  return { requests, words }
}

function requestsOf({ path, text }: Source, texts: readonly SourceText[]): Request[] {
  const request = (namespace: string, call: RegExpExecArray) => ({
    path,
    namespace,
    ...firstArgument(text, call.index + call[0].length, texts),
  })
  const requests = [...text.matchAll(AT_ONCE)].map((call) => request(call[1] ?? '', call))
  const bindings = [...text.matchAll(BINDING)]
  for (const name of new Set(bindings.map(([, bound]) => bound))) {
    for (const call of text.matchAll(new RegExp(`(?<![.\\w])${name}(?:\\.(?:rich|has|raw|markup))?\\(`, 'g'))) {
      const binding = bindings.findLast((one) => one[1] === name && one.index < call.index)
      if (binding) requests.push(request(binding[2] ?? '', call))
    }
  }
  return requests
}

function firstArgument(source: string, start: number, all: readonly SourceText[]) {
  let [end, depth] = [start, 0]
  for (; end < source.length; end++) {
    const text = all.find(({ at }) => at === end)
    if (text) end = text.end - 1
    else if ('([{'.includes(source[end] ?? '')) depth++
    else if (depth === 0 && '),'.includes(source[end] ?? '')) break
    else if (')]}'.includes(source[end] ?? '')) depth--
  }
  const texts = all.filter((text) => text.at >= start && text.end <= end)
  const last = texts.at(-1)
  const templates = texts.length === 0 ? all.filter(({ parts }) => parts.length > 1) : []
  // gaps come before the template they stand in
  const plain = last !== undefined && source.slice(start, end).trim() === source.slice(last.at, last.end)
  return { texts: plain ? [last] : texts, templates, plain }
}
