import { search } from '@/domain/search/queries'
import { searchQuery, searchResults } from '@/domain/search/schema'
import { read, resource } from '@/lib/http/endpoint'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: read(
    {
      summary: 'Search mentors, certifications and events',
      description: 'For a search box: the best of each kind, and whether there is more.',
      query: searchQuery,
      response: searchResults,
    },
    (db, call, { query }) => search(db, call, query),
  ),
})
