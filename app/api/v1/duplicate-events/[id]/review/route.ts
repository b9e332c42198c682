import { getDuplicateReview } from '@/domain/duplicate-events/review-queries'
import { duplicateReview } from '@/domain/duplicate-events/review-schema'
import { eventParams } from '@/domain/duplicate-events/schema'
import { read, resource } from '@/lib/http/endpoint'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: read(
    {
      summary: 'Get an event as it is reviewed',
      description:
        'What the draft may duplicate, surest first, with the evidence, a preview of the merge and what each decision changes.',
      params: eventParams,
      notFound: 'event_not_found',
      response: duplicateReview,
    },
    (db, call, { params }) => getDuplicateReview(db, call, params.id),
  ),
})
