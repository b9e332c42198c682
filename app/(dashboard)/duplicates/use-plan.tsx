'use client'

import { useMutation } from '@tanstack/react-query'
import type { Route } from 'next'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import { leftOutOf } from '@/components/list/everything'
import type { ListRead } from '@/components/list/use-selection'
import { useProblemToast } from '@/components/problem'
import { lazyDialog } from '@/components/ui/lazy-dialog'
import { toast } from '@/components/ui/toast'
import type { DuplicateBatch, PlanBatchBody } from '@/domain/duplicate-events/batch-schema'
import type { DuplicateQueueSelection } from '@/domain/duplicate-events/review-schema'
import { callApi } from '@/lib/api-client'
import { type BatchChoice, type Chosen, decisionsOf, FIRST_CHOICE, MOST_PLANNED } from './batch-choice'

const PlanDialog = lazyDialog(() => import('./plan-dialog').then((loaded) => loaded.default))

interface Choosing {
  readonly drafts: readonly Chosen[]
  readonly beyond: number
  readonly leftOut: number
}

/** From the chosen drafts to the page of their plan: asks what is to become of them, and has it planned. */
export function usePlan(): {
  /** Set while drafts are read, or planned. */
  readonly busy: boolean
  readonly open: (drafts: readonly Chosen[]) => void
  /** Everything that matched when the list was read, and has not been touched since. */
  readonly openEverything: (list: ListRead) => Promise<void>
  readonly dialog: ReactNode
} {
  const t = useTranslations('planDialog')
  const router = useRouter()
  const complain = useProblemToast()
  const [choosing, setChoosing] = useState<Choosing | null>(null)
  // kept for the next time: who merges, mostly merges
  const [choice, setChoice] = useState<BatchChoice>(FIRST_CHOICE)
  const [reading, setReading] = useState(false)
  const plan = useMutation({
    mutationFn: async (body: PlanBatchBody) =>
      (await callApi<DuplicateBatch>('/api/v1/duplicate-events/batches', { method: 'POST', body })).body,
    onSuccess: ({ batch_id }) => router.push(`/duplicates/batches/${batch_id}` as Route),
  })

  function open(drafts: readonly Chosen[], leftOut = 0): void {
    if (drafts.length === 0) {
      toast.info(t('allChanged'))
      return
    }
    plan.reset()
    setChoosing({
      drafts: drafts.slice(0, MOST_PLANNED),
      beyond: Math.max(0, drafts.length - MOST_PLANNED),
      leftOut,
    })
  }

  async function openEverything(list: ListRead): Promise<void> {
    setReading(true)
    try {
      const { data } = (await callApi<DuplicateQueueSelection>(list.path)).body
      open(data, leftOutOf(list, data))
    } catch (error) {
      complain(error)
    } finally {
      setReading(false)
    }
  }

  return {
    busy: reading || plan.isPending,
    open,
    openEverything,
    dialog: choosing && (
      <PlanDialog
        drafts={choosing.drafts}
        beyond={choosing.beyond}
        leftOut={choosing.leftOut}
        choice={choice}
        refusal={plan.error}
        // the plan's page is on its way
        pending={plan.isPending || plan.isSuccess}
        onChange={setChoice}
        onClose={() => setChoosing(null)}
        onPlan={() => plan.mutate({ decisions: decisionsOf(choosing.drafts, choice) })}
      />
    ),
  }
}
