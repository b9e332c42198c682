import { notFound } from 'next/navigation'
import { cache } from 'react'
import { getReview } from '@/domain/duplicate-events/queries'
import type { Review } from '@/domain/duplicate-events/schema'
import { pageCall, pageDb } from '@/lib/page-call'

/** The event that an address names, read once for the page and its title; ends in the 404 page where there is none. */
export const findReview = cache(async (id: string): Promise<Review> => {
  return (await getReview(pageDb(), await pageCall(), id)) ?? notFound()
})
