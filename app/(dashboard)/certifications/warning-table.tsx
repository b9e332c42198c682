'use client'

import { clsx } from 'clsx'
import type { Route } from 'next'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ComponentProps } from 'react'
import { CertificationType, useCertificationTypeName } from '@/components/certification-type'
import { DaysLeft } from '@/components/days-left'
import { CertificationBadge } from '@/components/status-badges'
import { Time } from '@/components/time'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { type Column, DataTable } from '@/components/ui/data-table'
import type { ExpiryWarning, WarningsQuery } from '@/domain/certifications/warning-schema'
import { queryHref } from '@/lib/query-href'
import { Consequence } from './consequence'
import { CERTIFICATIONS, viewValues } from './view-values'

interface Props {
  warnings: readonly ExpiryWarning[]
  query: WarningsQuery
  chosen: ReadonlySet<string>
  onChoose: (id: string, on: boolean) => void
  onRenew: (warning: ExpiryWarning) => void
  onSnooze: (warning: ExpiryWarning) => void
  onEndSnooze: (warning: ExpiryWarning) => void
  rowAttributes: (id: string) => ComponentProps<'tr'>
}

export function WarningTable(props: Props) {
  const { warnings, query, chosen, rowAttributes } = props
  const t = useTranslations()
  const typeName = useCertificationTypeName()
  const snoozed = query.window === 'snoozed'
  const columns: Column<ExpiryWarning>[] = [
    {
      id: 'select',
      header: <span className="sr-only">{t('expiry.select')}</span>,
      role: 'select',
      cell: ({ certification_id, certification_type, full_name }) => (
        <span className="noscript:hidden print:hidden">
          <Checkbox
            label={t('expiry.selectOf', { type: typeName(certification_type), name: full_name })}
            hideLabel
            checked={chosen.has(certification_id)}
            onChange={(event) => props.onChoose(certification_id, event.target.checked)}
          />
        </span>
      ),
    },
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
    ...(snoozed ? [] : [typeColumn()]),
    {
      id: 'expires',
      header: t('fields.expires'),
      sort: sortBy(query, 'expires_at'),
      cell: (warning) => (
        <span className="flex flex-col gap-0.5">
          <Time value={warning.expires_at} as="date" />
          <span className="text-muted text-xs">
            <DaysLeft days={warning.days_left} />
            {snoozed && (
              <>
                {' · '}
                <CertificationType type={warning.certification_type} />
              </>
            )}
          </span>
        </span>
      ),
    },
    ...(snoozed ? snoozeColumns() : plainColumns()),
    {
      id: 'actions',
      header: <span className="sr-only">{t('fields.actions')}</span>,
      role: 'plain',
      align: 'end',
      cell: (warning) => {
        const of = { type: typeName(warning.certification_type), name: warning.full_name }
        return (
          <span
            className={clsx(
              'inline-flex flex-wrap gap-x-2 gap-y-1 noscript:hidden @4xl:flex-nowrap @4xl:justify-end print:hidden',
              snoozed && '@4xl:flex-col @4xl:items-end',
            )}
          >
            <Button size="small" aria-label={t('expiry.renewOf', of)} onClick={() => props.onRenew(warning)}>
              {t('actions.renew')}
            </Button>
            {snoozed ? (
              <Button
                size="small"
                variant="quiet"
                aria-label={t('snooze.endOf', of)}
                onClick={() => props.onEndSnooze(warning)}
              >
                {t('snooze.end')}
              </Button>
            ) : (
              <Button
                size="small"
                variant="quiet"
                aria-label={t('snooze.snoozeOf', of)}
                onClick={() => props.onSnooze(warning)}
              >
                {t('snooze.snooze')}
              </Button>
            )}
          </span>
        )
      },
    },
  ]
  return (
    <DataTable
      caption={t(snoozed ? 'snooze.caption' : 'expiry.caption')}
      columns={columns}
      rows={warnings}
      rowKey={(warning) => warning.certification_id}
      rowProps={({ certification_id }) => ({
        ...rowAttributes(certification_id),
        'aria-selected': chosen.has(certification_id),
      })}
    />
  )

  function typeColumn(): Column<ExpiryWarning> {
    return {
      id: 'type',
      header: t('fields.certificationType'),
      cell: (warning) => <CertificationType type={warning.certification_type} />,
    }
  }

  function plainColumns(): Column<ExpiryWarning>[] {
    return [
      { id: 'state', header: t('fields.state'), cell: (warning) => <CertificationBadge status={warning.state} /> },
      { id: 'consequence', header: t('fields.consequence'), cell: (warning) => <Consequence warning={warning} /> },
    ]
  }

  function snoozeColumns(): Column<ExpiryWarning>[] {
    return [
      { id: 'consequence', header: t('fields.consequence'), cell: (warning) => <Consequence warning={warning} /> },
      {
        id: 'until',
        header: t('snooze.back'),
        sort: sortBy(query, 'until'),
        cell: ({ snooze }) => snooze && <Time value={snooze.until} as="date" />,
      },
      {
        id: 'reason',
        header: t('snooze.reason'),
        cell: ({ snooze }) =>
          snooze && (
            <span className="block @4xl:min-w-56 [overflow-wrap:anywhere]">
              {snooze.reason}
              <span className="mt-0.5 block text-muted text-xs">{t('snooze.ownedBy', { owner: snooze.owner })}</span>
            </span>
          ),
      },
    ]
  }
}

function sortBy(query: WarningsQuery, field: 'expires_at' | 'until'): NonNullable<Column<ExpiryWarning>['sort']> {
  const snoozed = query.window === 'snoozed'
  const given = query.sort ?? (snoozed ? 'until' : 'expires_at')
  const present = snoozed ? given : given.replace('until', 'expires_at')
  const order = present === field ? 'ascending' : present === `-${field}` ? 'descending' : null
  const sort = order === 'ascending' ? `-${field}` : field
  return { href: queryHref(CERTIFICATIONS, viewValues(query), { sort }), order }
}
