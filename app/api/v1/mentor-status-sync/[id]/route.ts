import { followMentor } from '@/domain/changes/snapshot-stream'
import { getStatusSnapshot } from '@/domain/mentor-status-sync/queries'
import { statusSnapshot, syncMentorParams } from '@/domain/mentor-status-sync/schema'
import { read, resource } from '@/lib/http/endpoint'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: read(
    {
      summary: 'Get current status snapshot for a mentor (BLoC initial state)',
      description:
        'With `Accept: text/event-stream` the same as Server-Sent Events named `snapshot`: at once, and again whenever it is another, also by the clock, within about a minute. The `id` of each is a cursor of `/api/v1/changes`.',
      params: syncMentorParams,
      response: statusSnapshot,
      notFound: 'mentor_not_found',
    },
    (db, call, { params }) => getStatusSnapshot(db, call, params.id),
    (call, { params }, readAnew) => followMentor(call, params.id, readAnew),
  ),
})
