'use client'

import { clsx } from 'clsx'
import { useTranslations } from 'next-intl'
import { type Column, DataTable } from '@/components/ui/data-table'
import { planMerge, type ReceiptLine } from '@/domain/duplicate-events/merge-plan'
import type { DuplicateReview, ReviewCandidate } from '@/domain/duplicate-events/review-schema'
import { type FieldWords, useFieldWords } from '../field-text'
import type { TypeNames } from '../type-names'
import { LINES } from './lines'
import { Marked } from './marked'
import { chooseField, useTyped } from './typed'

interface Props {
  review: DuplicateReview
  candidate: ReviewCandidate
  typeNames: TypeNames
}

/** Draft and candidate field by field, and the activity as the choices would leave it. */
export function Comparison({ review, candidate, typeNames }: Props) {
  const t = useTranslations('duplicates')
  const words = useFieldWords(typeNames)
  const { choices } = useTyped(review.id)
  const mergeable = candidate.allowed.includes('merge')
  const lines = [
    mentorLine(review, candidate),
    ...planMerge(review.draft, candidate.fields, mergeable ? choices : {}).lines,
  ]
  const columns: Column<ReceiptLine>[] = [
    {
      id: 'field',
      header: t('field'),
      role: 'lead',
      cell: (line) => (
        <>
          {words.label(line.field, line.extra)}{' '}
          <span className="whitespace-nowrap font-normal text-muted text-xs">{t(`state.${stateOf(line)}`)}</span>
        </>
      ),
    },
    {
      id: 'draft',
      header: t('draft'),
      cell: (line) => <Side line={line} side="draft" words={words} event={mergeable ? review.id : null} />,
    },
    {
      id: 'activity',
      header: candidate.activity_id ? t('kept') : t('otherDraft'),
      cell: (line) => <Side line={line} side="activity" words={words} event={mergeable ? review.id : null} />,
    },
  ]
  if (mergeable) {
    columns.push({
      id: 'result',
      header: t('result'),
      cell: (line) => (
        <span className="[overflow-wrap:anywhere]">
          <span className={isQuiet(line) ? 'text-muted' : 'font-medium'}>
            {words.text(line.field, line.merged, line.extra)}
          </span>
          {(line.outcome === 'filled' || line.outcome === 'replaced') && (
            <span className="block text-accent text-xs">{t('fromDraft')}</span>
          )}
        </span>
      ),
    })
  }
  return (
    <div className={LINES}>
      <DataTable
        caption={t(candidate.activity_id ? 'comparison' : 'comparisonOther')}
        columns={columns}
        rows={lines}
        rowKey={(line) => `${line.extra ? 'extra' : 'known'} ${line.field}`}
        // in a narrow one what is equal is said once
        rowProps={({ outcome }) => ({
          className: clsx(outcome === 'same' && 'not-print:@max-4xl:[&>td:not(:last-child)]:hidden'),
        })}
      />
    </div>
  )
}

function mentorLine({ mentor_id, mentor_name }: DuplicateReview, candidate: ReviewCandidate): ReceiptLine {
  return {
    field: 'mentor_id',
    outcome: mentor_id === candidate.mentor_id ? 'same' : 'kept',
    draft: mentor_name,
    activity: candidate.mentor_name,
    merged: candidate.mentor_name,
  }
}

interface SideProps {
  line: ReceiptLine
  side: 'draft' | 'activity'
  words: FieldWords
  /** Whose choice it is; null where there is none. */
  event: string | null
}

function Side({ line, side, words, event }: SideProps) {
  const t = useTranslations('duplicates')
  const { field, extra, outcome } = line
  const text = words.text(field, line[side], extra)
  const other = words.text(field, line[side === 'draft' ? 'activity' : 'draft'], extra)
  if (text === '') return <span className="text-muted">–</span>
  if (outcome === 'same') return <span className="text-muted [overflow-wrap:anywhere]">{text}</span>
  if (event === null || stateOf(line) !== 'differs' || field === 'mentor_id')
    return <Marked text={text} other={other} />
  return (
    <label className="inline-flex min-h-6 items-baseline gap-2">
      <input
        type="radio"
        name={`${extra ? 'extra' : 'known'} ${field}`}
        className="size-4 shrink-0 translate-y-0.5 accent-accent print:hidden"
        aria-label={t('choose', {
          field: words.label(field, extra),
          side: side === 'draft' ? t('draft') : t('kept'),
          value: text,
        })}
        checked={(outcome === 'replaced') === (side === 'draft')}
        onChange={() => chooseField(event, field, side)}
      />
      <Marked text={text} other={other} />
    </label>
  )
}

function stateOf(line: ReceiptLine): 'same' | 'differs' | 'onlyDraft' | 'onlyActivity' {
  if (line.outcome === 'same') return 'same'
  if (line.outcome === 'filled') return 'onlyDraft'
  const blank = line.draft === undefined || line.draft === null || line.draft === ''
  return blank ? 'onlyActivity' : 'differs'
}

function isQuiet({ outcome }: ReceiptLine): boolean {
  return outcome === 'same' || outcome === 'kept'
}
