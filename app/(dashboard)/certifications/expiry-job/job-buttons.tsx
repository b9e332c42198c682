'use client'

import { CirclePlay, Eye } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button'
import type { Plan } from '@/domain/expiry-job/schema'
import { useJobActions } from './job-actions'

export function PreviewButton({ primary }: { primary: boolean }) {
  const t = useTranslations()
  const { preview, previewing, running } = useJobActions()
  return (
    <Button
      className="noscript:hidden"
      variant={primary ? 'primary' : 'secondary'}
      aria-disabled={previewing || running}
      onClick={preview}
    >
      <Eye aria-hidden />
      {previewing ? t('jobRuns.previewing') : t('actions.preview')}
    </Button>
  )
}

export function CarryOutButton({ plan }: { plan: Plan }) {
  const t = useTranslations('jobRuns')
  const { carryOut, previewing, running } = useJobActions()
  return (
    <Button
      className="noscript:hidden whitespace-normal! print:hidden"
      variant="primary"
      aria-disabled={previewing || running}
      onClick={() => carryOut(plan)}
    >
      <CirclePlay aria-hidden />
      {running ? t('running') : t('carryOut', { mentors: plan.mentors })}
    </Button>
  )
}
