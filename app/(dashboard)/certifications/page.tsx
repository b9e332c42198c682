import { BadgeCheck } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { RefusedNote } from '@/components/refused-note'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkButton } from '@/components/ui/link-button'
import { LinkTabs } from '@/components/ui/link-tabs'
import { PageHeader } from '@/components/ui/page-header'
import { Pagination } from '@/components/ui/pagination'
import { Section } from '@/components/ui/section'
import { viewExpiryWarnings } from '@/domain/certifications/warning-queries'
import { type WarningWindow, WARNING_WINDOWS as WINDOWS, warningsQuery } from '@/domain/certifications/warning-schema'
import { pageCall, pageDb } from '@/lib/page-call'
import { queryHref } from '@/lib/query-href'
import { readView, type SearchParams } from '@/lib/view-query'
import { WarningList } from './warning-list'

export async function generateMetadata() {
  return { title: (await getTranslations('pages.certifications'))('title') }
}

const PATH = '/certifications'

export default async function CertificationsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const t = await getTranslations()
  const { query, refused } = readView(warningsQuery, await searchParams)
  const call = await pageCall()
  const { body } = await viewExpiryWarnings(pageDb(), call, { ...query, limit: 20 })
  const { counts, data, pagination } = body
  const label = (window: WarningWindow) =>
    window === 'expired' || window === 'snoozed'
      ? t('filters.expired')
      : t('filters.withinDays', { days: Number(window) })
  return (
    <>
      <PageHeader
        title={t('pages.certifications.title')}
        lead={t('pages.certifications.lead')}
        actions={<LinkButton href="/certifications/expiry-job">{t('expiry.job')}</LinkButton>}
      />
      <RefusedNote names={refused} />
      <LinkTabs
        label={t('expiry.windows')}
        tabs={WINDOWS.map((window) => ({
          href: queryHref(PATH, { window }),
          label: label(window),
          count: counts[window],
          current: window === query.window,
        }))}
      />
      <Section
        title={label(query.window)}
        actions={<span className="text-muted text-sm">{t('filters.hits', { count: pagination.total })}</span>}
        flush
      >
        {data.length > 0 ? (
          <WarningList warnings={data} />
        ) : pagination.total > 0 ? (
          <EmptyState
            icon={BadgeCheck}
            title={t('view.pastEnd')}
            actions={<LinkButton href={queryHref(PATH, { window: query.window })}>{t('view.firstPage')}</LinkButton>}
          >
            {t('view.pastEndBody')}
          </EmptyState>
        ) : (
          <EmptyState icon={BadgeCheck} title={t('empty.certifications.title')}>
            {t('empty.certifications.body')}
          </EmptyState>
        )}
        <Pagination
          {...pagination}
          hrefFor={(page) => queryHref(PATH, { window: query.window, page: page > 1 ? page : null })}
        />
      </Section>
    </>
  )
}
