import { readFeed } from '@/domain/changes/feed-queries'
import { feedPage, feedQuery } from '@/domain/changes/feed-schema'
import { read, resource } from '@/lib/http/endpoint'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: read(
    {
      summary: 'Everything that has changed since a cursor',
      description:
        'In a stable order without gaps: a change that commits late is never skipped. Within one mentor the highest `revision` is the newest. A position may be repeated, so handle each change once by `position`.',
      query: feedQuery,
      response: feedPage,
      errors: ['reload_required'],
    },
    (db, call, { query }) => readFeed(db, call, query),
  ),
})
