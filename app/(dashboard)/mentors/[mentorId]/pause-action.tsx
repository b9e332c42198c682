'use client'

import { useMutation } from '@tanstack/react-query'
import { CirclePause, CirclePlay } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Problem, useProblemToast } from '@/components/problem'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Textarea } from '@/components/ui/field'
import { toast } from '@/components/ui/toast'
import type { PostedSyncEvent, PostSyncEventBody } from '@/domain/mentor-status-sync/schema'
import { callApi } from '@/lib/api-client'

interface Props {
  mentorId: string
  name: string
  pausedByHand: boolean
}

/** Pauses a mentor by hand, or ends that pause; a pause of the expiry job's is for a renewal to lift. */
export function PauseAction({ mentorId, name, pausedByHand }: Props) {
  const t = useTranslations()
  const router = useRouter()
  const [asking, setAsking] = useState(false)
  const [reason, setReason] = useState('')
  const complain = useProblemToast()
  const report = useMutation({
    mutationFn: (body: Pick<PostSyncEventBody, 'event_type' | 'reason'>) =>
      callApi<PostedSyncEvent>('/api/v1/mentor-status-sync/events', {
        method: 'POST',
        body: { mentor_id: mentorId, ...body },
      }),
    onSuccess({ body }) {
      setAsking(false)
      setReason('')
      tell(body.event_type === 'PauseMentorEvent', body.held_by !== undefined)
      router.refresh()
    },
  })

  function resume() {
    report.mutate({ event_type: 'ResumeMentorEvent' }, { onError: complain })
  }

  function tell(paused: boolean, held: boolean) {
    if (paused) toast.success(t('toasts.paused', { name }), { action: { label: t('actions.undo'), onClick: resume } })
    else if (held) toast.info(t('mentor.handPauseEnded'), { description: t('events.heldByCertification') })
    else toast.success(t('toasts.resumed', { name }))
  }

  return (
    <>
      <Button
        // not disabled meanwhile: it would lose the focus
        aria-disabled={report.isPending}
        onClick={() => {
          if (report.isPending) return
          report.reset()
          if (pausedByHand) resume()
          else setAsking(true)
        }}
      >
        {pausedByHand ? <CirclePlay aria-hidden /> : <CirclePause aria-hidden />}
        {pausedByHand ? t('actions.resume') : t('actions.pause')}
      </Button>
      <Dialog
        open={asking}
        onOpenChange={setAsking}
        title={t('mentor.pauseTitle', { name })}
        description={t('mentor.pauseBody')}
        actions={
          <Button
            variant="primary"
            disabled={report.isPending}
            onClick={() =>
              report.mutate({ event_type: 'PauseMentorEvent', ...(reason.trim() && { reason: reason.trim() }) })
            }
          >
            {t('actions.pause')}
          </Button>
        }
      >
        <Textarea
          label={t('fields.reason')}
          hint={t('mentor.reasonHint')}
          value={reason}
          maxLength={2000}
          onChange={(event) => setReason(event.target.value)}
        />
        {report.isError && (
          <div className="mt-3">
            <Problem error={report.error} />
          </div>
        )}
      </Dialog>
    </>
  )
}
