import { ReceiptText } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { PageSize } from '@/components/list/page-size'
import { LivePage } from '@/components/live/live-page'
import { RefusedNote } from '@/components/refused-note'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkButton } from '@/components/ui/link-button'
import { PageHeader } from '@/components/ui/page-header'
import { Pagination } from '@/components/ui/pagination'
import { Section } from '@/components/ui/section'
import { viewDuplicateReceipts } from '@/domain/duplicate-events/decided-queries'
import { duplicateReceiptsQuery } from '@/domain/duplicate-events/review-schema'
import { pageCall, pageDb } from '@/lib/page-call'
import { queryHref } from '@/lib/query-href'
import { readView, type SearchParams } from '@/lib/view-query'
import { DuplicateTabs } from '../duplicate-tabs'
import { DECIDED_PATH, decidedHref } from './decided-address'
import { DecidedFilters } from './decided-filters'
import { DecidedList } from './decided-list'

export async function generateMetadata() {
  return { title: (await getTranslations('pages.duplicatesDecided'))('title') }
}

/** `/duplicates/decided?resolution=merge&mentor_id=mentor-42`; the latest first. */
export default async function DecidedPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const t = await getTranslations()
  const { query, refused } = readView(duplicateReceiptsQuery, await searchParams)
  const { data, pagination } = (await viewDuplicateReceipts(pageDb(), await pageCall(), query)).body
  const filtered = Boolean(query.resolution ?? query.mentor_id ?? query.batch_id)
  return (
    <>
      <LivePage types={['mentor', 'duplicate_event', 'activity']} />
      <PageHeader title={t('pages.duplicatesDecided.title')} lead={t('pages.duplicatesDecided.lead')} />
      <RefusedNote names={refused} />
      <DuplicateTabs current="decided" />
      <DecidedFilters query={query} rows={data} />
      <Section
        title={t('decided.title')}
        actions={<span className="text-muted text-sm">{t('filters.hits', { count: pagination.total })}</span>}
        flush
      >
        {data.length > 0 ? (
          <DecidedList rows={data} query={query} />
        ) : pagination.total > 0 ? (
          <EmptyState
            icon={ReceiptText}
            title={t('view.pastEnd')}
            actions={<LinkButton href={decidedHref(query, { page: 1 })}>{t('view.firstPage')}</LinkButton>}
          >
            {t('view.pastEndBody')}
          </EmptyState>
        ) : filtered ? (
          <EmptyState
            icon={ReceiptText}
            title={t('empty.filtered.title')}
            actions={<LinkButton href={queryHref(DECIDED_PATH, {})}>{t('filters.reset')}</LinkButton>}
          >
            {t('empty.filtered.body')}
          </EmptyState>
        ) : (
          <EmptyState icon={ReceiptText} title={t('decided.emptyTitle')}>
            {t('decided.emptyBody')}
          </EmptyState>
        )}
        <Pagination {...pagination} hrefFor={(page) => decidedHref(query, { page })} />
        <PageSize limit={query.limit} hrefFor={(limit) => decidedHref(query, { limit, page: 1 })} />
      </Section>
    </>
  )
}
