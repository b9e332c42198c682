import { History } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { PageSize } from '@/components/list/page-size'
import { ListTools } from '@/components/list-tools'
import { LivePage } from '@/components/live/live-page'
import { RefusedNote } from '@/components/refused-note'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkButton } from '@/components/ui/link-button'
import { PageHeader } from '@/components/ui/page-header'
import { Pagination } from '@/components/ui/pagination'
import { Section } from '@/components/ui/section'
import { listActors, listChanges } from '@/domain/changes/queries'
import { changeListQuery } from '@/domain/changes/schema'
import { pageCall, pageDb } from '@/lib/page-call'
import { queryHref } from '@/lib/query-href'
import { readView, type SearchParams } from '@/lib/view-query'
import { readTypeNames } from '../duplicates/type-names'
import { ChangeFilters } from './change-filters'
import { ChangeTable } from './change-table'
import { viewValues } from './view-values'

export async function generateMetadata() {
  return { title: (await getTranslations('pages.changes'))('title') }
}

const PATH = '/changes'

export default async function ChangesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const t = await getTranslations()
  const { query, refused } = readView(changeListQuery, await searchParams)
  const call = await pageCall()
  const [{ data, pagination }, actors, typeNames] = await Promise.all([
    listChanges(pageDb(), call, query),
    listActors(pageDb(), call),
    readTypeNames(),
  ])
  const values = viewValues(query)
  const filtered = Boolean(query.actor ?? query.mentor ?? query.kind ?? query.from ?? query.to)
  return (
    <>
      <LivePage />
      <PageHeader
        title={t('pages.changes.title')}
        lead={t('pages.changes.lead')}
        actions={<ListTools screen="changes" query={query} />}
      />
      <RefusedNote names={refused} />
      <ChangeFilters query={query} actors={actors} />
      <Section
        title={t('changes.caption')}
        actions={<span className="text-muted text-sm">{t('filters.hits', { count: pagination.total })}</span>}
        flush
      >
        {data.length > 0 ? (
          <ChangeTable changes={data} query={query} typeNames={typeNames} />
        ) : pagination.total > 0 ? (
          <EmptyState
            icon={History}
            title={t('view.pastEnd')}
            actions={<LinkButton href={queryHref(PATH, values)}>{t('view.firstPage')}</LinkButton>}
          >
            {t('view.pastEndBody')}
          </EmptyState>
        ) : filtered ? (
          <EmptyState
            icon={History}
            title={t('empty.filtered.title')}
            actions={<LinkButton href={PATH}>{t('filters.reset')}</LinkButton>}
          >
            {t('empty.filtered.body')}
          </EmptyState>
        ) : (
          <EmptyState icon={History} title={t('changes.emptyTitle')}>
            {t('changes.emptyBody')}
          </EmptyState>
        )}
        <Pagination {...pagination} hrefFor={(page) => queryHref(PATH, values, { page: page > 1 ? page : null })} />
        <PageSize limit={query.limit} hrefFor={(limit) => queryHref(PATH, viewValues({ ...query, limit }))} />
      </Section>
    </>
  )
}
