import { getTranslations } from 'next-intl/server'
import { ListTools } from '@/components/list-tools'
import { RefusedNote } from '@/components/refused-note'
import { PageHeader } from '@/components/ui/page-header'
import { viewSyncInbox } from '@/domain/mentor-status-sync/inbox-queries'
import { syncInboxQuery } from '@/domain/mentor-status-sync/inbox-schema'
import { pageCall, pageDb } from '@/lib/page-call'
import { readView, type SearchParams } from '@/lib/view-query'
import { InboxScreen } from './inbox-screen'

export async function generateMetadata() {
  return { title: (await getTranslations('pages.syncEvents'))('title') }
}

/** `/sync-events?tab=not_accepted&page=2`; what waits unless the address says otherwise. */
export default async function SyncEventsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const t = await getTranslations('pages.syncEvents')
  const { query, refused } = readView(syncInboxQuery, await searchParams)
  const { body: view } = await viewSyncInbox(pageDb(), await pageCall(), query)
  const mentorName = query.mentor_id === undefined ? null : (view.data[0]?.mentor_name ?? query.mentor_id)
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} actions={<ListTools screen="sync-events" query={query} />} />
      <RefusedNote names={refused} />
      <InboxScreen query={query} fromServer={view} mentorName={mentorName} />
    </>
  )
}
