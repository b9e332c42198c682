import type { Route } from 'next'
import Link from 'next/link'
import { useFormatter, useTranslations } from 'next-intl'
import { Time } from '@/components/time'
import { type Column, DataTable } from '@/components/ui/data-table'
import type { JobRunSummary } from '@/domain/expiry-job/queries'
import { RunLink } from './run-link'
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
  const figure = (id: string, header: string, value: (run: JobRunSummary) => number | null) =>
    ({
      id,
      header,
      align: 'end',
      cell: (run) => {
        const number = value(run)
        return <span className="tabular">{number === null ? '–' : format.number(number)}</span>
      },
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
          <span className="sr-only">
            {' '}
            {t(run.dry_run ? 'jobRuns.openPlan' : 'jobRuns.openLog', { run: run.job_run_id })}
          </span>
        </Link>
      ),
    },
    { id: 'state', header: t('fields.state'), cell: (run) => <RunStory run={run} /> },
    { id: 'trigger', header: t('jobRuns.trigger'), cell: (run) => <RunTrigger run={run} /> },
    figure('scanned', t('fields.scanned'), (run) => run.mentors_scanned),
    figure('found', t('fields.found'), (run) => run.expired_found),
    figure('paused', t('fields.paused'), (run) => run.auto_paused),
    figure('failed', t('fields.failed'), (run) => run.failures.length),
    figure('forecast', t('jobRuns.forecast'), (run) => run.forecast),
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

/** How a run stands, and which plan it carried out or which run carried it out. */
function RunStory({ run }: { run: JobRunSummary }) {
  const t = useTranslations('jobRuns')
  const { plan, carried_out_by: by } = run
  return (
    <>
      <RunState run={run} />
      {plan !== null && (
        <span className="block text-muted text-xs">{t.rich('afterPlan', { run: () => <RunLink id={plan} /> })}</span>
      )}
      {by !== null && (
        <span className="block text-muted text-xs">{t.rich('carriedOutBy', { run: () => <RunLink id={by} /> })}</span>
      )}
    </>
  )
}
