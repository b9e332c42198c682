import { postCertification } from '@/domain/certifications/commands/record-certification'
import { listCertifications } from '@/domain/certifications/queries'
import {
  certificationList,
  listCertificationsQuery,
  postCertificationBody,
  postedCertification,
} from '@/domain/certifications/schema'
import { read, resource, write } from '@/lib/http/endpoint'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: read(
    {
      summary: 'List mentor certifications with optional filters',
      query: listCertificationsQuery,
      response: certificationList,
    },
    (db, call, { query }) => listCertifications(db, call, query),
  ),
  POST: write(
    {
      summary: 'Record a new certification for a mentor',
      body: postCertificationBody,
      response: postedCertification,
      status: 201,
      errors: ['mentor_not_found'],
    },
    (tx, call, { body }) => postCertification(tx, call, body),
  ),
})
