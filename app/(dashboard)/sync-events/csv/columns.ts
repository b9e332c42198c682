import { actorName } from '@/components/change-words'
import type { SyncInboxRow } from '@/domain/mentor-status-sync/inbox-schema'
import { type CsvColumn, csvTime } from '@/lib/csv'
import type { Words } from '@/lib/i18n/screen-words'

/** What a file says of an event that a phone reported; times in `timeZone`. */
export function inboxColumns(t: Words, timeZone: string): CsvColumn<SyncInboxRow>[] {
  return [
    { header: t('csv.eventId'), value: (event) => event.sync_event_id },
    { header: t('fields.mentorId'), value: (event) => event.mentor_id },
    { header: t('fields.name'), value: (event) => event.mentor_name },
    { header: t('fields.event'), value: (event) => t(`events.${event.event_type}`) },
    { header: t('fields.reason'), value: (event) => event.reason },
    { header: t('syncInbox.note'), value: (event) => event.note },
    { header: t('changes.fields.client_timestamp'), value: (event) => csvTime(event.client_timestamp, timeZone) },
    { header: t('changes.fields.effective_at'), value: (event) => csvTime(event.effective_at, timeZone) },
    { header: t('syncInbox.received'), value: (event) => csvTime(event.server_timestamp, timeZone) },
    {
      header: t('csv.aheadMinutes'),
      value: (event) => minutes(Math.max(0, event.clock_ahead_seconds ?? event.ahead_seconds)),
    },
    { header: t('csv.lateMinutes'), value: (event) => minutes(event.late_by_seconds) },
    { header: t('changes.fields.accepted'), value: (event) => (event.accepted ? t('changes.yes') : t('changes.no')) },
    { header: t('csv.newerAt'), value: (event) => csvTime(event.newer_at, timeZone) },
    { header: t('fields.resultingStatus'), value: (event) => t(`status.mentor.${event.resulting_status}`) },
    {
      header: t('changes.fields.held_by'),
      value: (event) => (event.held_by ? t('events.heldByCertification') : null),
    },
    { header: t('changes.fields.acknowledged_at'), value: (event) => csvTime(event.acknowledged_at, timeZone) },
    {
      header: t('changes.fields.acknowledged_by'),
      value: ({ acknowledged_by: by }) => by && (actorName(t, by) ?? by),
    },
  ]
}

function minutes(seconds: number): number {
  return Math.floor(seconds / 60)
}
