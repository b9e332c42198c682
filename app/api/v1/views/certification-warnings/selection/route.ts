import { selectExpiryWarnings } from '@/domain/certifications/warning-queries'
import { warningSelection, warningSelectionQuery } from '@/domain/certifications/warning-schema'
import { read, resource } from '@/lib/http/endpoint'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: read(
    {
      summary: 'List the expiry warnings that matched when a view was read',
      description:
        'Those of whose mentors no certification has been written since, snoozed or renewed; at most 10,000, the earliest expiry first.',
      query: warningSelectionQuery,
      response: warningSelection,
      errors: ['list_outdated'],
    },
    (db, call, { query }) => selectExpiryWarnings(db, call, query),
  ),
})
