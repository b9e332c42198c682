'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Route } from 'next'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useProblemToast } from '@/components/problem'
import { toast } from '@/components/ui/toast'
import { VIEWS } from '@/components/use-view'
import type { ConfirmPairBody, DecidedPair, ReturnedPair } from '@/domain/duplicate-events/pair-schema'
import type { UpdateBody, UpdatedEvent } from '@/domain/duplicate-events/schema'
import { callApi } from '@/lib/api-client'

function confirmationPath(id: string): `/api/v1/${string}` {
  return `/api/v1/duplicate-events/distinct-pairs/${id}/confirmation`
}

/** Confirms that two activities are two: gone from the list at once, back with the server's reason where it refuses. */
export function useConfirm() {
  const t = useTranslations()
  const client = useQueryClient()
  const complain = useProblemToast()
  const [confirmed, setConfirmed] = useState<ReadonlySet<string>>(new Set())
  const restore = (id: string) => setConfirmed((all) => new Set([...all].filter((one) => one !== id)))
  const readAnew = () => client.invalidateQueries({ queryKey: [VIEWS] })
  const undo = useMutation({
    mutationFn: ({ pair_id, decided_at }: DecidedPair) =>
      callApi<DecidedPair>(`${confirmationPath(pair_id)}?decided_at=${encodeURIComponent(decided_at)}`, {
        method: 'DELETE',
      }),
    onSuccess: () => toast.success(t('changedPairs.unconfirmed')),
    onError: complain,
    onSettled: readAnew,
  })
  const { mutate } = useMutation({
    mutationFn: ({ pair_id, activities: [one, other] }: ReturnedPair) => {
      const body: ConfirmPairBody = { content_versions: [one.content_version, other.content_version] }
      return callApi<DecidedPair>(confirmationPath(pair_id), { method: 'PUT', body })
    },
    onMutate: ({ pair_id }) => setConfirmed((all) => new Set(all).add(pair_id)),
    onSuccess: ({ body }) =>
      toast.success(t('changedPairs.confirmed'), {
        action: { label: t('actions.undo'), onClick: () => undo.mutate(body) },
      }),
    onError: complain,
    async onSettled(_, __, { pair_id }) {
      await readAnew()
      // from now on the list itself knows
      restore(pair_id)
    },
  })
  return { confirmed, confirm: mutate }
}

/** Makes one of the two a draft again, and opens its review. */
export function useReopen() {
  const router = useRouter()
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ event_id, review_version }: NonNullable<ReturnedPair['reopen']>) => {
      const body: UpdateBody = { state: 'duplicate_found', review_version }
      return callApi<UpdatedEvent>(`/api/v1/duplicate-events/${event_id}`, { method: 'PUT', body })
    },
    onSuccess: (_, { event_id }) => router.push(`/duplicates/${event_id}` as Route),
    onError: useProblemToast(),
    onSettled: () => client.invalidateQueries({ queryKey: [VIEWS] }),
  })
}
