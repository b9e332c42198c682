import { listSyncEvents } from '@/domain/mentor-status-sync/queries'
import { listSyncEventsQuery, syncEventList } from '@/domain/mentor-status-sync/schema'
import { read, resource } from '@/lib/http/endpoint'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: read(
    {
      summary: 'List pending sync events (for BLoC hydration on app launch)',
      description: 'Events of both origins yet to be acknowledged, in the order to apply them in.',
      query: listSyncEventsQuery,
      response: syncEventList,
    },
    (db, call, { query }) => listSyncEvents(db, call, query),
  ),
})
