import { ChevronLeft, ChevronRight } from 'lucide-react'
import type { Route } from 'next'
import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { RefusedNote } from '@/components/refused-note'
import { DuplicateBadge } from '@/components/status-badges'
import { LinkButton } from '@/components/ui/link-button'
import { PageHeader } from '@/components/ui/page-header'
import { findQueuePlace } from '@/domain/duplicate-events/queries'
import { pageCall, pageDb } from '@/lib/page-call'
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
  const { event, mentor_name } = await findReview((await params).eventId)
  return { title: `${t('title')} ${event.id}: ${mentor_name}` }
}

export default async function ReviewPage({ params, searchParams }: Props) {
  const t = await getTranslations()
  const review = await findReview((await params).eventId)
  const { query, refused } = readView(reviewQuery, await searchParams)
  const { event, candidates, mentor_name } = review
  const place = await findQueuePlace(pageDb(), await pageCall(), event.id)
  const typeNames = await readTypeNames()
  const named = candidates.find((one) => nameOf(one) === query.candidate)
  const next = (place.next ? `/duplicates/${place.next}` : '/duplicates') as Route
  return (
    <TypedProvider key={event.id}>
      <ShortcutRegion label={`${t('pages.duplicate.title')}: ${mentor_name}`} focusKey={event.state}>
        <PageHeader
          title={`${t('pages.duplicate.title')}: ${mentor_name}`}
          status={<DuplicateBadge state={event.state} />}
          lead={place.place === null ? event.id : t('duplicates.place', { place: place.place, total: place.total })}
          actions={
            <>
              <LinkButton href="/duplicates" variant="quiet" size="small">
                {t('duplicates.queue')}
              </LinkButton>
              {place.previous && (
                <LinkButton href={`/duplicates/${place.previous}` as Route} size="small" aria-keyshortcuts="k">
                  <ChevronLeft aria-hidden />
                  {t('duplicates.previous')}
                  <KeyHint>k</KeyHint>
                </LinkButton>
              )}
              {place.next && (
                <LinkButton href={next} size="small" aria-keyshortcuts="j">
                  {place.place === null ? t('ui.next') : t('duplicates.skip')}
                  <KeyHint>j</KeyHint>
                  <ChevronRight aria-hidden />
                </LinkButton>
              )}
            </>
          }
        />
        <RefusedNote names={query.candidate && !named && candidates.length > 0 ? [...refused, 'candidate'] : refused} />
        {event.state === 'duplicate_found' ? (
          <OpenReview review={review} candidate={named ?? candidates[0] ?? null} next={next} typeNames={typeNames} />
        ) : (
          <ClosedReview review={review} typeNames={typeNames} />
        )}
      </ShortcutRegion>
    </TypedProvider>
  )
}
