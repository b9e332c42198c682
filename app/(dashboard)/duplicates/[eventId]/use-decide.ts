'use client'

import { onlineManager, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Route } from 'next'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useProblemToast, useRefusalWords } from '@/components/problem'
import { toast } from '@/components/ui/toast'
import { VIEWS, viewOf } from '@/components/use-view'
import type { DuplicateReview } from '@/domain/duplicate-events/review-schema'
import type { UpdateBody, UpdatedEvent } from '@/domain/duplicate-events/schema'
import type { DuplicateState, Resolution } from '@/domain/duplicate-events/states'
import { ApiProblem, callApi } from '@/lib/api-client'
import { holdTyped, typedOf } from './typed'
import { restVerdicts } from './use-rested'
import { reviewPath } from './use-review'

function putEvent(id: string, body: UpdateBody) {
  return callApi<UpdatedEvent>(`/api/v1/duplicate-events/${id}`, { method: 'PUT', body })
}

/** `/duplicates/evt-5503`; the queue after the last one. */
export function nextHref({ queue }: DuplicateReview): Route {
  return (queue.next ? `/duplicates/${queue.next}` : '/duplicates') as Route
}

/**
 * Carries out a verdict. The next review opens at once where it has been fetched ahead; a refused verdict leads back, or
 * says so where the person has gone on meanwhile. Note and choices stay until the verdict stands.
 */
export function useDecide(review: DuplicateReview) {
  const { id, version, draft, queue } = review
  const next = nextHref(review)
  const router = useRouter()
  const client = useQueryClient()
  const t = useTranslations()
  const reasonOf = useRefusalWords()
  const undo = useMove()
  return useMutation({
    mutationFn: (body: UpdateBody & { resolution: Resolution }) => putEvent(id, body),
    onMutate() {
      holdTyped(id, { refusal: null, decidedAt: version })
      const held = queue.next !== null && client.getQueryData(viewOf(reviewPath(queue.next)).queryKey) !== undefined
      const ahead = held && onlineManager.isOnline()
      if (ahead) open()
      return { ahead, ...watchHands() }
    },
    onSuccess(_, { resolution, annotation, review_version }, { ahead }) {
      // it stands with the event now; not what has been typed meanwhile
      if (isNote(id, annotation)) holdTyped(id, { note: undefined })
      if (!ahead) open()
      toast.success(t(`duplicates.done.${resolution}`), {
        action: {
          label: t('actions.undo'),
          onClick: () => undo.mutate({ id, to: 'duplicate_found', decidedOn: review_version }),
        },
      })
    },
    onError(error, _, before) {
      holdTyped(id, { refusal: error, decidedAt: null })
      if (!before?.ahead) return
      restVerdicts()
      // back to a page that the browser still has: the server may be away
      if (!before.haveActed()) {
        if (location.pathname === next) return router.back()
        // refused before the next one was there
        const own = `/duplicates/${id}`
        if (location.pathname === own) return router.replace(`${own}${location.search}` as Route)
      }
      toast.error(t('duplicates.refused', { title: draft.title ?? t('duplicates.untitled') }), {
        id: `refused ${id}`,
        description: reasonOf(error instanceof ApiProblem ? error.code : 'internal_error'),
        duration: Number.POSITIVE_INFINITY,
        action: { label: t('actions.open'), onClick: () => router.push(`/duplicates/${id}` as Route) },
      })
    },
    onSettled(_, __, ___, before) {
      before?.stopWatching()
      return client.invalidateQueries({ queryKey: [VIEWS] })
    },
  })

  function open() {
    restVerdicts()
    router.push(next)
  }
}

/** Whether the person has gone on to something else: then nothing may be taken from under their hands. */
function watchHands() {
  const watch = new AbortController()
  let acted = false
  const act = () => {
    acted = true
  }
  for (const event of ['keydown', 'pointerdown']) addEventListener(event, act, { capture: true, signal: watch.signal })
  return { haveActed: () => acted, stopWatching: () => watch.abort() }
}

export interface Move {
  readonly id: string
  readonly to: DuplicateState
  /** The `review_version` of the decision that is taken back: another one is left alone. */
  readonly decidedOn?: number | undefined
}

/** Moves an event to another state: back from a decision, or to be tried again. */
export function useMove() {
  const router = useRouter()
  const client = useQueryClient()
  const t = useTranslations()
  const onError = useProblemToast()
  return useMutation({
    mutationFn: ({ id, to, decidedOn }: Move) =>
      putEvent(id, { state: to, ...(decidedOn !== undefined && { review_version: decidedOn }) }),
    onSuccess: ({ body }, { id, to }) => {
      holdTyped(id, { decidedAt: null })
      const path = `/duplicates/${id}`
      // whoever reviews the next one by now stays there
      const open = { label: t('actions.open'), onClick: () => router.push(path as Route) }
      if (to !== 'checking') {
        toast.success(t('toasts.resolutionUndone'), window.location.pathname === path ? {} : { action: open })
      } else if (body.state === 'failed') toast.error(t('toasts.failedAgain'))
      else toast.success(t('toasts.triedAgain'))
    },
    onError,
    onSettled: () => {
      // receipts are drawn by the server
      router.refresh()
      return client.invalidateQueries({ queryKey: [VIEWS] })
    },
  })
}

function isNote(id: string, sent: string | null | undefined): boolean {
  const { note } = typedOf(id)
  return sent === (note === undefined ? undefined : note.trim() || null)
}

/** Saves the note alone. */
export function useSaveNote(id: string) {
  const client = useQueryClient()
  const t = useTranslations('duplicates')
  return useMutation({
    mutationFn: (annotation: string | null) => putEvent(id, { annotation }),
    onSuccess: async (_, annotation) => {
      toast.success(t('noteSaved'))
      await client.invalidateQueries({ queryKey: [VIEWS] })
      // not what has been typed meanwhile
      if (isNote(id, annotation)) holdTyped(id, { note: undefined })
    },
    onError: useProblemToast(),
  })
}
