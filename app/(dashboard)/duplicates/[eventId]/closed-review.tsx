import { useTranslations } from 'next-intl'
import { Section } from '@/components/ui/section'
import type { DuplicateReview } from '@/domain/duplicate-events/review-schema'
import { isPartlyErased } from '../erased'
import type { TypeNames } from '../type-names'
import { MoveButton, NoteEditor } from './after'
import { DraftTable } from './draft-table'
import { Receipt } from './receipt'
import { Receipts } from './receipts'

/** An event that waits for nobody: decided, clear, failed, or still being checked. */
export function ClosedReview({ review, typeNames }: { review: DuplicateReview; typeNames: TypeNames }) {
  const t = useTranslations('duplicates')
  const fields = useTranslations('fields')
  const decided = useTranslations('decided')
  const { id, event_type, state, moves, error } = review
  // what a client may do here: take a decision back, or try a failed event again
  const [to] = state === 'resolved' || state === 'failed' ? moves : []
  const standing = review.receipts.find(({ undone_at }) => undone_at === null)
  const isMerge = event_type === 'merge'
  const failedCheck = state === 'failed' && !isMerge
  const erased = standing !== undefined && isPartlyErased(standing)
  const undoable = to && standing?.undoable !== false
  return (
    <div className="grid gap-5">
      {state === 'resolved' ? (
        <Section
          title={t('receipt.title')}
          actions={undoable && <MoveButton id={id} to={to} decidedOn={review.review_version} />}
          flush
        >
          <Receipt review={review} typeNames={typeNames} />
          {to && (
            <p className="border-t px-4 py-3 text-muted text-sm print:hidden">
              {undoable ? t('receipt.undoHint') : decided(erased ? 'erased' : 'movedOn')}
            </p>
          )}
        </Section>
      ) : (
        <Section
          title={t(isMerge ? 'comparisonMerge' : 'comparisonDraft')}
          actions={to && <MoveButton id={id} to={to} />}
        >
          {state !== 'duplicate_found' && (
            <p className="mb-3 text-sm">{t(`other.${failedCheck ? 'failedCheck' : state}`)}</p>
          )}
          {error && (
            <p lang="en" className="mb-3 text-muted text-sm">
              {error}
            </p>
          )}
          <DraftTable review={review} typeNames={typeNames} />
        </Section>
      )}
      {review.receipts.length > 0 && (
        <Section title={t('receipts')} className="print:hidden">
          <Receipts receipts={review.receipts} />
        </Section>
      )}
      {review.annotation && (
        <p className="hidden px-4 print:block">{`${fields('annotation')}: ${review.annotation}`}</p>
      )}
      <Section title={fields('annotation')} className="print:hidden">
        <NoteEditor key={id} id={id} saved={review.annotation} />
      </Section>
    </div>
  )
}
