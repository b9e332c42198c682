import { History } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { LivePage } from '@/components/live/live-page'
import { RefusedNote } from '@/components/refused-note'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkButton } from '@/components/ui/link-button'
import { PageHeader } from '@/components/ui/page-header'
import { Pagination } from '@/components/ui/pagination'
import { Section } from '@/components/ui/section'
import { getPlan, listLeftEntries, listPlanEntries } from '@/domain/expiry-job/plan-queries'
import { getJobRun, getLastRealRun, listJobRuns, listRunLog } from '@/domain/expiry-job/queries'
import { jobRunId } from '@/domain/expiry-job/schema'
import type { Call } from '@/lib/call'
import { pageCall, pageDb } from '@/lib/page-call'
import { queryHref } from '@/lib/query-href'
import { readView, type SearchParams } from '@/lib/view-query'
import { queryInteger } from '@/lib/wire'
import { JobActions } from './job-actions'
import { PreviewButton } from './job-buttons'
import { MissedForecast } from './missed-forecast'
import { PlanSection } from './plan-section'
import { RunLog } from './run-log'
import { RunTable } from './run-table'

export async function generateMetadata() {
  return { title: (await getTranslations('pages.expiryJob'))('title') }
}

const PATH = '/certifications/expiry-job'

const page = queryInteger(1, 1_000_000_000).default(1)
/** `run` opens that run's log or plan, of which `log_page` is shown. */
const jobQuery = z.object({ page, run: jobRunId.optional(), log_page: page })

export default async function ExpiryJobPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const t = await getTranslations()
  const { query, refused } = readView(jobQuery, await searchParams)
  const call = await pageCall()
  const [runs, last, opened] = await Promise.all([
    listJobRuns(pageDb(), call, { page: query.page, limit: 20 }),
    getLastRealRun(pageDb(), call),
    query.run ? openRun(call, query.run, query.log_page) : null,
  ])
  const view = { page: query.page > 1 ? query.page : null }
  const places = {
    closeHref: queryHref(PATH, view),
    pageHref: (to: number) => queryHref(PATH, view, { run: query.run, log_page: to > 1 ? to : null }),
  }
  return (
    <JobActions>
      <LivePage types={['mentor', 'certification', 'job_run']} />
      <PageHeader
        title={t('pages.expiryJob.title')}
        lead={t('pages.expiryJob.lead')}
        actions={<PreviewButton primary={!opened?.plan || opened.plan.carried_out_by !== null} />}
      />
      <RefusedNote names={query.run && !opened ? [...refused, 'run'] : refused} />
      <MissedForecast run={last} />
      {opened?.plan && <PlanSection plan={opened.plan} entries={opened.entries} {...places} />}
      {opened?.run && <RunLog run={opened.run} log={opened.log} left={opened.left} {...places} />}
      <Section title={t('jobRuns.runs')} flush>
        {runs.data.length > 0 ? (
          <RunTable runs={runs.data} open={query.run ?? null} hrefFor={(id) => queryHref(PATH, view, { run: id })} />
        ) : runs.pagination.total > 0 ? (
          <EmptyState
            icon={History}
            title={t('view.pastEnd')}
            actions={<LinkButton href={queryHref(PATH, {})}>{t('view.firstPage')}</LinkButton>}
          >
            {t('view.pastEndBody')}
          </EmptyState>
        ) : (
          <EmptyState icon={History} title={t('empty.jobRuns.title')}>
            {t('empty.jobRuns.body')}
          </EmptyState>
        )}
        <Pagination
          {...runs.pagination}
          hrefFor={(to) => queryHref(PATH, { run: query.run, page: to > 1 ? to : null })}
        />
      </Section>
    </JobActions>
  )
}

/** The plan of a dry run, the log of any other; null for an id of none. */
async function openRun(call: Call, id: string, page: number) {
  const [plan, run] = await Promise.all([getPlan(pageDb(), call, id), getJobRun(pageDb(), call, id)])
  if (plan) return { plan, entries: await listPlanEntries(pageDb(), call, id, { page, limit: 50 }) }
  if (!run) return null
  const [log, left] = await Promise.all([
    listRunLog(pageDb(), call, { run: id, page, limit: 50 }),
    listLeftEntries(pageDb(), call, { run: id, page: 1, limit: 50 }),
  ])
  return { run, log, left }
}
