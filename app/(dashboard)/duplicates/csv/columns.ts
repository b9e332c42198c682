import type { DuplicateQueueRow } from '@/domain/duplicate-events/review-schema'
import { type CsvColumn, type CsvValue, csvTime } from '@/lib/csv'
import type { Formatter } from '@/lib/i18n/format'
import type { Words } from '@/lib/i18n/screen-words'
import { fieldLabel } from '../field-text'
import type { TypeNames } from '../type-names'
import { whyText } from '../why-words'

interface Told {
  readonly t: Words
  readonly format: Formatter
  readonly typeNames: TypeNames
  /** IANA. */
  readonly timeZone: string
}

const FIELDS = [
  'activity_type_id',
  'date',
  'starts_at',
  'duration_minutes',
  'title',
  'location',
  'participant_count',
  'notes',
] as const

/** What a file says of a draft that waits and of the surest that it may duplicate. */
export function reviewColumns({ t, format, typeNames, timeZone }: Told): CsvColumn<DuplicateQueueRow>[] {
  const value = (fields: DuplicateQueueRow['draft'] | undefined, field: (typeof FIELDS)[number]): CsvValue => {
    const found = fields?.[field] ?? null
    return field === 'activity_type_id' && found !== null ? (typeNames[found] ?? found) : found
  }
  const label = (field: string) => (field === 'duration_minutes' ? t('csv.durationMinutes') : fieldLabel(t, field))
  const draft = (name: string) => t('csv.ofDraft', { field: name })
  const kept = (name: string) => t('csv.ofKept', { field: name })
  return [
    { header: t('csv.eventId'), value: (row) => row.id },
    { header: draft(t('fields.mentorId')), value: (row) => row.mentor_id },
    { header: draft(t('fields.name')), value: (row) => row.mentor_name },
    ...FIELDS.map((field) => ({
      header: draft(label(field)),
      value: (row: DuplicateQueueRow) => value(row.draft, field),
    })),
    { header: t('csv.keptId'), value: ({ candidate }) => candidate?.activity_id ?? candidate?.event_id ?? null },
    { header: kept(t('fields.mentorId')), value: ({ candidate }) => candidate?.mentor_id ?? null },
    { header: kept(t('fields.name')), value: ({ candidate }) => candidate?.mentor_name ?? null },
    ...FIELDS.map((field) => ({
      header: kept(label(field)),
      value: (row: DuplicateQueueRow) => value(row.candidate?.fields, field),
    })),
    { header: t('csv.candidates'), value: (row) => row.candidate_count },
    {
      header: t('duplicates.differences'),
      value: ({ candidate }) => candidate?.differing.map((field) => fieldLabel(t, field)).join(', ') ?? null,
    },
    { header: t('fields.score'), value: (row) => row.probability && Math.floor(row.probability * 10_000) / 10_000 },
    {
      header: t('fields.why'),
      value: ({ candidate }) => candidate && whyText(t, format, candidate.evidence, candidate.probability),
    },
    { header: t('duplicates.waiting'), value: (row) => csvTime(row.dispatched_at, timeZone) },
  ]
}
