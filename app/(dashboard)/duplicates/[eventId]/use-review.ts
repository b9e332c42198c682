'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useView, viewOf } from '@/components/use-view'
import type { DuplicateReview } from '@/domain/duplicate-events/review-schema'
import { ApiProblem } from '@/lib/api-client'

export function reviewPath(id: string) {
  return `/api/v1/duplicate-events/${id}/review` as const
}

/** A review as it stands, whoever changes it, and the next one held ready while this one is read. */
export function useReview(fromServer: DuplicateReview) {
  const { data: review, error } = useView(reviewPath(fromServer.id), fromServer)
  const { next } = review.queue
  useQuery({ ...viewOf<DuplicateReview>(reviewPath(next ?? '')), enabled: next !== null })
  return { review, withdrawn: error instanceof ApiProblem && error.code === 'event_not_found' }
}

/**
 * The review to be drawn as an open one; null for the others. What others decide meanwhile is told above it and moves
 * nothing under the hand that types, until `look` asks for it. `decidedAt` is the version that was decided here.
 */
export function useOpenReview(review: DuplicateReview, decidedAt: number | null) {
  const waits = review.state === 'duplicate_found'
  const [open, setOpen] = useState(waits ? review : null)
  if (waits && open !== review) setOpen(review)
  const decidedHere = decidedAt !== null && open !== null && open.version <= decidedAt
  return { open: waits || !decidedHere ? open : null, look: () => setOpen(null) }
}
