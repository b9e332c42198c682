import { CircleCheck, CircleX, Clock, Eye, Info, Moon, Terminal, TriangleAlert, UserRound } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Badge } from '@/components/ui/badge'
import { judgeRun } from '@/domain/expiry-job/expected'
import type { JobRunSummary } from '@/domain/expiry-job/queries'

/** How a run stands; beside it that it is a preview, and that it found nobody although some were expected. */
export function RunState({ run }: { run: JobRunSummary }) {
  const t = useTranslations()
  const judged = judgeRun(run)
  return (
    <span className="inline-flex flex-wrap gap-1">
      {run.state === 'running' ? (
        <Badge tone="info" icon={Clock}>
          {t('status.job.running')}
        </Badge>
      ) : run.state === 'abandoned' ? (
        <Badge tone="expired" icon={CircleX}>
          {t('jobRuns.abandoned')}
        </Badge>
      ) : (
        !run.dry_run && (
          <Badge tone="valid" icon={CircleCheck}>
            {t('status.job.completed')}
          </Badge>
        )
      )}
      {run.dry_run && <Badge icon={Eye}>{t('jobRuns.previewed')}</Badge>}
      {judged !== null && run.expected && (
        <Badge tone={judged === 'missed' ? 'expired' : 'neutral'} icon={judged === 'missed' ? TriangleAlert : Info}>
          {t('jobRuns.missedShort', { count: run.expected.count })}
        </Badge>
      )}
    </span>
  )
}

const TRIGGERS = { manual: UserRound, nightly: Moon, command: Terminal } as const

/** Who started a run: by name where that is known. */
export function RunTrigger({ run }: { run: JobRunSummary }) {
  const t = useTranslations('jobRuns.triggers')
  const named = run.trigger === 'manual' && run.actor !== 'open'
  const Icon = TRIGGERS[run.trigger]
  return (
    <span className="inline-flex items-center gap-1.5">
      <Icon aria-hidden className="size-4 text-muted" />
      {named ? run.actor : t(run.trigger)}
    </span>
  )
}

/** How long a run took, by whole seconds; a dash while it has not ended. */
export function RunDuration({ run }: { run: JobRunSummary }) {
  const t = useTranslations('jobRuns')
  if (run.completed_at === null) return <>–</>
  const seconds = Math.round((Date.parse(run.completed_at) - Date.parse(run.started_at)) / 1000)
  return <span className="whitespace-nowrap">{seconds === 0 ? t('underSecond') : t('seconds', { seconds })}</span>
}
