import type { Route } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { DaysLeft } from '@/components/days-left'
import { Time } from '@/components/time'
import { listExpiryWarnings } from '@/domain/certifications/warning-queries'
import { listDuplicateEvents } from '@/domain/duplicate-events/queries'
import { viewDuplicateQueue } from '@/domain/duplicate-events/queue-queries'
import { listSyncInbox } from '@/domain/mentor-status-sync/inbox-queries'
import { pageCall, pageDb } from '@/lib/page-call'
import { countWaiting } from '../waiting'
import { QueueBox } from './queue-box'

const ROWS = 5

/** Certifications that are about to lapse, the first to do so first. */
export async function ExpiringQueue() {
  const t = await getTranslations('overview')
  const { expiry } = await countWaiting()
  const { data } = await listExpiryWarnings(pageDb(), await pageCall(), { window: '30', page: 1, limit: ROWS })
  return (
    <QueueBox
      title={t('expiring')}
      count={expiry[30]}
      facts={
        <>
          {data[0] && (
            <>
              {t('first')} <DaysLeft days={data[0].days_left} /> ·{' '}
            </>
          )}
          {t('alreadyExpired', { count: expiry.expired })}
        </>
      }
      href={'/certifications' as Route}
      linkText={t('seeAllExpiring')}
      rows={data.map((one) => ({
        id: one.certification_id,
        href: `/mentors/${one.mentor_id}` as Route,
        name: one.full_name,
        detail: (
          <>
            <DaysLeft days={one.days_left} /> · {t('openAssignments', { count: one.open_assignments })}
          </>
        ),
      }))}
    />
  )
}

/** What the phones reported and nobody has acknowledged, the oldest first. */
export async function ReportedQueue() {
  const t = await getTranslations()
  const { inbox } = await countWaiting()
  const { rows } = await listSyncInbox(pageDb(), await pageCall(), { tab: 'pending', page: 1, limit: ROWS })
  return (
    <QueueBox
      title={t('overview.pending')}
      count={inbox.pending + inbox.not_accepted}
      facts={
        <>
          {rows[0] && (
            <>
              {t('overview.oldest')} <Time value={rows[0].effective_at} /> ·{' '}
            </>
          )}
          {t('overview.notAccepted', { count: inbox.not_accepted })}
        </>
      }
      href={'/sync-events' as Route}
      linkText={t('overview.seeAllPending')}
      rows={rows.map((event) => ({
        id: event.sync_event_id,
        href: `/mentors/${event.mentor_id}` as Route,
        name: event.mentor_name,
        detail: (
          <>
            {t(`events.${event.event_type}`)} · <Time value={event.effective_at} />
          </>
        ),
      }))}
    />
  )
}

/** Activities that may have been entered twice, the surest first. */
export async function ReviewQueue() {
  const t = await getTranslations('overview')
  const [db, call] = [pageDb(), await pageCall()]
  const { reviews, changedPairs, failedEvents } = await countWaiting()
  const [queue, oldest] = await Promise.all([
    viewDuplicateQueue(db, call, { sort: '-probability', page: 1, limit: ROWS }),
    listDuplicateEvents(db, call, { state: 'duplicate_found', sort: 'dispatched_at', page: 1, limit: 1 }),
  ])
  const since = oldest.body.data[0]?.dispatched_at
  const locale = await getLocale()
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 })
  return (
    <QueueBox
      title={t('toReview')}
      count={reviews + changedPairs + failedEvents}
      facts={
        <>
          {since && (
            <>
              {t('oldest')} <Time value={since} />
            </>
          )}
          {changedPairs > 0 && (
            <>
              {since && ' · '}
              {t('changedPairs', { count: changedPairs })}
            </>
          )}
          {failedEvents > 0 && (
            <>
              {(since || changedPairs > 0) && ' · '}
              {t('failedEvents', { count: failedEvents })}
            </>
          )}
        </>
      }
      href={'/duplicates' as Route}
      linkText={t('seeAllToReview')}
      rows={queue.body.data.map((row) => ({
        id: row.id,
        href: `/duplicates/${row.id}` as Route,
        name: row.mentor_name,
        detail: (
          <>
            <Time value={row.draft.date} as="date" />
            {row.probability !== null &&
              ` · ${t('alike', { percent: percent.format(Math.floor(row.probability * 100) / 100) })}`}
          </>
        ),
      }))}
    />
  )
}
