import { getTranslations } from 'next-intl/server'
import { RefusedNote } from '@/components/refused-note'
import { PageHeader } from '@/components/ui/page-header'
import { returnedPairsQuery } from '@/domain/duplicate-events/pair-schema'
import { viewReturnedPairs } from '@/domain/duplicate-events/returned-pairs'
import { pageCall, pageDb } from '@/lib/page-call'
import { readView, type SearchParams } from '@/lib/view-query'
import { DuplicateTabs } from '../duplicate-tabs'
import { readTypeNames } from '../type-names'
import { ChangedScreen } from './changed-screen'

export async function generateMetadata() {
  return { title: (await getTranslations('pages.duplicatesChanged'))('title') }
}

/** `/duplicates/changed`; what came back last first. */
export default async function ChangedPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const t = await getTranslations('pages.duplicatesChanged')
  const { query, refused } = readView(returnedPairsQuery, await searchParams)
  const [{ body: view }, typeNames] = await Promise.all([
    viewReturnedPairs(pageDb(), await pageCall(), query),
    readTypeNames(),
  ])
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} />
      <RefusedNote names={refused} />
      <DuplicateTabs current="changed" />
      <ChangedScreen query={query} fromServer={view} typeNames={typeNames} />
    </>
  )
}
