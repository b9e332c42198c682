import { followMentor } from '@/domain/changes/snapshot-stream'
import { clearMentorDetail, refreshMentorDetail } from '@/domain/peer-mentor-bloc/commands'
import { getMentorDetail } from '@/domain/peer-mentor-bloc/queries'
import {
  clearMentorDetailAnswer,
  mentorDetail,
  mentorDetailParams,
  mentorDetailQuery,
  refreshMentorDetailAnswer,
  refreshMentorDetailBody,
} from '@/domain/peer-mentor-bloc/schema'
import { read, resource, write } from '@/lib/http/endpoint'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: read(
    {
      summary: 'Load full BLoC-driven mentor detail state (profile + certs + activity + assignments merged)',
      description:
        'Served from a snapshot that any change of the mentor makes stale; loaded now where there is none. With `Accept: text/event-stream` the same as Server-Sent Events named `snapshot`: at once, and again whenever it is another, also by the clock, within about a minute. The `id` of each is a cursor of `/api/v1/changes`.',
      params: mentorDetailParams,
      query: mentorDetailQuery,
      response: mentorDetail,
      notFound: 'mentor_not_found',
    },
    (db, call, { params, query }) => getMentorDetail(db, call, params.mentor_id, query.period),
    (call, { params }, readAnew) => followMentor(call, params.mentor_id, readAnew),
  ),
  PUT: write(
    {
      summary: 'Dispatch RefreshMentorDetail event — forces re-fetch of all sub-resources',
      description: 'Answers at once; the work is done in the background.',
      params: mentorDetailParams,
      body: refreshMentorDetailBody,
      response: refreshMentorDetailAnswer,
      notFound: 'mentor_not_found',
      errors: ['precondition_failed'],
    },
    (tx, call, { params }) => refreshMentorDetail(tx, call, params.mentor_id),
  ),
  DELETE: write(
    {
      summary: 'Clear BLoC state cache for a mentor (next GET will reload)',
      params: mentorDetailParams,
      response: clearMentorDetailAnswer,
      notFound: 'mentor_not_found',
      errors: ['precondition_failed'],
    },
    (tx, call, { params }) => clearMentorDetail(tx, call, params.mentor_id),
  ),
})
