import type { Route } from 'next'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { Time } from '@/components/time'
import { type Column, DataTable } from '@/components/ui/data-table'
import type { ActivityFields } from '@/domain/activities/schema'
import type { ReviewCandidate, ReviewRow } from '@/domain/duplicate-events/schema'
import { useFieldWords, useProbabilityText } from './field-text'
import type { TypeNames } from './type-names'
import { Why } from './why'

interface Props {
  rows: readonly ReviewRow[]
  typeNames: TypeNames
}

/** The drafts that wait, each beside the surest of what it may duplicate. */
export function QueueTable({ rows, typeNames }: Props) {
  const t = useTranslations()
  const probabilityText = useProbabilityText()
  const columns: Column<ReviewRow>[] = [
    {
      id: 'draft',
      header: t('duplicates.draft'),
      role: 'lead',
      cell: (row) => (
        <span className="block min-w-0">
          <Link
            href={`/duplicates/${row.id}` as Route}
            className="inline-block min-h-6 text-accent underline-offset-4 [overflow-wrap:anywhere] hover:underline"
          >
            {row.draft.title ?? t('duplicates.untitled')}
          </Link>
          <Facts
            fields={row.draft}
            mentor={row.mentor_name}
            differing={row.candidate?.differing ?? []}
            typeNames={typeNames}
          />
        </span>
      ),
    },
    {
      id: 'candidate',
      header: t('duplicates.kept'),
      cell: ({ candidate, candidate_count }) =>
        candidate === null ? (
          <span className="text-muted">{t('duplicates.noCandidate')}</span>
        ) : (
          <span className="block min-w-0">
            <span className="[overflow-wrap:anywhere]">{candidate.fields.title ?? t('duplicates.untitled')}</span>
            <Facts
              fields={candidate.fields}
              mentor={candidate.mentor_name}
              differing={candidate.differing}
              typeNames={typeNames}
            />
            {candidate_count > 1 && (
              <span className="block text-muted text-xs">{t('duplicates.more', { count: candidate_count - 1 })}</span>
            )}
          </span>
        ),
    },
    {
      id: 'differences',
      header: t('duplicates.differences'),
      cell: ({ candidate }) => candidate && <Differing candidate={candidate} typeNames={typeNames} />,
    },
    {
      id: 'score',
      header: t('fields.score'),
      align: 'end',
      cell: ({ probability }) => (
        <span className="tabular whitespace-nowrap font-medium">
          {probability === null ? '–' : probabilityText(probability)}
        </span>
      ),
    },
    {
      id: 'why',
      header: t('fields.why'),
      cell: ({ candidate }) => candidate && <Why evidence={candidate.evidence} probability={candidate.probability} />,
    },
    { id: 'waiting', header: t('duplicates.waiting'), cell: (row) => <Time value={row.dispatched_at} /> },
  ]
  return <DataTable caption={t('duplicates.caption')} columns={columns} rows={rows} rowKey={(row) => row.id} />
}

const SHOWN = ['activity_type_id', 'date', 'starts_at', 'duration_minutes', 'location'] as const

interface FactsProps {
  fields: ActivityFields
  mentor: string
  differing: readonly string[]
  typeNames: TypeNames
}

/** The other fields in a line, those that differ between the two in full ink. */
function Facts({ fields, mentor, differing, typeNames }: FactsProps) {
  const words = useFieldWords(typeNames)
  const facts = [
    { field: 'mentor_id', text: mentor },
    ...SHOWN.map((field) => ({ field, text: words.text(field, fields[field]) })),
  ].filter(({ text }) => text !== '')
  return (
    <span className="block font-normal text-muted text-xs">
      {facts.map(({ field, text }, index) => (
        <span key={field}>
          {index > 0 && ' · '}
          <span className={differing.includes(field) ? 'font-medium text-ink' : undefined}>{text}</span>
        </span>
      ))}
    </span>
  )
}

function Differing({ candidate, typeNames }: { candidate: ReviewCandidate; typeNames: TypeNames }) {
  const t = useTranslations('duplicates')
  const words = useFieldWords(typeNames)
  if (candidate.differing.length === 0) return <span className="text-muted">{t('noDifference')}</span>
  return <>{candidate.differing.map((field) => words.label(field)).join(', ')}</>
}
