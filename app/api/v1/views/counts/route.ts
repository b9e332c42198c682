import { getWaitingCounts } from '@/domain/overview/queries'
import { waitingCounts } from '@/domain/overview/schema'
import { read, resource } from '@/lib/http/endpoint'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: read({ summary: 'Count what waits for a coordinator', response: waitingCounts }, (db, call) =>
    getWaitingCounts(db, call),
  ),
})
