import type { Messages } from 'next-intl'
import { type Formatter, formatDate, formatExactly, formatMoment } from '@/lib/i18n/format'
import type { Words } from '@/lib/i18n/screen-words'
import { certificationTypeName } from './certification-type'
import { actorName } from './change-words'
import { expiryWords } from './reason-words'

/** A field that a change set, made or took away; null where it was, or is, empty, and undefined where nothing is told. */
export interface ChangedFact {
  /** As the API names it, with the names of what it lies in: `draft_activity.title`. */
  readonly field: string
  readonly before: unknown
  readonly after: unknown
}

type Facts = Readonly<Record<string, unknown>>

/** What differs between the two, field by field, in the order of the record. */
export function changedFacts(before: Facts | null, after: Facts | null): ChangedFact[] {
  const [old, young] = [flatten(before), flatten(after)]
  return [...new Set([...old.keys(), ...young.keys()])]
    .map((field) => ({ field, before: old.get(field), after: young.get(field) }))
    .filter((fact) => JSON.stringify(fact.before ?? null) !== JSON.stringify(fact.after ?? null))
}

function flatten(facts: Facts | null, within = ''): Map<string, unknown> {
  return new Map(
    Object.entries(facts ?? {}).flatMap(([name, value]): [string, unknown][] =>
      isFacts(value) ? [...flatten(value, `${within}${name}.`)] : [[`${within}${name}`, value]],
    ),
  )
}

function isFacts(value: unknown): value is Facts {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Text for people, or `raw`: an id, or what this server has no words for. */
export interface FactText {
  readonly text: string
  readonly raw: boolean
}

export interface FactWords {
  readonly label: (field: string) => FactText
  /** Null where there is no value. */
  readonly text: (field: string, value: unknown) => FactText | null
}

/** Names and values of fields in the reader's language; `typeNames` are those of the activity types, by id. */
export function factWords(t: Words, format: Formatter, typeNames: Readonly<Record<string, string>>): FactWords {
  const plain = (text: string): FactText => ({ text, raw: false })
  const raw = (text: string): FactText => ({ text, raw: true })

  function named(field: string): string | null {
    const key = `changes.fields.${field as keyof Messages['changes']['fields']}` as const
    return t.has(key) ? t(key) : null
  }

  function label(field: string): FactText {
    const names = field.split('.').map((name) => named(name) ?? name)
    return { text: names.join(' – '), raw: field.split('.').some((name) => named(name) === null) }
  }

  function text(field: string, value: unknown): FactText | null {
    if (value === null || value === undefined || value === '') return null
    const name = field.split('.').at(-1) ?? field
    if (typeof value === 'boolean') return plain(value ? t('changes.yes') : t('changes.no'))
    if (typeof value === 'number') {
      return plain(name === 'duration_minutes' ? t('time.minutes', { minutes: value }) : format.number(value))
    }
    if (Array.isArray(value)) return name === 'lines' ? plain(receiptLines(value)) : listed(value)
    if (typeof value !== 'string') return raw(JSON.stringify(value))
    return worded(name, value) ?? timed(value) ?? (isId(name) ? raw(value) : plain(value))
  }

  function listed(values: readonly unknown[]): FactText {
    return values.every((value) => typeof value === 'string') ? raw(values.join(', ')) : raw(JSON.stringify(values))
  }

  function worded(name: string, value: string): FactText | null {
    if (name === 'certification_type') return plain(certificationTypeName(t, value))
    if (name === 'activity_type_id') return typeNames[value] ? plain(typeNames[value]) : raw(value)
    if (name === 'held_by') return plain(t('events.heldByCertification'))
    if (name === 'owner') return plain(actorName(t, value) ?? value)
    if (name.endsWith('_by')) return actorName(t, value) === null ? raw(value) : plain(actorName(t, value) ?? value)
    if (name === 'reason') return plain(expiryWords(t, format, value) ?? value)
    const place = PLACES[name]
    if (place === undefined) return null
    const key = `${place}.${value}` as 'status.mentor.active'
    return t.has(key) ? plain(t(key)) : raw(value)
  }

  function timed(value: string): FactText | null {
    if (/^\d{4}-\d\d-\d\d$/.test(value)) return plain(formatDate(format, value))
    if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(value)) return null
    // seconds matter where there are some
    return plain(value.slice(17, 19) === '00' ? formatMoment(format, value) : formatExactly(format, value))
  }

  /** What became of each field of a merge, those that were equal apart. */
  function receiptLines(lines: readonly unknown[]): string {
    const told = lines.filter(isFacts).filter(({ outcome }) => outcome !== 'same')
    return told
      .map(({ field, outcome }) => {
        const key = `duplicates.outcome.${outcome as keyof Messages['duplicates']['outcome']}` as const
        return `${label(String(field)).text}: ${t.has(key) ? t(key) : String(outcome)}`
      })
      .join('; ')
  }

  return { label, text }
}

/** Where the catalogue has the words for the values of a field. */
const PLACES: Readonly<Record<string, string>> = {
  status: 'status.mentor',
  resulting_status: 'status.mentor',
  state: 'status.duplicate',
  resolution: 'status.resolution',
  event_type: 'events',
  origin: 'events',
  rejection_reason: 'events',
}

function isId(name: string): boolean {
  return name === 'id' || name.endsWith('_id') || name === 'credited'
}
