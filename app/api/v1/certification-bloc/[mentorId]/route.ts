import { getBlocSnapshot } from '@/domain/certification-bloc/queries'
import { blocMentorParams, blocSnapshot, blocSnapshotQuery } from '@/domain/certification-bloc/schema'
import { read, resource } from '@/lib/http/endpoint'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: read(
    {
      summary: 'Get current CertificationState stream snapshot for a mentor',
      params: blocMentorParams,
      query: blocSnapshotQuery,
      response: blocSnapshot,
      notFound: 'mentor_not_found',
    },
    (db, call, { params, query }) => getBlocSnapshot(db, call, params.mentorId, query.history_limit),
  ),
})
