import { selectMentors } from '@/domain/mentors/queries'
import { mentorSelection, mentorSelectionQuery } from '@/domain/mentors/schema'
import { read, resource } from '@/lib/http/endpoint'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: read(
    {
      summary: 'List the mentors that matched when a view was read',
      description: 'Those of whom nothing that the filters ask for has been changed since; at most 10,000.',
      query: mentorSelectionQuery,
      response: mentorSelection,
      errors: ['list_outdated'],
    },
    async (db, call, { query }) => ({ body: await selectMentors(db, call, query) }),
  ),
})
