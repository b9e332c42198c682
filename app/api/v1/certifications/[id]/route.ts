import { deleteCertification } from '@/domain/certifications/commands/delete-certification'
import { updateCertification } from '@/domain/certifications/commands/update-certification'
import { getCertification } from '@/domain/certifications/queries'
import {
  certificationParams,
  certificationRecord,
  deletedCertification,
  putCertification,
  putCertificationBody,
} from '@/domain/certifications/schema'
import { read, resource, write } from '@/lib/http/endpoint'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: read(
    {
      summary: 'Get a specific certification record',
      params: certificationParams,
      response: certificationRecord,
      notFound: 'certification_not_found',
    },
    (db, call, { params }) => getCertification(db, call, params.id),
  ),
  PUT: write(
    {
      summary: 'Update a certification record (e.g. renew expiry date)',
      params: certificationParams,
      body: putCertificationBody,
      response: putCertification,
      notFound: 'certification_not_found',
      errors: ['precondition_failed', 'transition_not_allowed'],
    },
    (tx, call, { params, body }) => updateCertification(tx, call, params.id, body),
  ),
  DELETE: write(
    {
      summary: 'Remove a certification record',
      params: certificationParams,
      response: deletedCertification,
      notFound: 'certification_not_found',
      errors: ['precondition_failed'],
    },
    (tx, call, { params }) => deleteCertification(tx, call, params.id),
  ),
})
