import { viewSyncInbox } from '@/domain/mentor-status-sync/inbox-queries'
import { syncInboxQuery, syncInboxView } from '@/domain/mentor-status-sync/inbox-schema'
import { read, resource } from '@/lib/http/endpoint'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: read(
    {
      summary: 'List what the phones reported, as the inbox shows it',
      description: 'Events of origin `app` only: these are acknowledged by coordinators.',
      query: syncInboxQuery,
      response: syncInboxView,
    },
    (db, call, { query }) => viewSyncInbox(db, call, query),
  ),
})
