import { CirclePause, CirclePlay, Clock, ClockAlert } from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import { byActor } from '@/components/change-words'
import { Time } from '@/components/time'
import { Badge } from '@/components/ui/badge'
import type { SyncInboxRow } from '@/domain/mentor-status-sync/inbox-schema'
import { formatMoment } from '@/lib/i18n/format'

/** Less than this far ahead is within what clocks do: the server believes the phone as well. */
const AHEAD_SECONDS = 300
/** Up to an hour an event is on its way, as from a tunnel; from then on the phone was offline. */
const LATE_SECONDS = 3600

/** What was reported, whether phone and server agree on the time, and why it was not, or not wholly, applied. */
export function Happened({ row }: { row: SyncInboxRow }) {
  const t = useTranslations()
  const format = useFormatter()
  const span = useSpan()
  const Icon = row.event_type === 'PauseMentorEvent' ? CirclePause : CirclePlay
  return (
    <span className="flex flex-col items-start gap-1 @max-4xl:[&>span]:whitespace-normal">
      <span className="inline-flex items-center gap-1.5">
        <Icon aria-hidden className="size-4 shrink-0 text-muted" />
        {t(`events.${row.event_type}`)}
      </span>
      <WrongClock row={row} />
      {row.ahead_seconds > AHEAD_SECONDS && row.clock_ahead_seconds === undefined && (
        <Badge tone="expiring" icon={ClockAlert}>
          {t('syncInbox.ahead', { span: span(row.ahead_seconds) })}
        </Badge>
      )}
      {row.late_by_seconds > LATE_SECONDS && (
        <Badge icon={Clock}>{t('syncInbox.late', { span: span(row.late_by_seconds) })}</Badge>
      )}
      {!row.accepted && (
        <span className="max-w-72 text-muted text-xs">
          {row.newer_at === null
            ? t('syncInbox.superseded')
            : t('syncInbox.supersededBy', { time: formatMoment(format, row.newer_at) })}
        </span>
      )}
      {row.held_by && <span className="max-w-72 text-muted text-xs">{t('events.heldByCertification')}</span>}
    </span>
  )
}

/** A clock that was found to be wrong when the event came: what it says, and what that was taken as. */
function WrongClock({ row }: { row: SyncInboxRow }) {
  const t = useTranslations('syncInbox')
  const format = useFormatter()
  const span = useSpan()
  const { client_timestamp, clock_ahead_seconds: ahead } = row
  if (client_timestamp === null || ahead === undefined) return null
  // to the nearest minute: the network takes some seconds
  const minutes = Math.max(1, Math.round(Math.abs(ahead) / 60))
  const said = { said: formatMoment(format, client_timestamp), taken: formatMoment(format, row.effective_at) }
  return (
    <span className="flex max-w-72 items-start gap-1 text-muted text-xs">
      <ClockAlert aria-hidden className="mt-px size-3.5 shrink-0 text-expiring" />
      {t(ahead > 0 ? 'clockAhead' : 'clockBehind', { span: span(minutes * 60), ...said })}
    </span>
  )
}

/** Minutes up to an hour, hours up to two days, then days. */
function useSpan(): (seconds: number) => string {
  const t = useTranslations('syncInbox')
  return (seconds) => {
    if (seconds < 3600) return t('minutes', { count: Math.floor(seconds / 60) })
    if (seconds < 2 * 86_400) return t('hours', { count: Math.floor(seconds / 3600) })
    return t('days', { count: Math.floor(seconds / 86_400) })
  }
}

/** The mentor's own words, and the coordinator's note beside them. */
export function Words({ row }: { row: SyncInboxRow }) {
  const t = useTranslations('syncInbox')
  return (
    <span className="flex flex-col gap-1 [overflow-wrap:anywhere] @4xl:max-w-72">
      {row.reason ? <span>{row.reason}</span> : <span className="text-muted">{t('noReason')}</span>}
      {row.note && (
        <span className="border-control border-l-2 pl-2 text-muted text-xs">
          <span className="font-medium">{t('note')}:</span> {row.note}
        </span>
      )}
    </span>
  )
}

/** The phone's time, the server's, and when and by whom it was acknowledged. */
export function EventTimes({ row }: { row: SyncInboxRow }) {
  const t = useTranslations()
  const format = useFormatter()
  return (
    <span className="flex flex-col gap-0.5 text-xs">
      <span className="@4xl:whitespace-nowrap">
        <span className="text-muted">{t('syncInbox.onPhone')}:</span>{' '}
        {row.client_timestamp ? (
          <Time value={row.client_timestamp} as="moment" />
        ) : (
          <span className="text-muted">{t('syncInbox.noClientTime')}</span>
        )}
      </span>
      <span>
        <span className="text-muted">{t('syncInbox.received')}:</span> <Time value={row.server_timestamp} as="moment" />
      </span>
      {row.acknowledged_at && row.acknowledged_by && (
        <span className="text-muted">
          {t('syncInbox.acknowledgedBy', {
            time: formatMoment(format, row.acknowledged_at),
            actor: byActor(t, row.acknowledged_by),
          })}
        </span>
      )}
    </span>
  )
}
