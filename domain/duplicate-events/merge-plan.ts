import type { ActivityFields } from '@/domain/activities/schema'
import type { DraftActivity } from './schema'

export const CHOOSABLE = [
  'activity_type_id',
  'date',
  'title',
  'duration_minutes',
  'location',
  'starts_at',
  'participant_count',
  'notes',
] as const
type KnownField = (typeof CHOOSABLE)[number]

export type Choices = Readonly<Record<string, 'draft' | 'activity'>>

/**
 * One field of a merge. `kept`: the activity's value stands; `filled`: it had none and takes the draft's; `replaced`: the
 * draft's was chosen; `same`: both said so; `dropped`: a draft's value that is in no activity. A side without a value is
 * absent, so that an undo can tell an empty value from none.
 */
export interface ReceiptLine {
  readonly field: string
  /** A key that this server does not know. */
  readonly extra?: true
  readonly outcome: 'same' | 'kept' | 'filled' | 'replaced' | 'dropped'
  readonly draft?: unknown
  readonly activity?: unknown
  readonly merged?: unknown
}

/** What a decision did, so that it can be shown and taken back. */
export interface Receipt {
  /** The activity that the draft went into or became; null where it was thrown away. */
  readonly activity_id: string | null
  /** Content versions of the activity: an undo needs the second to stand still, and goes back to the first. */
  readonly content_before: number | null
  readonly content_after: number | null
  readonly lines: readonly ReceiptLine[]
  /** Mentor id of a leader credited by the decision. */
  readonly credited?: string
  /** Activities that it was decided to be distinct from. */
  readonly distinct_from?: readonly string[]
}

export interface MergePlan {
  readonly fields: ActivityFields
  /** Every value of either side stands in one of these lines. */
  readonly lines: readonly ReceiptLine[]
}

/** What the draft says as fields of an activity; blank text is no value. Keys that are not known go to `extra`. */
export function draftFields(draft: DraftActivity, slot: { activity_type_id: string; date: string }): ActivityFields {
  const { title, duration_minutes, location, starts_at, participant_count, notes, ...extra } = draft
  return {
    activity_type_id: slot.activity_type_id,
    date: slot.date,
    title: textOrNull(title),
    duration_minutes: duration_minutes ?? null,
    location: textOrNull(location),
    starts_at: starts_at ?? null,
    participant_count: participant_count ?? null,
    notes: textOrNull(notes),
    extra,
  }
}

/** What an activity says of itself, without whose it is and how it is stored. */
export function contentOf(activity: ActivityFields): ActivityFields {
  const { activity_type_id, date, title, duration_minutes, location, starts_at, participant_count, notes, extra } =
    activity
  return { activity_type_id, date, title, duration_minutes, location, starts_at, participant_count, notes, extra }
}

/** The activity with the draft merged in: its own values stand, blanks are filled, `choices` says otherwise per field. */
export function planMerge(draft: ActivityFields, activity: ActivityFields, choices: Choices): MergePlan {
  const known = CHOOSABLE.map((field) => mergeField(field, draft[field], activity[field], choices[field]))
  const keys = [...new Set([...Object.keys(activity.extra), ...Object.keys(draft.extra)])]
  const extra = keys.map((key): ReceiptLine => {
    const choice = isKnown(key) ? undefined : choices[key]
    return { ...mergeField(key, own(draft.extra, key), own(activity.extra, key), choice), extra: true }
  })
  const lines = [...known.filter((line) => line.draft !== null || line.activity !== null), ...extra]
  return { fields: applyLines(activity, lines, 'merged'), lines }
}

/** The names in `choices` that neither side has: there is nothing to choose. */
export function unknownChoices(draft: ActivityFields, activity: ActivityFields, choices: Choices): string[] {
  return Object.keys(choices).filter(
    (name) => !isKnown(name) && !Object.hasOwn(draft.extra, name) && !Object.hasOwn(activity.extra, name),
  )
}

/** The inverse of `planMerge`: the activity as it was before, field by field. */
export function undoMerge(merged: ActivityFields, lines: readonly ReceiptLine[]): ActivityFields {
  return applyLines(merged, lines, 'activity')
}

/** True where the choices would have led to the same values. */
export function agreesWith(lines: readonly ReceiptLine[], choices: Choices): boolean {
  return Object.entries(choices).every(([name, side]) => {
    const line = lines.find(({ field, extra }) => field === name && (extra !== true || !isKnown(name)))
    if (!line) return isKnown(name)
    return side === 'draft' ? line.outcome !== 'kept' || isBlank(line.draft) : line.outcome !== 'replaced'
  })
}

/** The receipt of a draft that is thrown away. */
export function dropLines(draft: ActivityFields): ReceiptLine[] {
  const known = CHOOSABLE.map((field): ReceiptLine => ({ field, outcome: 'dropped', ...side('draft', draft[field]) }))
  const extra = Object.entries(draft.extra).map(
    ([field, value]): ReceiptLine => ({ field, extra: true, outcome: 'dropped', draft: value }),
  )
  return [...known.filter(({ draft: value }) => value !== null), ...extra]
}

function mergeField(field: string, draft: unknown, activity: unknown, choice: 'draft' | 'activity' | undefined) {
  const both = { ...side('draft', draft), ...side('activity', activity) }
  const outcome = outcomeOf(draft, activity, choice)
  const merged = outcome === 'filled' || outcome === 'replaced' ? draft : activity
  return { field, outcome, ...both, ...side('merged', merged) } satisfies ReceiptLine
}

function outcomeOf(draft: unknown, activity: unknown, choice: 'draft' | 'activity' | undefined) {
  if (isBlank(draft)) return 'kept' // a blank never wins over a value
  if (isBlank(activity)) return 'filled'
  if (isSame(draft, activity)) return 'same'
  return choice === 'draft' ? 'replaced' : 'kept'
}

function applyLines(fields: ActivityFields, lines: readonly ReceiptLine[], take: 'merged' | 'activity') {
  const known: Partial<Record<KnownField, unknown>> = {}
  const extra = new Map(Object.entries(fields.extra))
  for (const line of lines) {
    if (line.outcome !== 'filled' && line.outcome !== 'replaced') continue
    if (!line.extra) known[line.field as KnownField] = line[take] ?? null
    else if (line[take] === undefined) extra.delete(line.field)
    else extra.set(line.field, line[take])
  }
  return { ...fields, ...known, extra: Object.fromEntries(extra) } as ActivityFields
}

function side<Name extends string>(name: Name, value: unknown): { [key in Name]?: unknown } {
  return (value === undefined ? {} : { [name]: value }) as { [key in Name]?: unknown }
}

function own(record: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined
}

function isKnown(name: string): name is KnownField {
  return (CHOOSABLE as readonly string[]).includes(name)
}

/** True for what is no value: absent, null, or blank text. */
export function isBlank(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
}

// by content: the order of keys says nothing
/** True where both are of one content. */
export function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && isSame(a[key as never] as unknown, b[key as never] as unknown))
  )
}

function textOrNull(text: string | null | undefined): string | null {
  return isBlank(text) ? null : (text ?? null)
}
