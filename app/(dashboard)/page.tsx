import { getTranslations } from 'next-intl/server'
import { BarChart } from '@/components/bar-chart'
import { LivePage } from '@/components/live/live-page'
import { PageHeader } from '@/components/ui/page-header'
import { Section } from '@/components/ui/section'
import { forecastExpiries } from '@/domain/certifications/expiry-forecast'
import { listNewestChanges } from '@/domain/changes/queries'
import { listJobRuns } from '@/domain/expiry-job/queries'
import { pageCall, pageDb } from '@/lib/page-call'
import { JobStatus } from './_overview/job-status'
import { NewestChanges } from './_overview/newest-changes'
import { ExpiringQueue, ReportedQueue, ReviewQueue } from './_overview/queues'

const MONTHS = 12
const CHANGES = 12

export async function generateMetadata() {
  return { title: (await getTranslations('pages.overview'))('title') }
}

export default async function OverviewPage() {
  const t = await getTranslations()
  const [db, call] = [pageDb(), await pageCall()]
  const [forecast, runs, changes] = await Promise.all([
    forecastExpiries(db, call, MONTHS),
    listJobRuns(db, call, { page: 1, limit: 1 }),
    listNewestChanges(db, call, CHANGES),
  ])
  const expiring = forecast.reduce((sum, month) => sum + month.expiring, 0)
  return (
    <>
      <LivePage />
      <PageHeader title={t('pages.overview.title')} lead={t('pages.overview.lead')} />
      <div className="grid items-stretch gap-5 xl:grid-cols-3">
        <ExpiringQueue />
        <ReportedQueue />
        <ReviewQueue />
      </div>
      <div className="mt-5 grid items-start gap-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <Section
          title={t('overview.perMonth')}
          actions={<span className="text-muted text-sm">{t('chart.total', { count: expiring })}</span>}
        >
          <BarChart
            bars={forecast.map((one) => ({ month: one.month, value: one.expiring }))}
            valueLabel={t('chart.expiring')}
          />
        </Section>
        <JobStatus run={runs.data[0] ?? null} now={call.now} />
        <Section title={t('overview.newest')} className="col-span-full" flush>
          <NewestChanges changes={changes} />
        </Section>
      </div>
    </>
  )
}
