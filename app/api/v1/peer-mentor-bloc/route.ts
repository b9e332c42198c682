import { loadMentorDetail } from '@/domain/peer-mentor-bloc/commands'
import { listMentorDetails } from '@/domain/peer-mentor-bloc/queries'
import {
  loadMentorDetailAnswer,
  loadMentorDetailBody,
  mentorDetailList,
  mentorDetailListQuery,
} from '@/domain/peer-mentor-bloc/schema'
import { read, resource, write } from '@/lib/http/endpoint'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: read(
    {
      summary: 'List BLoC-resolved mentor states for org dashboard',
      description: 'Every mentor, cached or not, with live figures.',
      query: mentorDetailListQuery,
      response: mentorDetailList,
    },
    (db, call, { query }) => listMentorDetails(db, call, query),
  ),
  POST: write(
    {
      summary: 'Dispatch LoadMentorDetail event — returns initial loading state',
      description: 'Answers at once; the work is done in the background.',
      body: loadMentorDetailBody,
      response: loadMentorDetailAnswer,
      status: 202,
      errors: ['mentor_not_found'],
    },
    (tx, call, { body }) => loadMentorDetail(tx, call, body.mentor_id),
  ),
})
