'use client'

import { ChevronLeft, ChevronRight } from 'lucide-react'
import type { Route } from 'next'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { RefusedNote } from '@/components/refused-note'
import { DuplicateBadge } from '@/components/status-badges'
import { LinkButton } from '@/components/ui/link-button'
import { PageHeader } from '@/components/ui/page-header'
import type { DuplicateReview, ReviewCandidate } from '@/domain/duplicate-events/review-schema'
import type { TypeNames } from '../type-names'
import { ClosedReview } from './closed-review'
import { Keys } from './keys'
import { Notices } from './notices'
import { nameOf, OpenReview } from './open-review'
import { KeyHint, ShortcutRegion } from './shortcuts'
import { holdTyped, useTyped } from './typed'
import { nextHref } from './use-decide'
import { useOpenReview, useReview } from './use-review'

interface Props {
  fromServer: DuplicateReview
  /** The candidate that the address names. */
  named: string | undefined
  /** Parts of the address that were not understood. */
  refused: readonly string[]
  typeNames: TypeNames
}

/** One event under review, as it stands by now. */
export function ReviewScreen({ fromServer, named, refused, typeNames }: Props) {
  const t = useTranslations()
  const { review, withdrawn } = useReview(fromServer)
  const { id, state, mentor_name } = review
  const { refusal, decidedAt } = useTyped(id)
  const { open, look } = useOpenReview(review, decidedAt)
  const found = open?.candidates.find((one) => nameOf(one) === named)
  const candidate = found ?? open?.candidates[0] ?? null
  const mark = open ? markOf(open, candidate) : ''
  const [firstMark] = useState(mark)
  const over = withdrawn || state !== 'duplicate_found'
  const lost = named && open && !found && open.candidates.length > 0

  function showWhatBecame() {
    holdTyped(id, { refusal: null })
    look()
  }

  return (
    <ShortcutRegion label={`${t('pages.duplicate.title')}: ${mentor_name}`} shown={open ? 'open' : state}>
      <Header review={review} />
      <RefusedNote names={lost ? [...refused, 'candidate'] : refused} />
      <Notices
        review={review}
        withdrawn={withdrawn}
        over={open !== null && over}
        moved={open !== null && mark !== firstMark}
        refusal={refusal}
        onLook={showWhatBecame}
      />
      {open ? (
        <OpenReview review={open} candidate={candidate} over={over} mark={mark} typeNames={typeNames} />
      ) : (
        <ClosedReview review={review} typeNames={typeNames} />
      )}
      {review.annotation && (
        <p className="hidden px-4 print:block">{`${t('fields.annotation')}: ${review.annotation}`}</p>
      )}
    </ShortcutRegion>
  )
}

/** What a person has to have seen before it is decided. */
function markOf({ draft }: DuplicateReview, candidate: ReviewCandidate | null): string {
  return JSON.stringify([draft, candidate && [nameOf(candidate), candidate.fields, candidate.allowed]])
}

function Header({ review }: { review: DuplicateReview }) {
  const t = useTranslations()
  const { id, state, mentor_name, queue } = review
  return (
    <PageHeader
      title={`${t('pages.duplicate.title')}: ${mentor_name}`}
      status={<DuplicateBadge state={state} />}
      lead={queue.place === null ? id : `${t('duplicates.place', { place: queue.place, total: queue.total })} · ${id}`}
      actions={
        <>
          <Keys />
          <LinkButton href="/duplicates" variant="quiet" size="small">
            {t('duplicates.queue')}
          </LinkButton>
          {queue.previous && (
            <LinkButton href={`/duplicates/${queue.previous}` as Route} size="small" aria-keyshortcuts="k">
              <ChevronLeft aria-hidden />
              {t('duplicates.previous')}
              <KeyHint>k</KeyHint>
            </LinkButton>
          )}
          {queue.next && (
            // fetched with all it shows: a verdict opens it
            <LinkButton href={nextHref(review)} prefetch size="small" aria-keyshortcuts="j">
              {queue.place === null ? t('ui.next') : t('duplicates.skip')}
              <KeyHint>j</KeyHint>
              <ChevronRight aria-hidden />
            </LinkButton>
          )}
        </>
      }
    />
  )
}
