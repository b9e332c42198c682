'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useDrawn, viewOf } from '@/components/use-view'
import type { DuplicateReview } from '@/domain/duplicate-events/review-schema'
import { ApiProblem } from '@/lib/api-client'

/** How often an event that is being checked is read, in milliseconds. */
const LOOK_EVERY = 1000

export function reviewPath(id: string) {
  return `/api/v1/duplicate-events/${id}/review` as const
}

/** A review as it stands, whoever changes it, and the next one held ready while this one is read. */
export function useReview(fromServer: DuplicateReview) {
  const { data: review, error } = useDrawn(reviewPath(fromServer.id), fromServer, isLater)
  // an event under check is looked after until it has ended; the answer is the same query's
  useQuery({
    ...viewOf<DuplicateReview>(reviewPath(review.id)),
    enabled: review.state === 'checking',
    refetchInterval: LOOK_EVERY,
  })
  const { next } = review.queue
  useQuery({ ...viewOf<DuplicateReview>(reviewPath(next ?? '')), enabled: next !== null })
  return { review, withdrawn: error instanceof ApiProblem && error.code === 'event_not_found' }
}

/** Both versions only rise; the place in the queue moves without them, and what is held is read anew for it. */
function isLater(one: DuplicateReview, other: DuplicateReview): boolean {
  return one.version > other.version || (one.version === other.version && one.review_version > other.review_version)
}

/**
 * The review to be drawn as an open one; null for the others. What others decide meanwhile is told above it and moves
 * nothing under the hand that types, until `look` asks for it.
 */
export function useOpenReview(review: DuplicateReview, decidedHere: boolean) {
  const waits = review.state === 'duplicate_found'
  const [open, setOpen] = useState(waits ? review : null)
  if (waits && open !== review) setOpen(review)
  return { open: waits || !decidedHere ? open : null, look: () => setOpen(null) }
}
