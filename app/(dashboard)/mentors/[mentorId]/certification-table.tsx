import { useTranslations } from 'next-intl'
import { CertificationType } from '@/components/certification-type'
import { DaysLeft } from '@/components/days-left'
import { CertificationBadge } from '@/components/status-badges'
import { Time } from '@/components/time'
import { type Column, DataTable } from '@/components/ui/data-table'
import type { MentorDetail } from '@/domain/mentors/detail'

type Certification = MentorDetail['certifications'][number]

/** All certifications of a mentor, the current ones first. */
export function CertificationTable({ certifications }: { certifications: readonly Certification[] }) {
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
    { id: 'state', header: t('fields.status'), cell: (one) => <CertificationBadge status={one.status} /> },
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
