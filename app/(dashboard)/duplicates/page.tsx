import { CopyCheck } from 'lucide-react'
import type { Route } from 'next'
import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { ListTools } from '@/components/list-tools'
import { RefusedNote } from '@/components/refused-note'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkButton } from '@/components/ui/link-button'
import { PageHeader } from '@/components/ui/page-header'
import { Pagination } from '@/components/ui/pagination'
import { Section } from '@/components/ui/section'
import { listReviewQueue } from '@/domain/duplicate-events/queries'
import { pageCall, pageDb } from '@/lib/page-call'
import { queryHref } from '@/lib/query-href'
import { readView, type SearchParams } from '@/lib/view-query'
import { QueueTable } from './queue-table'
import { readTypeNames } from './type-names'

const LIMIT = 50
const queueQuery = z.object({ page: z.coerce.number().int().min(1).max(100_000).default(1) })

export async function generateMetadata() {
  return { title: (await getTranslations('pages.duplicates'))('title') }
}

export default async function DuplicatesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const t = await getTranslations()
  const { query, refused } = readView(queueQuery, await searchParams)
  const call = await pageCall()
  const { data, pagination } = await listReviewQueue(pageDb(), call, { ...query, limit: LIMIT })
  const [first] = data
  return (
    <>
      <PageHeader
        title={t('pages.duplicates.title')}
        lead={t('pages.duplicates.lead')}
        actions={
          <>
            <ListTools screen="duplicates" query={{}} />
            {first && (
              <LinkButton href={`/duplicates/${first.id}` as Route} variant="primary">
                {t('duplicates.start')}
              </LinkButton>
            )}
          </>
        }
      />
      <RefusedNote names={refused} />
      <Section
        title={t('duplicates.caption')}
        actions={
          <span className="text-muted text-sm">{t('duplicates.waitingCount', { count: pagination.total })}</span>
        }
        flush
      >
        {first ? (
          <QueueTable rows={data} typeNames={await readTypeNames()} />
        ) : pagination.total > 0 ? (
          <EmptyState
            icon={CopyCheck}
            title={t('view.pastEnd')}
            actions={<LinkButton href="/duplicates">{t('view.firstPage')}</LinkButton>}
          >
            {t('view.pastEndBody')}
          </EmptyState>
        ) : (
          <EmptyState icon={CopyCheck} title={t('empty.duplicates.title')}>
            {t('empty.duplicates.body')}
          </EmptyState>
        )}
        <Pagination
          {...pagination}
          hrefFor={(page) => queryHref('/duplicates', {}, { page: page > 1 ? page : null })}
        />
      </Section>
    </>
  )
}
