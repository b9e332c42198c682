import { useTranslations } from 'next-intl'
import type { DuplicateQueueRow } from '@/domain/duplicate-events/review-schema'
import { useFieldWords, useProbabilityText } from './field-text'
import type { TypeNames } from './type-names'

const SHOWN = ['activity_type_id', 'date', 'starts_at', 'duration_minutes', 'location'] as const

interface FactsProps {
  fields: DuplicateQueueRow['draft']
  mentor: string
  differing: readonly string[]
  typeNames: TypeNames
}

/** The other fields in a line, those that differ between the two in full ink. */
export function Facts({ fields, mentor, differing, typeNames }: FactsProps) {
  const words = useFieldWords(typeNames)
  const facts = [
    { field: 'mentor_id', text: mentor },
    ...SHOWN.map((field) => ({ field, text: words.text(field, fields[field]) })),
  ].filter(({ text }) => text !== '')
  return (
    <span className="block font-normal text-muted text-xs [overflow-wrap:anywhere]">
      {facts.map(({ field, text }, index) => (
        <span key={field}>
          {index > 0 && ' · '}
          <span className={differing.includes(field) ? 'font-medium text-ink' : undefined}>{text}</span>
        </span>
      ))}
    </span>
  )
}

interface DifferingProps {
  candidate: NonNullable<DuplicateQueueRow['candidate']>
  typeNames: TypeNames
}

export function Differing({ candidate, typeNames }: DifferingProps) {
  const t = useTranslations('duplicates')
  const words = useFieldWords(typeNames)
  if (candidate.differing.length === 0) return <span className="text-muted">{t('noDifference')}</span>
  return (
    <span className="[overflow-wrap:anywhere]">
      {candidate.differing.map((field) => words.label(field)).join(', ')}
    </span>
  )
}

export function Score({ probability }: { probability: number | null }) {
  const text = useProbabilityText()
  return <span className="tabular whitespace-nowrap font-medium">{probability === null ? '–' : text(probability)}</span>
}
