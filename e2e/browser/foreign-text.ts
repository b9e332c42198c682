// Finds text on a screen that came neither from the catalogue (which a pseudo-locale accents), nor from the database, nor
// from Intl.
import type { Page } from '@playwright/test'
import pg from 'pg'
import { formats } from '@/lib/i18n/formats'
import { PSEUDO_LETTERS } from '@/lib/i18n/pseudo'

/** Columns that hold words of the system: a screen that shows one as it is has forgotten to translate it. */
const SYSTEM_WORDS =
  /^(status|state|type|event_type|origin|action|actor|trigger|consequence|certification_type|error)$|^(resolution|resolved_from|resolved_by|resulting_status|rejection_reason|held_by|left_because|acknowledged_by|time_zone)$/
/** What people write into the JSON of drafts and of the change log. */
const FREE_TEXT = 'title location notes full_name email reason note annotation mentor_id name'

/** Every text that people or phones have put into the database. */
export async function readDataTexts(url: string): Promise<Set<string>> {
  const db = new pg.Client({ connectionString: url })
  await db.connect()
  try {
    const { rows: columns } = await db.query<{ table: string; name: string; kind: string }>(`
      SELECT table_name AS table, column_name AS name, data_type AS kind FROM information_schema.columns
      WHERE table_schema = 'public' AND table_name NOT LIKE '\\_%'
        AND data_type IN ('text', 'character varying', 'uuid', 'jsonb')`)
    const texts = new Set<string>()
    for (const { table, name, kind } of columns) {
      if (SYSTEM_WORDS.test(name)) continue
      const query =
        kind === 'jsonb'
          ? `SELECT DISTINCT jsonb_path_query("${name}", ('$.**."' || wanted.name || '"')::jsonpath) #>> '{}' AS text
             FROM "${table}", unnest(string_to_array('${FREE_TEXT}', ' ')) AS wanted (name)`
          : `SELECT DISTINCT "${name}"::text AS text FROM "${table}"`
      const { rows } = await db.query<{ text: string | null }>(query)
      for (const { text } of rows) if (text) texts.add(squeeze(text)).add(bare(text))
    }
    return texts
  } finally {
    await db.end()
  }
}

/** Everything that a page says, to eyes or to ears. What declares another language than the page's is left out. */
export function readShownTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const texts = new Set([document.title])
    const foreign = (element: Element) => {
      const within = element.closest('[lang]')
      return within !== null && within !== document.documentElement
    }
    const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (nodes.nextNode()) {
      const parent = nodes.currentNode.parentElement
      if (!parent || foreign(parent) || parent.closest('script, noscript, style, template')) continue
      // what is printed on a key
      if (parent.closest('kbd') && /^(([a-z+]|Ctrl|Alt|Esc|Enter|⌘|↑|↓)( |$))+$/i.test(parent.textContent ?? ''))
        continue
      // what is marked within a text is a part of it, and may be a part of a word
      const whole = parent.closest(':has(> mark)')
      texts.add((whole ?? nodes.currentNode).textContent ?? '')
    }
    const named = ['aria-label', 'aria-description', 'aria-valuetext', 'aria-roledescription', 'title', 'alt']
    for (const name of [...named, 'placeholder', 'label']) {
      for (const element of document.body.querySelectorAll(`[${name}]`)) {
        if (!foreign(element)) texts.add(element.getAttribute(name) ?? '')
      }
    }
    return [...texts]
  })
}

/** The parts of `texts` that are neither accented, nor data, nor what Intl writes in Norwegian. */
export function findForeign(texts: readonly string[], data: ReadonlySet<string>): string[] {
  const catalogue = new RegExp(`[${[...PSEUDO_LETTERS].join('')}]+`, 'u')
  const known = (part: string): boolean => {
    if (!/\p{L}/u.test(part) || data.has(bare(part)) || ID.test(bare(part))) return true
    return SEPARATORS.some((separator) => {
      const parts = part.split(separator)
      return parts.length > 1 && parts.every(known)
    })
  }
  return texts.filter((text) => {
    const whole = squeeze(text)
    if (data.has(whole)) return false
    const left = INTL.reduce((rest, pattern) => rest.replaceAll(pattern, ' · '), whole)
    return !left.split(catalogue).every(known)
  })
}

/** Without what encloses and ends it. */
const bare = (text: string) => squeeze(text.replaceAll(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ''))
const squeeze = (text: string) => text.replaceAll(/\s+/g, ' ').trim()
const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Of a request, a fault, or a record whose id is made of a number. */
const ID = /^([\da-f-]{8,36}|[a-z]+[-_]\d+)$/

/** What stands between values: our own signs, and the `og` of a list. */
const SEPARATORS = [
  ' · ',
  ...new Intl.ListFormat('nb')
    .formatToParts(['a', 'b', 'c'])
    .flatMap(({ type, value }) => (type === 'literal' ? value : [])),
  ...[': ', ' (', ') ', '–'],
]

const INTL = makeIntlPatterns()

/** Dates, times and spans as Intl writes them, with any number in the place of a number. Longest first. */
function makeIntlPatterns(): RegExp[] {
  const patterns = new Set<string>()
  const add = (parts: readonly { type: string; value: string }[]) =>
    patterns.add(parts.map(({ value }) => escaped(squeezed(value)).replaceAll(/\d+/g, '\\d+')).join(''))
  // the clocks change within a month
  const months = Array.from(
    { length: 24 },
    (_, half) => new Date(Date.UTC(2026, Math.floor(half / 2), half % 2 ? 30 : 2, 12)),
  )
  const others = [
    { month: 'narrow' },
    { month: 'short' },
    { month: 'long', year: 'numeric' },
    { day: 'numeric', month: 'short' },
  ] as const
  for (const options of [...Object.values(formats.dateTime), ...others]) {
    const format = new Intl.DateTimeFormat('nb', { ...options, timeZone: 'Europe/Oslo' })
    for (const month of months) add(format.formatToParts(month))
  }
  for (const numeric of ['auto', 'always'] as const) {
    const relative = new Intl.RelativeTimeFormat('nb', { numeric })
    for (const unit of ['second', 'minute', 'hour', 'day', 'week', 'month', 'quarter', 'year'] as const) {
      for (const count of [-7, -2, -1, 0, 1, 2, 7]) add(relative.formatToParts(count, unit))
    }
  }
  const longest = [...patterns].filter((pattern) => /\p{L}/u.test(pattern)).sort((a, b) => b.length - a.length)
  return longest.map((pattern) => new RegExp(`(?<![\\p{L}\\p{N}])${pattern}(?![\\p{L}])`, 'gu'))
}

/** As `squeeze`, but at the edges too a space stays one. */
function squeezed(text: string): string {
  return text.replaceAll(/\s+/g, ' ')
}
