import { getStatusSnapshot } from '@/domain/mentor-status-sync/queries'
import { statusSnapshot, syncMentorParams } from '@/domain/mentor-status-sync/schema'
import { read, resource } from '@/lib/http/endpoint'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: read(
    {
      summary: 'Get current status snapshot for a mentor (BLoC initial state)',
      params: syncMentorParams,
      response: statusSnapshot,
      notFound: 'mentor_not_found',
    },
    (db, call, { params }) => getStatusSnapshot(db, call, params.id),
  ),
})
