import { Users } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { RefusedNote } from '@/components/refused-note'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkButton } from '@/components/ui/link-button'
import { PageHeader } from '@/components/ui/page-header'
import { Pagination } from '@/components/ui/pagination'
import { Section } from '@/components/ui/section'
import { listMentors } from '@/domain/mentors/queries'
import { mentorListQuery } from '@/domain/mentors/schema'
import { pageCall, pageDb } from '@/lib/page-call'
import { queryHref } from '@/lib/query-href'
import { readView, type SearchParams } from '@/lib/view-query'
import { MentorFilters } from './mentor-filters'
import { MentorTable } from './mentor-table'
import { viewValues } from './view-values'

export async function generateMetadata() {
  return { title: (await getTranslations('pages.mentors'))('title') }
}

export default async function MentorsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const t = await getTranslations()
  const { query, refused } = readView(mentorListQuery, await searchParams)
  const { data, pagination } = await listMentors(pageDb(), await pageCall(), query)
  const values = viewValues(query)
  const filtered = Boolean(query.q ?? query.status ?? query.certification ?? query.expiring_within_days)
  return (
    <>
      <PageHeader title={t('pages.mentors.title')} lead={t('pages.mentors.lead')} />
      <RefusedNote names={refused} />
      <MentorFilters query={query} />
      <Section
        title={t('pages.mentors.title')}
        actions={<span className="text-muted text-sm">{t('filters.hits', { count: pagination.total })}</span>}
        flush
      >
        {data.length > 0 ? (
          <MentorTable mentors={data} query={query} />
        ) : pagination.total > 0 ? (
          <EmptyState
            icon={Users}
            title={t('view.pastEnd')}
            actions={<LinkButton href={queryHref('/mentors', values)}>{t('view.firstPage')}</LinkButton>}
          >
            {t('view.pastEndBody')}
          </EmptyState>
        ) : filtered ? (
          <EmptyState
            icon={Users}
            title={t('empty.filtered.title')}
            actions={<LinkButton href="/mentors">{t('filters.reset')}</LinkButton>}
          >
            {t('empty.filtered.body')}
          </EmptyState>
        ) : (
          <EmptyState icon={Users} title={t('empty.mentors.title')}>
            {t('empty.mentors.body')}
          </EmptyState>
        )}
        <Pagination
          {...pagination}
          hrefFor={(page) => queryHref('/mentors', values, { page: page > 1 ? page : null })}
        />
      </Section>
    </>
  )
}
