import { BellOff } from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import { CertificationType } from '@/components/certification-type'
import { DaysLeft } from '@/components/days-left'
import { CertificationBadge } from '@/components/status-badges'
import { Time } from '@/components/time'
import { Button } from '@/components/ui/button'
import { type Column, DataTable } from '@/components/ui/data-table'
import type { MentorDetail } from '@/domain/mentors/detail'
import { formatDate } from '@/lib/i18n/format'

export type Certification = MentorDetail['certifications'][number]

interface Props {
  certifications: readonly Certification[]
  /** Those that are on their way to the server. */
  renewing: ReadonlySet<string>
  onRenew: (certification: Certification) => void
}

/** All certifications of a mentor, the current ones first. */
export function CertificationTable({ certifications, renewing, onRenew }: Props) {
  const t = useTranslations()
  if (certifications.length === 0) {
    return <p className="px-4 py-3 text-muted text-sm">{t('mentor.noCertifications')}</p>
  }
  const columns: Column<Certification>[] = [
    {
      id: 'type',
      header: t('fields.certificationType'),
      role: 'lead',
      cell: (one) => (
        <span className="block">
          <CertificationType type={one.certification_type} />
          <span className="block font-normal text-muted text-xs">
            {one.is_current ? t('mentor.current') : t('mentor.earlier')}
          </span>
        </span>
      ),
    },
    {
      id: 'state',
      header: t('fields.status'),
      cell: (one) => (
        <span className="flex flex-col items-start gap-0.5">
          <CertificationBadge status={one.status} />
          {one.snooze && <Snoozed snooze={one.snooze} />}
        </span>
      ),
    },
    { id: 'issued', header: t('fields.issued'), cell: (one) => <Time value={one.issued_at} as="date" /> },
    {
      id: 'expires',
      header: t('fields.expires'),
      cell: (one) => (
        <span className="flex flex-col gap-0.5">
          <Time value={one.expires_at} as="date" />
          {one.is_current && (
            <span className="text-muted text-xs">
              <DaysLeft days={one.days_left} />
            </span>
          )}
        </span>
      ),
    },
    {
      id: 'actions',
      header: <span className="sr-only">{t('fields.actions')}</span>,
      role: 'plain',
      align: 'end',
      cell: (one) =>
        one.is_current && (
          <Button
            size="small"
            className="noscript:hidden print:hidden"
            aria-disabled={renewing.has(one.certification_id)}
            onClick={() => !renewing.has(one.certification_id) && onRenew(one)}
          >
            {renewing.has(one.certification_id) ? t('mentor.renewing') : t('actions.renew')}
          </Button>
        ),
    },
  ]
  return (
    <DataTable
      caption={t('mentor.certifications')}
      columns={columns}
      rows={certifications}
      rowKey={(one) => one.certification_id}
    />
  )
}

function Snoozed({ snooze }: { snooze: NonNullable<Certification['snooze']> }) {
  const t = useTranslations('mentor')
  const format = useFormatter()
  return (
    <span className="inline-flex items-baseline gap-1 text-muted text-xs">
      <BellOff aria-hidden className="size-3 shrink-0 translate-y-0.5" />
      {t('snoozed', { date: formatDate(format, snooze.until), reason: snooze.reason })}
    </span>
  )
}
