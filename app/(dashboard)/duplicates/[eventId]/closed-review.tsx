import { useTranslations } from 'next-intl'
import { Section } from '@/components/ui/section'
import type { Review } from '@/domain/duplicate-events/schema'
import type { TypeNames } from '../type-names'
import { MoveButton, NoteEditor } from './after'
import { DraftTable } from './draft-table'
import { Receipt } from './receipt'

/** An event that waits for nobody: decided, clear, failed, or still being checked. */
export function ClosedReview({ review, typeNames }: { review: Review; typeNames: TypeNames }) {
  const t = useTranslations('duplicates')
  const fields = useTranslations('fields')
  const { event, moves } = review
  const { id, state } = event
  // what a client may do here: take a decision back, or try a failed event again
  const [to] = state === 'resolved' || state === 'failed' ? moves : []
  return (
    <div className="grid gap-5">
      {state === 'resolved' ? (
        <Section title={t('receipt.title')} actions={to && <MoveButton id={id} to={to} />} flush>
          <Receipt review={review} typeNames={typeNames} />
          {to && <p className="border-t px-4 py-3 text-muted text-sm">{t('receipt.undoHint')}</p>}
        </Section>
      ) : (
        <Section title={t('comparisonDraft')} actions={to && <MoveButton id={id} to={to} />}>
          {state !== 'duplicate_found' && <p className="mb-3 text-sm">{t(`other.${state}`)}</p>}
          {event.error && (
            <p lang="en" className="mb-3 text-muted text-sm">
              {event.error}
            </p>
          )}
          <DraftTable review={review} typeNames={typeNames} />
        </Section>
      )}
      <Section title={fields('annotation')}>
        <NoteEditor key={id} id={id} saved={event.annotation} />
      </Section>
    </div>
  )
}
