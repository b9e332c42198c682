import { CircleCheck, X } from 'lucide-react'
import type { Route } from 'next'
import { useFormatter, useTranslations } from 'next-intl'
import { useCertificationTypeName } from '@/components/certification-type'
import { CsvLink } from '@/components/csv-link'
import { Time } from '@/components/time'
import { DataTable } from '@/components/ui/data-table'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkButton } from '@/components/ui/link-button'
import { Pagination } from '@/components/ui/pagination'
import { Section } from '@/components/ui/section'
import { readExpiryReason } from '@/domain/certifications/expiry-rules'
import type { LeftEntry } from '@/domain/expiry-job/plan-queries'
import type { JobRunSummary, RunLogEntry } from '@/domain/expiry-job/queries'
import { formatDate } from '@/lib/i18n/format'
import { queryHref } from '@/lib/query-href'
import type { List } from '@/lib/wire'
import { LeftOut } from './left-out'
import { MentorLink } from './mentor-link'
import { OpenedRun } from './opened-run'
import { RunLink } from './run-link'
import { RunState } from './run-state'

interface Props {
  run: JobRunSummary
  log: List<RunLogEntry>
  left: List<LeftEntry>
  closeHref: Route
  pageHref: (page: number) => Route
}

/** What one run did, mentor by mentor, and what it could not do. */
export function RunLog({ run, log, left, closeHref, pageHref }: Props) {
  const t = useTranslations('jobRuns')
  const { plan } = run
  const note =
    run.state === 'abandoned'
      ? t('abandonedNote')
      : run.state === 'running'
        ? t('runningNote')
        : run.dry_run
          ? t('notKept')
          : null
  return (
    <Section
      className="mb-5"
      title={<OpenedRun>{t('logOf', { run: run.job_run_id })}</OpenedRun>}
      actions={
        <span className="flex flex-wrap items-center gap-3">
          <RunState run={run} />
          <CsvLink href={queryHref('/certifications/expiry-job/csv', { run: run.job_run_id })} />
          <LinkButton href={closeHref} scroll={false} variant="quiet" size="small">
            <X aria-hidden />
            {t('close')}
          </LinkButton>
        </span>
      }
      flush
    >
      {note && <p className="border-b px-4 py-2.5 text-muted text-sm">{note}</p>}
      {plan !== null && (
        <p className="border-b px-4 py-2.5 text-muted text-sm">
          {t.rich('afterPlan', { run: () => <RunLink id={plan} /> })}
        </p>
      )}
      {run.failures.length > 0 && <Failures run={run} />}
      {left.data.length > 0 && <LeftOut left={left} />}
      {log.data.length > 0 ? (
        <Entries entries={log.data} />
      ) : (
        run.expired_found === 0 &&
        run.state === 'completed' && (
          <EmptyState icon={CircleCheck} title={t('nobody')}>
            {t('nobodyBody')}
          </EmptyState>
        )
      )}
      {log.pagination.total > 0 && <Pagination label={t('rowPages')} {...log.pagination} hrefFor={pageHref} />}
    </Section>
  )
}

function Entries({ entries }: { entries: readonly RunLogEntry[] }) {
  const t = useTranslations()
  const format = useFormatter()
  const typeName = useCertificationTypeName()
  return (
    <DataTable
      caption={t('jobRuns.logCaption')}
      rows={entries}
      rowKey={(entry) => entry.log_id}
      columns={[
        {
          id: 'mentor',
          header: t('fields.mentor'),
          role: 'lead',
          cell: (entry) => <MentorLink id={entry.mentor_id} name={entry.full_name} />,
        },
        { id: 'reason', header: t('fields.reason'), cell: (entry) => sentence(entry.reason) },
        { id: 'at', header: t('fields.changedAt'), cell: (entry) => <Time value={entry.applied_at} as="moment" /> },
      ]}
    />
  )

  function sentence(reason: string): string {
    const parts = readExpiryReason(reason)
    if (!parts) return reason
    return t('jobRuns.reason', { type: typeName(parts.type), date: formatDate(format, parts.date) })
  }
}

function Failures({ run }: { run: JobRunSummary }) {
  const t = useTranslations()
  return (
    <div className="border-b">
      <h3 className="px-4 py-2.5 font-semibold text-expired text-sm">{t('jobRuns.failures')}</h3>
      <DataTable
        caption={t('jobRuns.failureCaption')}
        rows={run.failures}
        rowKey={(failure) => failure.mentor_id}
        columns={[
          {
            id: 'mentor',
            header: t('fields.mentorId'),
            role: 'lead',
            cell: (failure) => <MentorLink id={failure.mentor_id} name={failure.mentor_id} />,
          },
          { id: 'error', header: t('jobRuns.error'), cell: (failure) => failure.error },
        ]}
      />
    </div>
  )
}
