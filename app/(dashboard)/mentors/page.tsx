import { Users } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { ListTools } from '@/components/list-tools'
import { RefusedNote } from '@/components/refused-note'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkButton } from '@/components/ui/link-button'
import { PageHeader } from '@/components/ui/page-header'
import { listMentors } from '@/domain/mentors/queries'
import { mentorListQuery } from '@/domain/mentors/schema'
import { pageCall, pageDb } from '@/lib/page-call'
import { readView, type SearchParams } from '@/lib/view-query'
import { MentorFilters } from './mentor-filters'
import { MentorList } from './mentor-list'

export async function generateMetadata() {
  return { title: (await getTranslations('pages.mentors'))('title') }
}

export default async function MentorsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const t = await getTranslations()
  const { query, refused } = readView(mentorListQuery, await searchParams)
  const view = await listMentors(pageDb(), await pageCall(), query)
  const filtered = Boolean(query.q ?? query.status ?? query.certification ?? query.expiring_within_days)
  return (
    <>
      <PageHeader
        title={t('pages.mentors.title')}
        lead={t('pages.mentors.lead')}
        actions={<ListTools screen="mentors" query={query} />}
      />
      <RefusedNote names={refused} />
      <MentorFilters query={query} />
      <MentorList
        query={query}
        fromServer={view}
        empty={
          filtered ? (
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
          )
        }
      />
    </>
  )
}
