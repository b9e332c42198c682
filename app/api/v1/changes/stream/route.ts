import { feedChange, streamQuery } from '@/domain/changes/feed-schema'
import { openChangeStream } from '@/domain/changes/stream'
import { resource, stream } from '@/lib/http/endpoint'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: stream(
    {
      summary: 'Everything that changes, as it happens',
      description:
        'Server-Sent Events named `change`, each with a change of the feed; its `id` is the cursor to go on from. A heartbeat every 15 seconds moves the cursor on as well. A stream that ends, because the server does or the reader is too slow, is to be opened again with `Last-Event-ID`: nothing is lost. 410 means: load the snapshots again.',
      query: streamQuery,
      response: feedChange,
      errors: ['reload_required'],
    },
    (call, { query }, lastEventId) => openChangeStream(call, query, lastEventId),
  ),
})
