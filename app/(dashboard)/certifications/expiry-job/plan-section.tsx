import { CircleCheck, CirclePause, Minus, X } from 'lucide-react'
import type { Route } from 'next'
import { useFormatter, useTranslations } from 'next-intl'
import { useCertificationTypeName } from '@/components/certification-type'
import { Badge } from '@/components/ui/badge'
import { DataTable } from '@/components/ui/data-table'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkButton } from '@/components/ui/link-button'
import { Pagination } from '@/components/ui/pagination'
import { Section } from '@/components/ui/section'
import type { Plan, PlanEntry } from '@/domain/expiry-job/schema'
import { formatDate, formatMoment } from '@/lib/i18n/format'
import type { List } from '@/lib/wire'
import { CarryOutButton } from './job-buttons'
import { MentorLink } from './mentor-link'
import { OpenedRun } from './opened-run'
import { RunLink } from './run-link'

interface Props {
  plan: Plan
  entries: List<PlanEntry>
  closeHref: Route
  pageHref: (page: number) => Route
}

/** Exactly whom a run would pause and why, and the way to do just that. */
export function PlanSection({ plan, entries, closeHref, pageHref }: Props) {
  const t = useTranslations('jobRuns')
  const format = useFormatter()
  const { mentors, mentors_to_pause: pause, carried_out_by: carriedOutBy } = plan
  const time = formatMoment(format, plan.started_at)
  return (
    <Section
      className="mb-5"
      title={<OpenedRun>{t('planOf', { run: plan.job_run_id })}</OpenedRun>}
      actions={
        <LinkButton href={closeHref} scroll={false} variant="quiet" size="small" className="print:hidden">
          <X aria-hidden />
          {t('close')}
        </LinkButton>
      }
      flush
    >
      {entries.pagination.total === 0 ? (
        <EmptyState icon={CircleCheck} title={t('planEmpty')}>
          {t('planEmptyBody')}
        </EmptyState>
      ) : (
        <>
          <div className="flex flex-wrap items-center justify-between gap-3 border-b px-4 py-3">
            <p className="text-sm">{t('planFacts', { time, pause, marked: mentors - pause })}</p>
            {carriedOutBy === null ? (
              <CarryOutButton plan={plan} />
            ) : (
              <p className="font-medium text-sm">
                {t.rich('carriedOutBy', { run: () => <RunLink id={carriedOutBy} /> })}
              </p>
            )}
          </div>
          <Entries entries={entries.data} />
          <Pagination label={t('rowPages')} {...entries.pagination} hrefFor={pageHref} />
        </>
      )}
    </Section>
  )
}

function Entries({ entries }: { entries: readonly PlanEntry[] }) {
  const t = useTranslations()
  const format = useFormatter()
  const typeName = useCertificationTypeName()
  return (
    <DataTable
      caption={t('jobRuns.planCaption')}
      rows={entries}
      rowKey={(entry) => entry.certification_id}
      columns={[
        {
          id: 'mentor',
          header: t('fields.mentor'),
          role: 'lead',
          cell: (entry) => <MentorLink id={entry.mentor_id} name={entry.full_name} />,
        },
        {
          id: 'why',
          header: t('jobRuns.why'),
          cell: ({ certification_type, expires_at }) =>
            t('jobRuns.reason', { type: typeName(certification_type), date: formatDate(format, expires_at) }),
        },
        {
          id: 'assignments',
          header: t('fields.openAssignments'),
          align: 'end',
          cell: (entry) => <span className="tabular">{format.number(entry.open_assignments)}</span>,
        },
        {
          id: 'outcome',
          header: t('jobRuns.outcome'),
          cell: ({ consequence }) =>
            consequence === 'pause' ? (
              <Badge tone="paused" icon={CirclePause}>
                {t('jobRuns.outcomes.pause')}
              </Badge>
            ) : (
              <span className="inline-flex items-baseline gap-1.5 text-muted">
                <Minus aria-hidden className="size-3.5 shrink-0 translate-y-0.5" />
                {t(`jobRuns.outcomes.${consequence}`)}
              </span>
            ),
        },
      ]}
    />
  )
}
