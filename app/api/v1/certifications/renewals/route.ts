import { renewCertifications } from '@/domain/certifications/commands/renew-certifications'
import { postRenewalsBody, renewalResults } from '@/domain/certifications/schema'
import { resource, write } from '@/lib/http/endpoint'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  POST: write(
    {
      summary: 'Renew many certifications',
      description:
        'Each is what `PUT /api/v1/certifications/:id` with `If-Match` and the status `valid` does: a refused one leaves the others alone. Dates that a certification has already are `unchanged`.',
      body: postRenewalsBody,
      response: renewalResults,
      status: 200,
    },
    (tx, call, { body }) => renewCertifications(tx, call, body),
  ),
})
