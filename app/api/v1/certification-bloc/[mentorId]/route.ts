import { getBlocSnapshot } from '@/domain/certification-bloc/queries'
import { blocMentorParams, blocSnapshot, blocSnapshotQuery } from '@/domain/certification-bloc/schema'
import { followMentor } from '@/domain/changes/snapshot-stream'
import { read, resource } from '@/lib/http/endpoint'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: read(
    {
      summary: 'Get current CertificationState stream snapshot for a mentor',
      description:
        'With `Accept: text/event-stream` the same as Server-Sent Events named `snapshot`: at once, and again whenever it is another, also by the clock, within about a minute. The `id` of each is a cursor of `/api/v1/changes`.',
      params: blocMentorParams,
      query: blocSnapshotQuery,
      response: blocSnapshot,
      notFound: 'mentor_not_found',
    },
    (db, call, { params, query }) => getBlocSnapshot(db, call, params.mentorId, query.history_limit),
    (call, { params }, readAnew) => followMentor(call, params.mentorId, readAnew),
  ),
})
