import { clsx } from 'clsx'
import type { Route } from 'next'
import Link from 'next/link'
import { useFormatter, useTranslations } from 'next-intl'
import { type Column, DataTable } from '@/components/ui/data-table'
import type { DuplicateReceipt, DuplicateReview } from '@/domain/duplicate-events/review-schema'
import { formatMoment } from '@/lib/i18n/format'
import { useActorText } from '../actor-text'
import { isPartlyErased } from '../erased'
import { useFieldWords } from '../field-text'
import type { TypeNames } from '../type-names'
import { LINES } from './lines'

type Recorded = DuplicateReceipt['content']
type ReceiptLine = Recorded['lines'][number]

interface Props {
  review: DuplicateReview
  typeNames: TypeNames
}

/** What a decision did: by whom and when, and what became of every value. */
export function Receipt({ review, typeNames }: Props) {
  const t = useTranslations()
  const format = useFormatter()
  const actorText = useActorText()
  const { resolution, resolved_by, resolved_at } = review
  const receipt = review.receipts.find(({ undone_at }) => undone_at === null)?.content ?? null
  return (
    <>
      <div className="grid gap-1 px-4 py-3 text-sm">
        {resolution && resolved_at && (
          <p className="font-medium">
            {t('duplicates.receipt.by', {
              resolution:
                resolution === 'reviewed' ? t('duplicates.receipt.reviewed') : t(`status.resolution.${resolution}`),
              when: formatMoment(format, resolved_at),
              actor: actorText(String(resolved_by)),
            })}
          </p>
        )}
        {receipt ? <Story review={review} receipt={receipt} /> : <NoReceipt review={review} />}
      </div>
      {receipt && receipt.lines.length > 0 && <Lines lines={receipt.lines} typeNames={typeNames} />}
    </>
  )
}

function Story({ review: { resolution, mentor_name }, receipt }: { review: DuplicateReview; receipt: Recorded }) {
  const t = useTranslations('duplicates.receipt')
  const words = useTranslations('receipts')
  const format = useFormatter()
  const activity = receipt.activity_id ?? ''
  return (
    <>
      {resolution && resolution !== 'reviewed' && <p>{t(resolution, { activity })}</p>}
      {receipt.credited !== undefined && <p>{t('credited', { mentor: mentor_name })}</p>}
      {receipt.distinct_from && receipt.distinct_from.length > 0 && (
        <p>{t('distinct', { list: format.list(receipt.distinct_from) })}</p>
      )}
      {isPartlyErased({ content: receipt }) && <p>{words('erased')}</p>}
    </>
  )
}

function NoReceipt({ review: { duplicate_check_id, resolution } }: { review: DuplicateReview }) {
  const t = useTranslations('duplicates.receipt')
  if (resolution === 'reviewed') return <p>{t('reviewedBody')}</p>
  return <p>{t('none', { check: duplicate_check_id ?? '' })}</p>
}

/** What became of each value. */
export function Lines({ lines, typeNames }: { lines: readonly ReceiptLine[]; typeNames: TypeNames }) {
  const t = useTranslations('duplicates')
  const words = useFieldWords(typeNames)
  const merged = lines.some(({ outcome }) => outcome !== 'dropped')
  const cell = (side: 'draft' | 'activity' | 'merged') => (line: ReceiptLine) => (
    <Value
      text={words.text(line.field, line[side], line.extra)}
      erased={side !== 'draft' && line.erased?.includes(side) === true}
      mentor={line.field === 'mentor_id'}
      lost={merged && side === lostSide(line)}
    />
  )
  const columns: Column<ReceiptLine>[] = [
    { id: 'field', header: t('field'), role: 'lead', cell: (line) => words.label(line.field, line.extra) },
    {
      id: 'outcome',
      header: t('receipt.outcome'),
      cell: ({ outcome }) => (
        <span className={outcome === 'same' ? 'text-muted' : 'font-medium'}>{t(`outcome.${outcome}`)}</span>
      ),
    },
    { id: 'draft', header: t('draft'), cell: cell('draft') },
  ]
  if (merged) {
    columns.push(
      { id: 'activity', header: t('kept'), cell: cell('activity') },
      { id: 'merged', header: t('result'), cell: cell('merged') },
    )
  }
  return (
    <div className={clsx('border-t', LINES)}>
      <DataTable
        caption={t('receipt.caption')}
        columns={columns}
        rows={lines}
        rowKey={(line) => `${line.extra ? 'extra' : 'known'} ${line.field}`}
      />
    </div>
  )
}

/** The value that did not survive. */
function lostSide({ outcome, draft }: ReceiptLine): 'draft' | 'activity' | null {
  if (outcome === 'replaced') return 'activity'
  return outcome === 'kept' && draft !== undefined ? 'draft' : null
}

interface ValueProps {
  text: string
  erased: boolean
  mentor: boolean
  lost: boolean
}

function Value({ text, erased, mentor, lost }: ValueProps) {
  const t = useTranslations('receipts')
  if (erased) return <i className="text-muted">{t('erasedValue')}</i>
  if (text === '') return <span className="text-muted">–</span>
  if (mentor) {
    return (
      <Link href={`/mentors/${text}` as Route} className="text-accent [overflow-wrap:anywhere] hover:underline">
        {text}
      </Link>
    )
  }
  return lost ? (
    <s className="text-muted [overflow-wrap:anywhere]">{text}</s>
  ) : (
    <span className="[overflow-wrap:anywhere]">{text}</span>
  )
}
