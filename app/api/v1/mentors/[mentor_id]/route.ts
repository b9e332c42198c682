import { putMentorProfile } from '@/domain/mentors/commands'
import { getMentorProfile } from '@/domain/mentors/queries'
import { mentorParams, mentorProfile, putMentorBody } from '@/domain/mentors/schema'
import { read, resource, write } from '@/lib/http/endpoint'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: read(
    {
      summary: "Get a mentor's profile",
      params: mentorParams,
      response: mentorProfile,
      notFound: 'mentor_not_found',
    },
    (db, call, { params }) => getMentorProfile(db, call, params.mentor_id),
  ),
  PUT: write(
    {
      summary: "Create a mentor or complete a mentor's profile",
      description: 'A name ends `incomplete`. What is left out stays as it is; `email: null` removes the address.',
      params: mentorParams,
      body: putMentorBody,
      response: mentorProfile,
      notFound: 'mentor_not_found',
      errors: ['precondition_failed'],
    },
    (tx, call, { params, body }) => putMentorProfile(tx, call, params.mentor_id, body),
  ),
})
