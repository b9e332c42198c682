import { selectSyncInbox } from '@/domain/mentor-status-sync/inbox-queries'
import { syncInboxSelection, syncInboxSelectionQuery } from '@/domain/mentor-status-sync/inbox-schema'
import { read, resource } from '@/lib/http/endpoint'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: read(
    {
      summary: 'List the events that matched when the inbox was read',
      description: 'Those that have not been written to since, in its order; at most 10,000.',
      query: syncInboxSelectionQuery,
      response: syncInboxSelection,
      errors: ['list_outdated'],
    },
    (db, call, { query }) => selectSyncInbox(db, call, query),
  ),
})
