import { Inbox } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { ListTools } from '@/components/list-tools'
import { RefusedNote } from '@/components/refused-note'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkButton } from '@/components/ui/link-button'
import { LinkTabs } from '@/components/ui/link-tabs'
import { PageHeader } from '@/components/ui/page-header'
import { Pagination } from '@/components/ui/pagination'
import { Section } from '@/components/ui/section'
import { countSyncInbox, listSyncInbox } from '@/domain/mentor-status-sync/inbox-queries'
import { pageCall, pageDb } from '@/lib/page-call'
import { queryHref } from '@/lib/query-href'
import { readView, type SearchParams } from '@/lib/view-query'
import { queryInteger } from '@/lib/wire'
import { InboxList } from './inbox-list'

export async function generateMetadata() {
  return { title: (await getTranslations('pages.syncEvents'))('title') }
}

const PATH = '/sync-events'
const TABS = ['pending', 'not_accepted', 'acknowledged'] as const

/** `/sync-events?tab=not_accepted&page=2`; what waits unless the address says otherwise. */
const inboxQuery = z.object({ tab: z.enum(TABS).default('pending'), page: queryInteger(1, 1_000_000_000).default(1) })

const EMPTY = {
  pending: ['empty.syncEvents.title', 'empty.syncEvents.body'],
  not_accepted: ['syncInbox.notAcceptedEmpty', 'syncInbox.notAcceptedEmptyBody'],
  acknowledged: ['syncInbox.acknowledgedEmpty', 'syncInbox.acknowledgedEmptyBody'],
} as const

export default async function SyncEventsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const t = await getTranslations()
  const { query, refused } = readView(inboxQuery, await searchParams)
  const call = await pageCall()
  const [counts, { rows, total }] = await Promise.all([
    countSyncInbox(pageDb(), call),
    listSyncInbox(pageDb(), call, { ...query, limit: 20 }),
  ])
  const hrefOf = (tab: (typeof TABS)[number], page = 1) =>
    queryHref(PATH, { tab: tab === 'pending' ? null : tab, page: page > 1 ? page : null })
  const [emptyTitle, emptyBody] = EMPTY[query.tab]
  const empty =
    total > 0 ? (
      <EmptyState
        icon={Inbox}
        title={t('view.pastEnd')}
        actions={<LinkButton href={hrefOf(query.tab)}>{t('view.firstPage')}</LinkButton>}
      >
        {t('view.pastEndBody')}
      </EmptyState>
    ) : (
      <EmptyState icon={Inbox} title={t(emptyTitle)}>
        {t(emptyBody)}
      </EmptyState>
    )
  return (
    <>
      <PageHeader
        title={t('pages.syncEvents.title')}
        lead={t('pages.syncEvents.lead')}
        actions={<ListTools screen="sync-events" query={query} />}
      />
      <RefusedNote names={refused} />
      <LinkTabs
        label={t('syncInbox.tabs')}
        tabs={TABS.map((tab) => ({
          href: hrefOf(tab),
          label: t(`syncInbox.${tab}`),
          count: counts[tab],
          current: tab === query.tab,
        }))}
      />
      <Section
        title={t(`syncInbox.${query.tab}`)}
        actions={<span className="text-muted text-sm">{t('filters.hits', { count: total })}</span>}
        flush
      >
        <InboxList key={`${query.tab} ${query.page}`} rows={rows} tab={query.tab} empty={empty} />
        <Pagination page={query.page} limit={20} total={total} hrefFor={(page) => hrefOf(query.tab, page)} />
      </Section>
    </>
  )
}
