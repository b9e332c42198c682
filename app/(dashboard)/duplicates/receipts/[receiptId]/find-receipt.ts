import { notFound } from 'next/navigation'
import { cache } from 'react'
import { getDuplicateReceipt } from '@/domain/duplicate-events/decided-queries'
import type { DuplicateReceipt } from '@/domain/duplicate-events/review-schema'
import { AppError } from '@/lib/errors'
import { pageCall, pageDb } from '@/lib/page-call'

/** The receipt that an address names, read once for the page and its title; ends in the 404 page where there is none. */
export const findReceipt = cache(async (id: string): Promise<DuplicateReceipt> => {
  try {
    return (await getDuplicateReceipt(pageDb(), await pageCall(), id)).body
  } catch (error) {
    if (error instanceof AppError && error.code === 'receipt_not_found') notFound()
    throw error
  }
})
