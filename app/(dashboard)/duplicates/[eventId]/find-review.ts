import { notFound } from 'next/navigation'
import { cache } from 'react'
import { getDuplicateReview } from '@/domain/duplicate-events/review-queries'
import type { DuplicateReview } from '@/domain/duplicate-events/review-schema'
import { eventParams } from '@/domain/duplicate-events/schema'
import { AppError } from '@/lib/errors'
import { pageCall, pageDb } from '@/lib/page-call'

/** The event that an address names, read once for the page and its title; ends in the 404 page where there is none. */
export const findReview = cache(async (id: string): Promise<DuplicateReview> => {
  if (!eventParams.safeParse({ id }).success) notFound()
  try {
    return (await getDuplicateReview(pageDb(), await pageCall(), id)).body
  } catch (error) {
    if (error instanceof AppError && error.code === 'event_not_found') notFound()
    throw error
  }
})
