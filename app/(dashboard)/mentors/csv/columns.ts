import { certificationTypeName } from '@/components/certification-type'
import type { MentorListItem } from '@/domain/mentors/schema'
import { type CsvColumn, csvDate, csvTime } from '@/lib/csv'
import type { Words } from '@/lib/i18n/screen-words'

/** What a file says of a mentor; times in `timeZone`. */
export function mentorColumns(t: Words, timeZone: string): CsvColumn<MentorListItem>[] {
  return [
    { header: t('fields.mentorId'), value: (mentor) => mentor.mentor_id },
    { header: t('fields.name'), value: (mentor) => mentor.full_name },
    { header: t('fields.email'), value: (mentor) => mentor.email },
    { header: t('status.incomplete'), value: (mentor) => (mentor.incomplete ? t('changes.yes') : t('changes.no')) },
    { header: t('fields.status'), value: (mentor) => t(`status.mentor.${mentor.status}`) },
    { header: t('csv.pause'), value: ({ causes }) => causeOf(t, causes) },
    {
      header: t('fields.certification'),
      value: ({ certification }) => certification && certificationTypeName(t, certification.certification_type),
    },
    {
      header: t('csv.certificationState'),
      value: ({ certification }) => t(`status.certification.${certification?.state ?? 'none'}`),
    },
    {
      header: t('fields.expires'),
      value: ({ certification }) => csvDate(certification?.expires_at ?? null, timeZone),
    },
    { header: t('csv.daysLeft'), value: ({ certification }) => certification?.days_left ?? null },
    { header: t('fields.openAssignments'), value: (mentor) => mentor.open_assignments },
    { header: t('fields.sessions30Days'), value: (mentor) => mentor.sessions_30_days },
    { header: t('fields.lastHeardFrom'), value: (mentor) => csvTime(mentor.last_heard_at, timeZone) },
  ]
}

function causeOf(t: Words, causes: MentorListItem['causes']): string | null {
  if (causes.length === 2) return t('status.pauseCause.both')
  if (causes.length === 0) return null
  return t(causes[0] === 'by_hand' ? 'status.pauseCause.hand' : 'status.pauseCause.certification')
}
