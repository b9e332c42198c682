import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { readView, type SearchParams } from '@/lib/view-query'
import { readTypeNames } from '../type-names'
import { findReview } from './find-review'
import { ReviewScreen } from './review-screen'

interface Props {
  params: Promise<{ eventId: string }>
  searchParams: Promise<SearchParams>
}

const reviewQuery = z.object({ candidate: z.string().max(40).optional() })

export async function generateMetadata({ params }: Props) {
  const t = await getTranslations('pages.duplicate')
  const { id, mentor_name } = await findReview((await params).eventId)
  return { title: `${t('title')} ${id}: ${mentor_name}` }
}

export default async function ReviewPage({ params, searchParams }: Props) {
  const review = await findReview((await params).eventId)
  const { query, refused } = readView(reviewQuery, await searchParams)
  const typeNames = await readTypeNames()
  return (
    <ReviewScreen key={review.id} fromServer={review} named={query.candidate} refused={refused} typeNames={typeNames} />
  )
}
