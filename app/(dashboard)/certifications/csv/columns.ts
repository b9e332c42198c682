import { certificationTypeName } from '@/components/certification-type'
import { actorName } from '@/components/change-words'
import type { ExpiryWarning } from '@/domain/certifications/warning-schema'
import { type CsvColumn, csvDate, csvTime } from '@/lib/csv'
import type { Words } from '@/lib/i18n/screen-words'

/** What a file says of a certification that expires, and of what follows for the mentor; times in `timeZone`. */
export function warningColumns(t: Words, timeZone: string): CsvColumn<ExpiryWarning>[] {
  return [
    { header: t('csv.certificationId'), value: (warning) => warning.certification_id },
    { header: t('fields.mentorId'), value: (warning) => warning.mentor_id },
    { header: t('fields.name'), value: (warning) => warning.full_name },
    {
      header: t('fields.certificationType'),
      value: (warning) => certificationTypeName(t, warning.certification_type),
    },
    { header: t('fields.issued'), value: (warning) => csvDate(warning.issued_at, timeZone) },
    { header: t('fields.expires'), value: (warning) => csvDate(warning.expires_at, timeZone) },
    { header: t('csv.daysLeft'), value: (warning) => warning.days_left },
    { header: t('fields.state'), value: (warning) => t(`status.certification.${warning.state}`) },
    { header: t('csv.paused'), value: (warning) => (warning.paused ? t('changes.yes') : t('changes.no')) },
    { header: t('csv.pausedFrom'), value: (warning) => csvTime(warning.paused_from, timeZone) },
    { header: t('fields.openAssignments'), value: (warning) => warning.open_assignments },
    { header: t('changes.fields.until'), value: ({ snooze }) => snooze?.until ?? null },
    { header: t('csv.snoozeReason'), value: ({ snooze }) => snooze?.reason ?? null },
    {
      header: t('changes.fields.owner'),
      value: ({ snooze }) => snooze && (actorName(t, snooze.owner) ?? snooze.owner),
    },
  ]
}
