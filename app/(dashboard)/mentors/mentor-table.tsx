import type { Route } from 'next'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ComponentProps } from 'react'
import { CertificationType } from '@/components/certification-type'
import { DaysLeft } from '@/components/days-left'
import { CertificationBadge, MentorBadge } from '@/components/status-badges'
import { Time } from '@/components/time'
import { Checkbox } from '@/components/ui/checkbox'
import { type Column, DataTable } from '@/components/ui/data-table'
import type { MentorListItem, MentorListQuery } from '@/domain/mentors/schema'
import { queryHref } from '@/lib/query-href'
import { PauseCauses } from './pause-causes'
import { viewValues } from './view-values'

interface Props {
  mentors: readonly MentorListItem[]
  query: MentorListQuery
  chosen: ReadonlySet<string>
  onChoose: (id: string, on: boolean) => void
  rowAttributes: (id: string) => ComponentProps<'tr'>
}

export function MentorTable({ mentors, query, chosen, onChoose, rowAttributes }: Props) {
  const t = useTranslations()
  const columns: Column<MentorListItem>[] = [
    {
      id: 'select',
      header: <span className="sr-only">{t('mentors.select')}</span>,
      role: 'select',
      cell: ({ mentor_id, full_name }) => (
        <span className="noscript:hidden print:hidden">
          <Checkbox
            label={t('actions.selectRow', { name: full_name })}
            hideLabel
            checked={chosen.has(mentor_id)}
            onChange={(event) => onChoose(mentor_id, event.target.checked)}
          />
        </span>
      ),
    },
    {
      id: 'name',
      header: t('fields.mentor'),
      role: 'lead',
      sort: sortBy(query, 'full_name'),
      cell: (mentor) => <Name mentor={mentor} />,
    },
    {
      id: 'status',
      header: t('fields.status'),
      cell: ({ status, causes }) => (
        <span className="flex flex-col items-start gap-0.5">
          <MentorBadge status={status} />
          <PauseCauses causes={causes} />
        </span>
      ),
    },
    {
      id: 'certification',
      header: t('fields.certification'),
      cell: ({ certification }) =>
        certification === null ? (
          <CertificationBadge status="none" />
        ) : (
          <span className="flex flex-col items-start gap-0.5">
            <CertificationBadge status={certification.state} />
            <span className="text-muted text-xs">
              <CertificationType type={certification.certification_type} />
            </span>
          </span>
        ),
    },
    {
      id: 'expires',
      header: t('fields.expires'),
      sort: sortBy(query, 'expires_at'),
      cell: ({ certification }) =>
        certification === null ? (
          <span className="text-muted">–</span>
        ) : (
          <span className="flex flex-col gap-0.5">
            <DaysLeft days={certification.days_left} />
            <span className="whitespace-nowrap text-muted text-xs">
              <Time value={certification.expires_at} as="date" />
            </span>
          </span>
        ),
    },
    {
      id: 'assignments',
      header: t('fields.openAssignments'),
      align: 'end',
      cell: (mentor) => <span className="tabular">{mentor.open_assignments}</span>,
    },
    {
      id: 'sessions',
      header: t('fields.sessions30Days'),
      align: 'end',
      cell: (mentor) => <span className="tabular">{mentor.sessions_30_days}</span>,
    },
    {
      id: 'heard',
      header: t('fields.lastHeardFrom'),
      cell: (mentor) =>
        mentor.last_heard_at === null ? (
          <span className="text-muted">{t('time.never')}</span>
        ) : (
          <Time value={mentor.last_heard_at} />
        ),
    },
  ]
  return (
    <DataTable
      caption={t('mentors.caption')}
      columns={columns}
      rows={mentors}
      rowKey={(mentor) => mentor.mentor_id}
      rowProps={({ mentor_id }) => ({ ...rowAttributes(mentor_id), 'aria-selected': chosen.has(mentor_id) })}
    />
  )
}

function Name({ mentor }: { mentor: MentorListItem }) {
  const t = useTranslations('status')
  return (
    <span className="block min-w-0">
      <Link
        href={`/mentors/${mentor.mentor_id}` as Route}
        className="inline-block min-h-6 text-accent underline-offset-4 [overflow-wrap:anywhere] hover:underline"
      >
        {mentor.full_name}
      </Link>
      <span className="block font-mono font-normal text-muted text-xs [overflow-wrap:anywhere]">
        {mentor.mentor_id}
      </span>
      {mentor.incomplete && <span className="block font-normal text-expiring text-xs">{t('incomplete')}</span>}
    </span>
  )
}

function sortBy(query: MentorListQuery, field: 'full_name' | 'expires_at') {
  const order = query.sort === field ? 'ascending' : query.sort === `-${field}` ? 'descending' : null
  const next = order === 'ascending' ? `-${field}` : field
  return {
    order,
    href: queryHref('/mentors', viewValues(query), { sort: next === 'full_name' ? null : next }),
  } as const
}
