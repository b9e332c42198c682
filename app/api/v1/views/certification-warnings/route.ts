import { viewExpiryWarnings } from '@/domain/certifications/warning-queries'
import { warningsQuery, warningsView } from '@/domain/certifications/warning-schema'
import { read, resource } from '@/lib/http/endpoint'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: read(
    {
      summary: 'List the expiry warnings',
      description: 'What is snoozed stands in its own window and in no other.',
      query: warningsQuery,
      response: warningsView,
    },
    (db, call, { query }) => viewExpiryWarnings(db, call, query),
  ),
})
