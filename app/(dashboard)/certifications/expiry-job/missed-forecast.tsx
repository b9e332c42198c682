import { Info, TriangleAlert } from 'lucide-react'
import type { Route } from 'next'
import Link from 'next/link'
import { useFormatter, useTranslations } from 'next-intl'
import { countUnexplained, type Expected, judgeRun } from '@/domain/expiry-job/expected'
import type { JobRunSummary } from '@/domain/expiry-job/queries'
import { RunLink } from './run-link'

/** What became of those that a run was to find and did not, in a sentence. */
export function useMissedSentence(): (expected: Expected) => string {
  const t = useTranslations('jobRuns')
  const format = useFormatter()
  return (expected) => {
    const counts = { ...expected, unexplained: countUnexplained(expected) }
    const parts = (['renewed', 'revoked', 'deleted', 'handled', 'unexplained'] as const)
      .filter((part) => counts[part] > 0)
      .map((part) => t(`missedParts.${part}`, { count: counts[part] }))
    return t('missed', { count: expected.count, parts: format.list(parts) })
  }
}

/** Says so where the last run found nobody although some were expected: loudly, unless all of them explain themselves. */
export function MissedForecast({ run }: { run: JobRunSummary | null }) {
  const t = useTranslations('jobRuns')
  const sentenceOf = useMissedSentence()
  if (!run?.expected) return null
  const judged = judgeRun(run)
  if (judged === null) return null
  if (judged === 'explained') {
    return (
      <p className="mb-4 flex gap-2 rounded-box border bg-surface px-4 py-2.5 text-muted text-sm">
        <Info aria-hidden className="mt-0.5 size-4 shrink-0" />
        <span>
          <RunLink id={run.job_run_id} />: {sentenceOf(run.expected)}
        </span>
      </p>
    )
  }
  return (
    <div role="alert" className="mb-4 flex gap-3 rounded-box border border-expired bg-expired-soft px-4 py-3">
      <TriangleAlert aria-hidden className="mt-0.5 size-5 shrink-0 text-expired" />
      <div className="min-w-0 text-sm">
        <p className="font-semibold text-base text-expired">{t('missedTitle')}</p>
        <p className="mt-0.5">
          <RunLink id={run.job_run_id} />: {sentenceOf(run.expected)}
        </p>
        <p className="mt-0.5">
          {t('missedAdvice')}{' '}
          <Link
            href={'/certifications?window=expired' as Route}
            className="inline-block min-h-6 text-accent underline underline-offset-4"
          >
            {t('missedLink')}
          </Link>
        </p>
      </div>
    </div>
  )
}
