import { returnedPairsQuery, returnedPairsView } from '@/domain/duplicate-events/pair-schema'
import { viewReturnedPairs } from '@/domain/duplicate-events/returned-pairs'
import { read, resource } from '@/lib/http/endpoint'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: read(
    {
      summary: 'List the activities that were decided to be distinct and have changed since',
      description:
        'Pairs of kept activities that look like one session again, with what has changed and on which evidence.',
      query: returnedPairsQuery,
      response: returnedPairsView,
    },
    (db, call, { query }) => viewReturnedPairs(db, call, query),
  ),
})
