// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts stand for sources
import { readdirSync, readFileSync } from 'node:fs'
import { createTranslator } from 'next-intl'
import { describe, expect, it } from 'vitest'
import en from '@/messages/en.json'
import { keysOf, missingKeys, type Source, unusedKeys } from './key-use'

const source = (text: string, path = 'made-up.tsx'): Source => ({ path, text })

/** The screens and whatever hands them words; tests speak of keys without showing them. */
const SOURCES = ['app', 'components', 'domain', 'lib', 'server'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !/\.(test|d)\.tsx?$/.test(file))
    .map((file) => source(readFileSync(`${folder}/${file}`, 'utf8'), `${folder}/${file}`)),
)

describe('the catalogue', () => {
  it('has no message that no source asks for', () => {
    expect(unusedKeys(keysOf(en), SOURCES)).toEqual([])
  })

  it('has every message that a source asks for', () => {
    expect(missingKeys(keysOf(en), SOURCES)).toEqual([])
  })

  it('is known to the type checker', () => {
    const t = createTranslator({ locale: 'en-GB', messages: en, onError: () => {} })
    expect(t('actions.undo')).toBe('Undo')
    // @ts-expect-error there is no such message
    expect(t('actions.noSuch')).toBe('actions.noSuch')
    const states = ['open', 'lost'] as const
    // @ts-expect-error one of the states has no message
    expect(states.map((state) => t(`status.assignment.${state}`))).toEqual(['Open', 'status.assignment.lost'])
  })
})

describe('unusedKeys', () => {
  const keys = ['list.title', 'list.empty', 'list.states.open', 'list.states.closed', 'page.title']
  it.each([
    ["const t = useTranslations('list')\nt('title')", ['list.title']],
    ["const t = useTranslations()\nt('list.title')", ['list.title']],
    ["const t = await getTranslations('list')\nt.rich('empty', {})", ['list.empty']],
    ["(await getTranslations('page'))('title')", ['page.title']],
    ["function say(t: Words) {\n  return t('list.title')\n}", ['list.title']],
    ["const t = useTranslations('list')\nt(some ? 'title' : 'empty')", ['list.title', 'list.empty']],
    ["const t = useTranslations('list')\nt(`states.${state}`)", []],
    ["const t = useTranslations('list')\nt(`states.${state}`)\ntype State = 'open'", ['list.states.open']],
    ["const t = useTranslations('list')\nt(`states.${state}`)\nconst of = { closed: 1 }", ['list.states.closed']],
    ["const t = useTranslations('list.states')\nt(state)\nconst states = ['open']", ['list.states.open']],
    ["const t = useTranslations('list')\nconst key = `states.${a}`\nt(key)\nconst a = 'open'", ['list.states.open']],
    ["const t = useTranslations('list')\n// t('title')\n/* t('empty') */", []],
    ["const t = useTranslations('page')\nt('empty')", []],
    ["t('title')\nconst other = 'list.title'", []],
    [
      "function A() {\n const t = useTranslations('list')\n t('title')\n}\nfunction B() {\n const t = useTranslations('page')\n t('empty')\n}",
      ['list.title'],
    ],
  ])('of %j only those stay that it does not ask for', (text, used) => {
    expect(unusedKeys(keys, [source(text)])).toEqual(keys.filter((key) => !used.includes(key)))
  })

  it('takes the words for a gap from any source', () => {
    const [asks, says] = [source('const t = useTranslations()\nt(`list.states.${state}`)'), source("'closed'")]
    expect(unusedKeys(keys, [asks, says])).not.toContain('list.states.closed')
    expect(unusedKeys(keys, [asks])).toContain('list.states.closed')
  })
})

describe('missingKeys', () => {
  const keys = ['list.title', 'list.states.open']
  it.each([
    ["const t = useTranslations('list')\nt('title')\nt(`states.${state}`)\nt(state)", []],
    ["const t = useTranslations('list')\nt('name')", ['made-up.tsx: list.name']],
    ["const t = useTranslations('list')\nt(`kinds.${kind}`)", ['made-up.tsx: list.kinds.…']],
    ["const t = useTranslations()\nt.has('title')", ['made-up.tsx: title']],
  ])('of %j', (text, missing) => {
    expect(missingKeys(keys, [source(text)])).toEqual(missing)
  })
})
