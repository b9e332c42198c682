'use client'

import { CirclePause, CirclePlay } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState, useTransition } from 'react'
import { Problem, useProblemToast } from '@/components/problem'
import { Button } from '@/components/ui/button'
import { toast } from '@/components/ui/toast'
import type { PostedSyncEvent, SyncEventType } from '@/domain/mentor-status-sync/schema'
import { callApi } from '@/lib/api-client'
import { PauseDialog } from '../pause-dialog'
import { useStanding } from './standing'

interface Report {
  readonly event_type: SyncEventType
  readonly reason: string | null
}

/** Pauses a mentor by hand, or ends that pause; a pause of the expiry job's is for a renewal to lift. Shown at once. */
export function PauseAction({ mentorId, name }: { mentorId: string; name: string }) {
  const t = useTranslations()
  const router = useRouter()
  const complain = useProblemToast()
  const { standing, preview } = useStanding()
  const [asking, setAsking] = useState(false)
  const [refusal, setRefusal] = useState<unknown>(null)
  const [pauses, setPauses] = useState(0)
  const [pending, startTransition] = useTransition()
  const byHand = standing.pauses.find(({ cause }) => cause === 'by_hand')

  function report({ event_type, reason }: Report, onRefused: (error: unknown) => void) {
    startTransition(async () => {
      preview({ event_type, reason, at: new Date().toISOString() })
      try {
        const { body } = await callApi<PostedSyncEvent>('/api/v1/mentor-status-sync/events', {
          method: 'POST',
          body: { mentor_id: mentorId, event_type, ...(reason && { reason }) },
        })
        tell(body, reason)
        if (event_type === 'PauseMentorEvent') setPauses((made) => made + 1)
        startTransition(() => router.refresh())
      } catch (error) {
        onRefused(error)
      }
    })
  }

  function pause(reason: string | null) {
    setAsking(false)
    setRefusal(null)
    report({ event_type: 'PauseMentorEvent', reason }, (error) => {
      setRefusal(error)
      setAsking(true)
    })
  }

  function resume() {
    report({ event_type: 'ResumeMentorEvent', reason: null }, complain)
  }

  function tell({ event_type, accepted, held_by }: PostedSyncEvent, reason: string | null) {
    const paused = event_type === 'PauseMentorEvent'
    // the words that had been given with the pause go with it again
    const again = { event_type: 'PauseMentorEvent', reason: byHand?.reason ?? reason } as const
    const undo = paused ? resume : () => report(again, complain)
    const action = { action: { label: t('actions.undo'), onClick: undo } }
    if (!accepted) toast.error(t('mentor.notAccepted', { name }), { description: t('events.superseded') })
    else if (paused) toast.success(t('toasts.paused', { name }), action)
    else if (held_by)
      toast.info(t('mentor.handPauseEnded'), { description: t('events.heldByCertification'), ...action })
    else toast.success(t('toasts.resumed', { name }), action)
  }

  return (
    <>
      <Button
        // not disabled meanwhile: it would lose the focus
        aria-disabled={pending}
        onClick={() => {
          if (pending) return
          if (byHand) resume()
          else setAsking(true)
        }}
      >
        {byHand ? <CirclePlay aria-hidden /> : <CirclePause aria-hidden />}
        {byHand ? t('actions.resume') : t('actions.pause')}
      </Button>
      <PauseDialog
        // what was typed stays until a pause was made with it
        key={pauses}
        open={asking}
        title={t('mentor.pauseTitle', { name })}
        description={standing.status === 'paused' ? t('mentor.pauseBodyHeld') : undefined}
        onClose={() => setAsking(false)}
        onPause={pause}
      >
        {refusal !== null && <Problem error={refusal} />}
      </PauseDialog>
    </>
  )
}
