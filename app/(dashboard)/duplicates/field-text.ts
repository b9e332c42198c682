import { type Messages, useFormatter, useTranslations } from 'next-intl'
import { formatDate } from '@/lib/i18n/format'
import type { Words } from '@/lib/i18n/screen-words'
import type { TypeNames } from './type-names'

const LABELS: Readonly<Record<string, keyof Messages['fields']>> = {
  mentor_id: 'mentor',
  activity_type_id: 'activityType',
  date: 'date',
  title: 'title',
  duration_minutes: 'duration',
  location: 'location',
  starts_at: 'startsAt',
  participant_count: 'participants',
  notes: 'notes',
}

/** The name of a field; one that this server does not know goes by its key. */
export function fieldLabel(t: Words, field: string): string {
  const known = LABELS[field]
  return known ? t(`fields.${known}`) : field
}

export interface FieldWords {
  /** The name of a field; one that this server does not know goes by its key. */
  readonly label: (field: string, extra?: boolean) => string
  /** A value as a person reads it; the empty string where there is none. */
  readonly text: (field: string, value: unknown, extra?: boolean) => string
}

export function useFieldWords(typeNames: TypeNames): FieldWords {
  const t = useTranslations()
  const format = useFormatter()
  return {
    label: (field, extra = false) => (extra ? field : fieldLabel(t, field)),
    text(field, value, extra = false) {
      if (value === null || value === undefined) return ''
      if (extra) return typeof value === 'string' ? value : JSON.stringify(value)
      if (field === 'activity_type_id') return typeNames[String(value)] ?? String(value)
      if (field === 'date') return formatDate(format, String(value))
      if (field === 'duration_minutes') return t('time.minutes', { minutes: Number(value) })
      return String(value)
    },
  }
}

/** Whole per cents, and no certainty that is none: 99.97 % reads 99.9 %. */
export function useProbabilityText(): (probability: number) => string {
  const format = useFormatter()
  return (probability) => {
    const steps = probability > 0.99 ? 1000 : 100
    const shown = probability < 1 ? Math.floor(probability * steps) / steps : 1
    return format.number(shown, { style: 'percent', maximumFractionDigits: 1 })
  }
}
