import { CircleCheck, X } from 'lucide-react'
import type { Route } from 'next'
import Link from 'next/link'
import { useFormatter, useTranslations } from 'next-intl'
import { useCertificationTypeName } from '@/components/certification-type'
import { Time } from '@/components/time'
import { DataTable } from '@/components/ui/data-table'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkButton } from '@/components/ui/link-button'
import { Pagination } from '@/components/ui/pagination'
import { Section } from '@/components/ui/section'
import { readExpiryReason } from '@/domain/certifications/expiry-rules'
import type { JobRunSummary, RunLogEntry } from '@/domain/expiry-job/queries'
import { formatDate } from '@/lib/i18n/format'
import type { List } from '@/lib/wire'
import { RunState } from './run-state'

interface Props {
  run: JobRunSummary
  log: List<RunLogEntry>
  closeHref: Route
  pageHref: (page: number) => Route
}

/** What one run did, mentor by mentor, and what it could not do. */
export function RunLog({ run, log, closeHref, pageHref }: Props) {
  const t = useTranslations('jobRuns')
  const note = run.dry_run
    ? t('dryNote')
    : run.state === 'abandoned'
      ? t('abandonedNote')
      : run.state === 'running'
        ? t('runningNote')
        : null
  return (
    <Section
      className="mb-5"
      title={t('logOf', { run: run.job_run_id })}
      actions={
        <span className="flex flex-wrap items-center gap-3">
          <RunState run={run} />
          <LinkButton href={closeHref} scroll={false} variant="quiet" size="small">
            <X aria-hidden />
            {t('closeLog')}
          </LinkButton>
        </span>
      }
      flush
    >
      {note && <p className="border-b px-4 py-2.5 text-muted text-sm">{note}</p>}
      {run.failures.length > 0 && <Failures run={run} />}
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
      {log.pagination.total > 0 && <Pagination label={t('logPages')} {...log.pagination} hrefFor={pageHref} />}
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

function MentorLink({ id, name }: { id: string; name: string }) {
  return (
    <Link
      href={`/mentors/${id}` as Route}
      className="inline-block min-h-6 text-accent underline-offset-4 [overflow-wrap:anywhere] hover:underline"
    >
      {name}
    </Link>
  )
}
