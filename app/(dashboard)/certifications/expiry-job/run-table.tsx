import type { Route } from 'next'
import Link from 'next/link'
import { useFormatter, useTranslations } from 'next-intl'
import { Time } from '@/components/time'
import { type Column, DataTable } from '@/components/ui/data-table'
import type { JobRunSummary } from '@/domain/expiry-job/queries'
import { RunDuration, RunState, RunTrigger } from './run-state'

interface Props {
  runs: readonly JobRunSummary[]
  /** The run whose log is open. */
  open: string | null
  hrefFor: (id: string) => Route
}

export function RunTable({ runs, open, hrefFor }: Props) {
  const t = useTranslations()
  const format = useFormatter()
  const figure = (id: 'scanned' | 'found' | 'paused' | 'failed', value: (run: JobRunSummary) => number) =>
    ({
      id,
      header: t(`fields.${id}`),
      align: 'end',
      cell: (run) => <span className="tabular">{format.number(value(run))}</span>,
    }) satisfies Column<JobRunSummary>
  const columns: Column<JobRunSummary>[] = [
    {
      id: 'run',
      header: t('fields.startedAt'),
      role: 'lead',
      cell: (run) => (
        <Link
          href={hrefFor(run.job_run_id)}
          aria-current={run.job_run_id === open ? 'true' : undefined}
          className="inline-block min-h-6 text-accent underline-offset-4 hover:underline"
        >
          <Time value={run.started_at} as="moment" />
          <span className="sr-only"> {t('jobRuns.openLogOf', { run: run.job_run_id })}</span>
        </Link>
      ),
    },
    { id: 'state', header: t('fields.state'), cell: (run) => <RunState run={run} /> },
    { id: 'trigger', header: t('jobRuns.trigger'), cell: (run) => <RunTrigger run={run} /> },
    figure('scanned', (run) => run.mentors_scanned),
    figure('found', (run) => run.expired_found),
    figure('paused', (run) => run.auto_paused),
    figure('failed', (run) => run.failures.length),
    { id: 'took', header: t('jobRuns.took'), align: 'end', cell: (run) => <RunDuration run={run} /> },
  ]
  return (
    <DataTable
      caption={t('jobRuns.caption')}
      columns={columns}
      rows={runs}
      rowKey={(run) => run.job_run_id}
      rowProps={(run) => (run.job_run_id === open ? { className: 'bg-accent-soft' } : {})}
    />
  )
}
