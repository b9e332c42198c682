import type { Route } from 'next'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { CertificationType, useCertificationTypeName } from '@/components/certification-type'
import { DaysLeft } from '@/components/days-left'
import { CertificationBadge } from '@/components/status-badges'
import { Time } from '@/components/time'
import { Button } from '@/components/ui/button'
import { type Column, DataTable } from '@/components/ui/data-table'
import { Consequence } from './consequence'
import { renewButtonId, type Warning } from './warning'

interface Props {
  warnings: readonly Warning[]
  onRenew: (warning: Warning) => void
}

export function WarningTable({ warnings, onRenew }: Props) {
  const t = useTranslations()
  const typeName = useCertificationTypeName()
  const columns: Column<Warning>[] = [
    {
      id: 'mentor',
      header: t('fields.mentor'),
      role: 'lead',
      cell: (warning) => (
        <Link
          href={`/mentors/${warning.mentor_id}` as Route}
          className="inline-block min-h-6 text-accent underline-offset-4 [overflow-wrap:anywhere] hover:underline"
        >
          {warning.full_name}
        </Link>
      ),
    },
    {
      id: 'type',
      header: t('fields.certificationType'),
      cell: (warning) => <CertificationType type={warning.certification_type} />,
    },
    {
      id: 'expires',
      header: t('fields.expires'),
      cell: (warning) => <Time value={warning.expires_at} as="date" />,
    },
    { id: 'days', header: t('fields.daysLeft'), cell: (warning) => <DaysLeft days={warning.days_left} /> },
    { id: 'state', header: t('fields.state'), cell: (warning) => <CertificationBadge status={warning.state} /> },
    { id: 'consequence', header: t('fields.consequence'), cell: (warning) => <Consequence warning={warning} /> },
    {
      id: 'actions',
      header: <span className="sr-only">{t('fields.actions')}</span>,
      role: 'plain',
      align: 'end',
      cell: (warning) => (
        <Button
          id={renewButtonId(warning.certification_id)}
          size="small"
          className="noscript:hidden print:hidden"
          aria-label={t('expiry.renewOf', { type: typeName(warning.certification_type), name: warning.full_name })}
          onClick={() => onRenew(warning)}
        >
          {t('actions.renew')}
        </Button>
      ),
    },
  ]
  return (
    <DataTable
      caption={t('expiry.caption')}
      columns={columns}
      rows={warnings}
      rowKey={(warning) => warning.certification_id}
    />
  )
}
