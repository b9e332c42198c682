import { getTranslations } from 'next-intl/server'
import { ListTools } from '@/components/list-tools'
import { RefusedNote } from '@/components/refused-note'
import { PageHeader } from '@/components/ui/page-header'
import { viewDuplicateQueue } from '@/domain/duplicate-events/queue-queries'
import { duplicateQueueQuery } from '@/domain/duplicate-events/review-schema'
import { pageCall, pageDb } from '@/lib/page-call'
import { readView, type SearchParams } from '@/lib/view-query'
import { DuplicateTabs } from './duplicate-tabs'
import { queueValues } from './queue-address'
import { QueueScreen } from './queue-screen'
import { StartLink } from './start-link'
import { readTypeNames } from './type-names'

export async function generateMetadata() {
  return { title: (await getTranslations('pages.duplicates'))('title') }
}

/** `/duplicates?mentor_id=mentor-42&certain=true&sort=-date`; the surest first unless the address says otherwise. */
export default async function DuplicatesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const t = await getTranslations()
  const { query, refused } = readView(duplicateQueueQuery, await searchParams)
  const [{ body: view }, typeNames] = await Promise.all([
    viewDuplicateQueue(pageDb(), await pageCall(), query),
    readTypeNames(),
  ])
  return (
    <>
      <PageHeader
        title={t('pages.duplicates.title')}
        lead={t('pages.duplicates.lead')}
        actions={
          <>
            <ListTools screen="duplicates" query={queueValues(query)} />
            <StartLink query={query} fromServer={view} />
          </>
        }
      />
      <RefusedNote names={refused} />
      <DuplicateTabs current="queue" />
      <QueueScreen query={query} fromServer={view} typeNames={typeNames} />
    </>
  )
}
