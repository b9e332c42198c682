import { viewDuplicateQueue } from '@/domain/duplicate-events/queue-queries'
import { duplicateQueueQuery, duplicateQueueView } from '@/domain/duplicate-events/review-schema'
import { read, resource } from '@/lib/http/endpoint'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: read(
    {
      summary: 'List the drafts that wait for a coordinator',
      description: 'Each beside the surest of what it may duplicate; the surest first.',
      query: duplicateQueueQuery,
      response: duplicateQueueView,
    },
    (db, call, { query }) => viewDuplicateQueue(db, call, query),
  ),
})
