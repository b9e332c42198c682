import { CircleCheck } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { PageSize } from '@/components/list/page-size'
import { LivePage } from '@/components/live/live-page'
import { RefusedNote } from '@/components/refused-note'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkButton } from '@/components/ui/link-button'
import { PageHeader } from '@/components/ui/page-header'
import { Pagination } from '@/components/ui/pagination'
import { Section } from '@/components/ui/section'
import { viewFailedEvents } from '@/domain/duplicate-events/failed-queries'
import { type FailedEventsQuery, failedEventsQuery } from '@/domain/duplicate-events/failed-schema'
import { pageCall, pageDb } from '@/lib/page-call'
import { queryHref } from '@/lib/query-href'
import { readView, type SearchParams } from '@/lib/view-query'
import { DuplicateTabs } from '../duplicate-tabs'
import { readTypeNames } from '../type-names'
import { FailedTable } from './failed-table'

export async function generateMetadata() {
  return { title: (await getTranslations('pages.duplicatesFailed'))('title') }
}

/** `/duplicates/failed`; what has waited longest first. */
export default async function FailedPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const t = await getTranslations()
  const { query, refused } = readView(failedEventsQuery, await searchParams)
  const [{ body }, typeNames] = await Promise.all([
    viewFailedEvents(pageDb(), await pageCall(), query),
    readTypeNames(),
  ])
  const { data, pagination } = body
  return (
    <>
      <LivePage types={['mentor', 'duplicate_event']} />
      <PageHeader title={t('pages.duplicatesFailed.title')} lead={t('pages.duplicatesFailed.lead')} />
      <RefusedNote names={refused} />
      <DuplicateTabs current="failed" />
      <Section
        title={t('pages.duplicatesFailed.title')}
        actions={<span className="text-muted text-sm">{t('filters.hits', { count: pagination.total })}</span>}
        flush
      >
        {data.length > 0 ? (
          <FailedTable rows={data} typeNames={typeNames} />
        ) : pagination.total > 0 ? (
          <EmptyState
            icon={CircleCheck}
            title={t('view.pastEnd')}
            actions={<LinkButton href={failedHref(query, { page: 1 })}>{t('view.firstPage')}</LinkButton>}
          >
            {t('view.pastEndBody')}
          </EmptyState>
        ) : (
          <EmptyState icon={CircleCheck} title={t('failedEvents.emptyTitle')}>
            {t('failedEvents.emptyBody')}
          </EmptyState>
        )}
        <Pagination {...pagination} hrefFor={(page) => failedHref(query, { page })} />
        <PageSize limit={query.limit} hrefFor={(limit) => failedHref(query, { limit, page: 1 })} />
      </Section>
    </>
  )
}

function failedHref(query: FailedEventsQuery, changes: Partial<FailedEventsQuery>) {
  const { sort, page, limit } = { ...query, ...changes }
  return queryHref('/duplicates/failed', {
    sort: sort === 'dispatched_at' ? null : sort,
    page: page > 1 ? page : null,
    limit: limit === 20 ? null : limit,
  })
}
