import { listMentors } from '@/domain/mentors/queries'
import { mentorListQuery, mentorsView } from '@/domain/mentors/schema'
import { read, resource } from '@/lib/http/endpoint'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: read(
    {
      summary: 'List mentors with certification, assignments and sessions',
      query: mentorListQuery,
      response: mentorsView,
    },
    async (db, call, { query }) => ({ body: await listMentors(db, call, query) }),
  ),
})
