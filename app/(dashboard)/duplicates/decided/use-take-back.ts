'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useProblemToast } from '@/components/problem'
import { toast } from '@/components/ui/toast'
import { VIEWS } from '@/components/use-view'
import type { UpdateBody, UpdatedEvent } from '@/domain/duplicate-events/schema'
import { callApi } from '@/lib/api-client'

interface Decision {
  readonly receipt_id: string
  readonly event_id: string
  readonly review_version: number | null
}

/** Takes decisions back: at once on the screen, and stood again with the server's reason where it refuses. */
export function useTakeBack() {
  const t = useTranslations('toasts')
  const client = useQueryClient()
  const router = useRouter()
  const complain = useProblemToast()
  const [takenBack, setTakenBack] = useState<ReadonlySet<string>>(new Set())
  const { mutate } = useMutation({
    mutationFn: ({ event_id, review_version }: Decision) => {
      const body: UpdateBody = { state: 'duplicate_found', ...(review_version !== null && { review_version }) }
      return callApi<UpdatedEvent>(`/api/v1/duplicate-events/${event_id}`, { method: 'PUT', body })
    },
    onMutate: ({ receipt_id }) => setTakenBack((all) => new Set(all).add(receipt_id)),
    onSuccess: () => toast.success(t('resolutionUndone')),
    onError(error, { receipt_id }) {
      setTakenBack((all) => new Set([...all].filter((id) => id !== receipt_id)))
      complain(error)
    },
    onSettled() {
      void client.invalidateQueries({ queryKey: [VIEWS] })
      // drawn by the server, with who took it back and when
      router.refresh()
    },
  })
  return { takenBack, takeBack: mutate }
}
