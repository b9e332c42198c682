import type { Route } from 'next'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { getTranslations } from 'next-intl/server'
import { Time } from '@/components/time'
import { DefinitionList } from '@/components/ui/definition-list'
import { Section } from '@/components/ui/section'
import { getLastRealRun, type JobRunSummary } from '@/domain/expiry-job/queries'
import { nextRunAfter } from '@/domain/expiry-job/schedule'
import { env } from '@/lib/env'
import type { Instant } from '@/lib/instant'
import { pageCall, pageDb } from '@/lib/page-call'
import { MissedForecast } from '../certifications/expiry-job/missed-forecast'

/** When the expiry job last ran and what came of it, and when it runs next; and whether it missed what was expected. */
export async function JobStatus({ run, now }: { run: JobRunSummary | null; now: Instant }) {
  const t = await getTranslations('overview')
  const last = await getLastRealRun(pageDb(), await pageCall())
  const next = nextRunAfter(now, env().EXPIRY_JOB_AT)
  return (
    <Section
      title={t('job')}
      actions={
        <Link
          href={'/certifications/expiry-job' as Route}
          className="inline-flex min-h-6 items-center text-accent text-sm underline-offset-4 hover:underline"
        >
          {t('allRuns')}
        </Link>
      }
    >
      <MissedForecast run={last} />
      <DefinitionList
        entries={[
          { id: 'last', term: t('lastRun'), value: run ? <LastRun run={run} /> : t('neverRan') },
          { id: 'next', term: t('nextRun'), value: next ? <Time value={next} as="moment" /> : t('jobOff') },
        ]}
      />
    </Section>
  )
}

function LastRun({ run }: { run: JobRunSummary }) {
  const t = useTranslations('overview')
  return (
    <>
      <Time value={run.started_at} />
      {run.dry_run && ` (${t('dryRun')})`}
      <span className="block text-muted">
        {run.state === 'running'
          ? t('jobRunning')
          : run.state === 'abandoned'
            ? t('jobAbandoned')
            : t('jobResult', { scanned: run.mentors_scanned, found: run.expired_found, paused: run.auto_paused })}
      </span>
      {run.failures.length > 0 && (
        <span className="block font-medium text-danger">{t('jobFailures', { count: run.failures.length })}</span>
      )}
    </>
  )
}
