'use client'

import { useMutation } from '@tanstack/react-query'
import type { Route } from 'next'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useProblemToast } from '@/components/problem'
import { toast } from '@/components/ui/toast'
import type { UpdateBody, UpdatedEvent } from '@/domain/duplicate-events/schema'
import type { DuplicateState, Resolution } from '@/domain/duplicate-events/states'
import { ApiProblem, callApi } from '@/lib/api-client'

function putEvent(id: string, body: UpdateBody) {
  return callApi<UpdatedEvent>(`/api/v1/duplicate-events/${id}`, { method: 'PUT', body })
}

/** Carries out a decision, opens the review after it, and offers to take it back. */
export function useDecide(id: string, next: Route) {
  const router = useRouter()
  const t = useTranslations()
  const undo = useMove()
  return useMutation({
    mutationFn: (body: UpdateBody & { resolution: Resolution }) => putEvent(id, body),
    onSuccess: (_, { resolution }) => {
      toast.success(t(`duplicates.done.${resolution}`), {
        action: { label: t('actions.undo'), onClick: () => undo.mutate({ id, to: 'duplicate_found' }) },
      })
      router.push(next)
      router.refresh()
    },
    onError: (error) => {
      if (error instanceof ApiProblem && error.code === 'review_moved_on') router.refresh()
    },
  })
}

/** Moves an event to another state: back from a decision, or to be tried again. */
export function useMove() {
  const router = useRouter()
  const t = useTranslations()
  const onError = useProblemToast()
  return useMutation({
    mutationFn: ({ id, to }: { id: string; to: DuplicateState }) => putEvent(id, { state: to }),
    onSuccess: (_, { id, to }) => {
      const path = `/duplicates/${id}`
      // whoever reviews the next one by now stays there
      const open = { label: t('actions.open'), onClick: () => router.push(path as Route) }
      if (to !== 'checking') {
        toast.success(t('toasts.resolutionUndone'), window.location.pathname === path ? {} : { action: open })
      }
      router.refresh()
    },
    onError: (error) => {
      onError(error)
      router.refresh()
    },
  })
}

/** Saves the note alone. */
export function useSaveNote(id: string) {
  const router = useRouter()
  const t = useTranslations('duplicates')
  return useMutation({
    mutationFn: (annotation: string | null) => putEvent(id, { annotation }),
    onSuccess: () => {
      toast.success(t('noteSaved'))
      router.refresh()
    },
    onError: useProblemToast(),
  })
}
