import { notFound } from 'next/navigation'
import { cache } from 'react'
import { getBatch } from '@/domain/duplicate-events/batch-rows'
import type { DuplicateBatch } from '@/domain/duplicate-events/batch-schema'
import { AppError } from '@/lib/errors'
import { pageCall, pageDb } from '@/lib/page-call'

/** The batch that an address names, read once for the page and its title; ends in the 404 page where there is none. */
export const findBatch = cache(async (id: string): Promise<DuplicateBatch> => {
  try {
    return (await getBatch(pageDb(), await pageCall(), id)).body
  } catch (error) {
    if (error instanceof AppError && error.code === 'batch_not_found') notFound()
    throw error
  }
})
