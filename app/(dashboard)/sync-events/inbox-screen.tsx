'use client'

import { Inbox } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { PageSize } from '@/components/list/page-size'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkButton } from '@/components/ui/link-button'
import { LinkTabs } from '@/components/ui/link-tabs'
import { Pagination } from '@/components/ui/pagination'
import { Section } from '@/components/ui/section'
import type { SyncInboxQuery, SyncInboxTab, SyncInboxView } from '@/domain/mentor-status-sync/inbox-schema'
import { INBOX_PATH, inboxHref } from './inbox-address'
import { InboxList } from './inbox-list'
import { useInbox } from './use-inbox'

interface Props {
  query: SyncInboxQuery
  /** The view as the server has just drawn it. */
  fromServer: SyncInboxView
  /** Whom the list is narrowed to, if it is. */
  mentorName: string | null
}

const TABS: readonly SyncInboxTab[] = ['pending', 'not_accepted', 'acknowledged']

const EMPTY = {
  pending: ['empty.syncEvents.title', 'empty.syncEvents.body'],
  not_accepted: ['syncInbox.notAcceptedEmpty', 'syncInbox.notAcceptedEmptyBody'],
  acknowledged: ['syncInbox.acknowledgedEmpty', 'syncInbox.acknowledgedEmptyBody'],
} as const

/** The inbox as it stands in the browser: what is done in the list moves the numbers beside it. */
export function InboxScreen({ query, fromServer, mentorName }: Props) {
  const t = useTranslations()
  const inbox = useInbox(query, fromServer)
  const { tab, counts, total } = inbox
  const ofTab = (to: SyncInboxTab) => inboxHref(query, { tab: to, page: 1, event: undefined, sort: undefined })
  return (
    <>
      <LinkTabs
        label={t('syncInbox.tabs')}
        tabs={TABS.map((one) => ({
          href: ofTab(one),
          label: t(`syncInbox.${one}`),
          count: counts[one],
          current: one === tab,
        }))}
      />
      {(query.event !== undefined || mentorName !== null) && (
        <p className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-2 text-sm">
          {query.event !== undefined ? t('syncInbox.oneEvent') : t('syncInbox.oneMentor', { name: mentorName ?? '' })}
          <LinkButton size="small" href={INBOX_PATH} className="print:hidden">
            {t('syncInbox.showAll')}
          </LinkButton>
        </p>
      )}
      <Section
        title={t(`syncInbox.${tab}`)}
        actions={<span className="text-muted text-sm">{t('filters.hits', { count: total })}</span>}
        flush
      >
        <InboxList key={inboxHref(query)} inbox={inbox} query={query} empty={<Nothing query={query} total={total} />} />
        {query.event === undefined && (
          <>
            <Pagination
              page={query.page}
              limit={query.limit}
              total={total}
              hrefFor={(page) => inboxHref(query, { page })}
            />
            <PageSize limit={query.limit} hrefFor={(limit) => inboxHref(query, { limit, page: 1 })} />
          </>
        )}
      </Section>
    </>
  )
}

/** What belongs here and how it gets here, or that it lies elsewhere. */
function Nothing({ query, total }: { query: SyncInboxQuery; total: number }) {
  const t = useTranslations()
  if (query.event !== undefined) {
    return (
      <EmptyState icon={Inbox} title={t('syncInbox.noSuchEvent')}>
        {t('syncInbox.noSuchEventBody')}
      </EmptyState>
    )
  }
  if (total > 0) {
    return (
      <EmptyState
        icon={Inbox}
        title={t('view.pastEnd')}
        actions={<LinkButton href={inboxHref(query, { page: 1 })}>{t('view.firstPage')}</LinkButton>}
      >
        {t('view.pastEndBody')}
      </EmptyState>
    )
  }
  const [title, body] = EMPTY[query.tab]
  return (
    <EmptyState icon={Inbox} title={t(title)}>
      {t(body)}
    </EmptyState>
  )
}
