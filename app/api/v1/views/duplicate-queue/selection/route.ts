import { selectDuplicateQueue } from '@/domain/duplicate-events/queue-queries'
import { duplicateQueueSelection, duplicateQueueSelectionQuery } from '@/domain/duplicate-events/review-schema'
import { read, resource } from '@/lib/http/endpoint'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: read(
    {
      summary: 'List the drafts that matched when the queue was read',
      description: 'Those of which nothing has changed since that a reviewer sees, in its order; at most 10,000.',
      query: duplicateQueueSelectionQuery,
      response: duplicateQueueSelection,
      errors: ['list_outdated'],
    },
    (db, call, { query }) => selectDuplicateQueue(db, call, query),
  ),
})
