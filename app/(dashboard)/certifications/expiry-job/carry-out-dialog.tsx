'use client'

import { useTranslations } from 'next-intl'
import { Problem } from '@/components/problem'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import type { Plan, PlanOutdated } from '@/domain/expiry-job/schema'
import { Differences } from './differences'

/** What a coordinator is asked before a plan is carried out. */
export interface Question {
  readonly plan: Plan
  /** What differs from the plan by now, where the server has said so. */
  readonly outdated: PlanOutdated | null
  /** What was confirmed had changed once more. */
  readonly again: boolean
  /** Why the last attempt failed. */
  readonly refusal: unknown
}

interface Props {
  question: Question
  running: boolean
  busy: boolean
  onClose: () => void
  onConfirm: () => void
  onPreview: () => void
}

/** Asks before the plan is carried out, and once more where the facts have moved since. */
export function CarryOutDialog({ question, running, busy, onClose, onConfirm, onPreview }: Props) {
  const t = useTranslations('jobRuns')
  const { plan, outdated, refusal } = question
  const pause = plan.mentors_to_pause
  const standing = outdated?.counts.mentors_now
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={outdated ? t('outdatedTitle') : t('carryOutTitle')}
      description={outdated ? stateOf(outdated) : t('carryOutBody', { pause, marked: plan.mentors - pause })}
      actions={
        <>
          {outdated && (
            <Button variant={standing === 0 ? 'primary' : 'secondary'} aria-disabled={busy} onClick={onPreview}>
              {t('newPreview')}
            </Button>
          )}
          {standing !== 0 && (
            <Button className="whitespace-normal!" variant="primary" aria-disabled={busy} onClick={onConfirm}>
              {running
                ? t('running')
                : standing === undefined
                  ? t('carryOutNow')
                  : t('carryOutStanding', { mentors: standing })}
            </Button>
          )}
        </>
      }
    >
      {refusal !== null && <Problem error={refusal} />}
      {outdated ? <Differences outdated={outdated} /> : <p className="text-muted text-sm">{t('onlyThese')}</p>}
      {standing === 0 && <p className="mt-3 text-sm">{t('nothingStands')}</p>}
    </Dialog>
  )

  function stateOf({ carried_out_by, differences }: PlanOutdated): string {
    if (differences.length === 0) return t('outdatedSame')
    if (carried_out_by !== null) return t('outdatedDone', { run: carried_out_by })
    return question.again ? t('outdatedAgain') : t('outdatedBody')
  }
}
