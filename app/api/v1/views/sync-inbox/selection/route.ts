import { selectSyncInbox } from '@/domain/mentor-status-sync/inbox-queries'
import { syncInboxSelection, syncInboxSelectionQuery } from '@/domain/mentor-status-sync/inbox-schema'
import { read, resource } from '@/lib/http/endpoint'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: read(
    {
      summary: 'List the events that matched when the inbox was read',
      description: 'All of them, in its order, but for those that have been written to since.',
      query: syncInboxSelectionQuery,
      response: syncInboxSelection,
      errors: ['list_outdated'],
    },
    (db, call, { query }) => selectSyncInbox(db, call, query),
  ),
})
