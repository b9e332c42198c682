import { CircleCheck, CircleX, Clock, FlaskConical, Moon, Terminal, UserRound } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Badge } from '@/components/ui/badge'
import type { JobRunSummary } from '@/domain/expiry-job/queries'

/** How a run stands; a dry one says so beside it. */
export function RunState({ run }: { run: JobRunSummary }) {
  const t = useTranslations()
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
        <Badge tone="valid" icon={CircleCheck}>
          {t('status.job.completed')}
        </Badge>
      )}
      {run.dry_run && <Badge icon={FlaskConical}>{t('jobRuns.dryRun')}</Badge>}
    </span>
  )
}

const TRIGGERS = { manual: UserRound, nightly: Moon, command: Terminal } as const

export function RunTrigger({ run }: { run: JobRunSummary }) {
  const t = useTranslations('jobRuns.triggers')
  const Icon = TRIGGERS[run.trigger]
  return (
    <span className="inline-flex items-center gap-1.5">
      <Icon aria-hidden className="size-4 text-muted" />
      {t(run.trigger)}
    </span>
  )
}

/** How long a run took, by whole seconds; a dash while it has not ended. */
export function RunDuration({ run }: { run: JobRunSummary }) {
  const t = useTranslations('jobRuns')
  if (run.completed_at === null) return <>–</>
  const seconds = Math.round((Date.parse(run.completed_at) - Date.parse(run.started_at)) / 1000)
  return <>{seconds === 0 ? t('underSecond') : t('seconds', { seconds })}</>
}
