import { ChevronLeft, ChevronRight } from 'lucide-react'
import type { Route } from 'next'
import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { RefusedNote } from '@/components/refused-note'
import { DuplicateBadge } from '@/components/status-badges'
import { LinkButton } from '@/components/ui/link-button'
import { PageHeader } from '@/components/ui/page-header'
import { readView, type SearchParams } from '@/lib/view-query'
import { readTypeNames } from '../type-names'
import { ClosedReview } from './closed-review'
import { findReview } from './find-review'
import { nameOf, OpenReview } from './open-review'
import { KeyHint, ShortcutRegion } from './shortcuts'
import { TypedProvider } from './typed'

interface Props {
  params: Promise<{ eventId: string }>
  searchParams: Promise<SearchParams>
}

const reviewQuery = z.object({ candidate: z.string().max(40).optional() })

export async function generateMetadata({ params }: Props) {
  const t = await getTranslations('pages.duplicate')
  const { id, mentor_name } = await findReview((await params).eventId)
  return { title: `${t('title')} ${id}: ${mentor_name}` }
}

export default async function ReviewPage({ params, searchParams }: Props) {
  const t = await getTranslations()
  const review = await findReview((await params).eventId)
  const { query, refused } = readView(reviewQuery, await searchParams)
  const { id, state, candidates, mentor_name, queue } = review
  const typeNames = await readTypeNames()
  const named = candidates.find((one) => nameOf(one) === query.candidate)
  const next = (queue.next ? `/duplicates/${queue.next}` : '/duplicates') as Route
  return (
    <TypedProvider key={id}>
      <ShortcutRegion label={`${t('pages.duplicate.title')}: ${mentor_name}`} focusKey={state}>
        <PageHeader
          title={`${t('pages.duplicate.title')}: ${mentor_name}`}
          status={<DuplicateBadge state={state} />}
          lead={queue.place === null ? id : t('duplicates.place', { place: queue.place, total: queue.total })}
          actions={
            <>
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
                <LinkButton href={next} size="small" aria-keyshortcuts="j">
                  {queue.place === null ? t('ui.next') : t('duplicates.skip')}
                  <KeyHint>j</KeyHint>
                  <ChevronRight aria-hidden />
                </LinkButton>
              )}
            </>
          }
        />
        <RefusedNote names={query.candidate && !named && candidates.length > 0 ? [...refused, 'candidate'] : refused} />
        {state === 'duplicate_found' ? (
          <OpenReview review={review} candidate={named ?? candidates[0] ?? null} next={next} typeNames={typeNames} />
        ) : (
          <ClosedReview review={review} typeNames={typeNames} />
        )}
      </ShortcutRegion>
    </TypedProvider>
  )
}
