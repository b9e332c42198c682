import { History } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { RefusedNote } from '@/components/refused-note'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkButton } from '@/components/ui/link-button'
import { PageHeader } from '@/components/ui/page-header'
import { Pagination } from '@/components/ui/pagination'
import { Section } from '@/components/ui/section'
import { getJobRun, listJobRuns, listRunLog } from '@/domain/expiry-job/queries'
import { jobRunId } from '@/domain/expiry-job/schema'
import { pageCall, pageDb } from '@/lib/page-call'
import { queryHref } from '@/lib/query-href'
import { readView, type SearchParams } from '@/lib/view-query'
import { queryInteger } from '@/lib/wire'
import { RunButtons } from './run-buttons'
import { RunLog } from './run-log'
import { RunTable } from './run-table'

export async function generateMetadata() {
  return { title: (await getTranslations('pages.expiryJob'))('title') }
}

const PATH = '/certifications/expiry-job'

const page = queryInteger(1, 1_000_000_000).default(1)
/** `run` opens that run's log, of which `log_page` is shown. */
const jobQuery = z.object({ page, run: jobRunId.optional(), log_page: page })

export default async function ExpiryJobPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const t = await getTranslations()
  const { query, refused } = readView(jobQuery, await searchParams)
  const call = await pageCall()
  const [runs, run, log] = await Promise.all([
    listJobRuns(pageDb(), call, { page: query.page, limit: 20 }),
    query.run ? getJobRun(pageDb(), call, query.run) : null,
    query.run ? listRunLog(pageDb(), call, { run: query.run, page: query.log_page, limit: 50 }) : null,
  ])
  const view = { page: query.page > 1 ? query.page : null }
  return (
    <>
      <PageHeader title={t('pages.expiryJob.title')} lead={t('pages.expiryJob.lead')} actions={<RunButtons />} />
      <RefusedNote names={query.run && !run ? [...refused, 'run'] : refused} />
      {run && log && (
        <RunLog
          run={run}
          log={log}
          closeHref={queryHref(PATH, view)}
          pageHref={(logPage) => queryHref(PATH, view, { run: query.run, log_page: logPage > 1 ? logPage : null })}
        />
      )}
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
    </>
  )
}
