import { BadgeCheck } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { RefusedNote } from '@/components/refused-note'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkButton } from '@/components/ui/link-button'
import { LinkTabs } from '@/components/ui/link-tabs'
import { PageHeader } from '@/components/ui/page-header'
import { Pagination } from '@/components/ui/pagination'
import { Section } from '@/components/ui/section'
import {
  countExpiryWindows,
  type ExpiryWarning,
  type ExpiryWindow,
  listExpiryWarnings,
} from '@/domain/certifications/queries'
import { nextRunAfter } from '@/domain/expiry-job/schedule'
import { requireSettings } from '@/domain/organisations/queries'
import type { Call } from '@/lib/call'
import { env } from '@/lib/env'
import { type Instant, wireTime, wireTimeOrNull } from '@/lib/instant'
import { pageCall, pageDb } from '@/lib/page-call'
import { queryHref } from '@/lib/query-href'
import { readView, type SearchParams } from '@/lib/view-query'
import type { Warning } from './warning'
import { WarningList } from './warning-list'
import { WINDOWS, warningsQuery } from './windows'

export async function generateMetadata() {
  return { title: (await getTranslations('pages.certifications'))('title') }
}

const PATH = '/certifications'

export default async function CertificationsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const t = await getTranslations()
  const { query, refused } = readView(warningsQuery, await searchParams)
  const call = await pageCall()
  const [counts, { data, pagination }, settings] = await Promise.all([
    countExpiryWindows(pageDb(), call),
    listExpiryWarnings(pageDb(), call, { ...query, limit: 20 }),
    requireSettings(pageDb(), call),
  ])
  const label = (window: ExpiryWindow) =>
    window === 'expired' ? t('filters.expired') : t('filters.withinDays', { days: window })
  const warnings = data.map((warning) => toWarning(call, settings.warning_days, warning))
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
          <WarningList warnings={warnings} />
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

function toWarning(call: Call, warningDays: number, warning: ExpiryWarning): Warning {
  const expired = warning.expires_at <= wireTime(call.now)
  const pausable = expired ? call.now : (warning.expires_at as Instant)
  return {
    ...warning,
    state: expired ? 'expired' : warning.days_left <= warningDays ? 'expiring' : 'valid',
    paused_from: warning.paused ? null : wireTimeOrNull(nextRunAfter(pausable, env().EXPIRY_JOB_AT)),
  }
}
