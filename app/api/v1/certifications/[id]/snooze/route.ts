import { endSnooze, snoozeCertification } from '@/domain/certifications/commands/snooze-certification'
import { certificationParams, endedSnooze, putSnoozeBody, snoozeRecord } from '@/domain/certifications/schema'
import { getSnooze } from '@/domain/certifications/snooze-queries'
import { read, resource, write } from '@/lib/http/endpoint'

const shared = { params: certificationParams, notFound: 'certification_not_found' } as const

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: read(
    {
      ...shared,
      summary: 'Get the snooze of a warning',
      response: snoozeRecord,
      errors: ['snooze_not_found'],
    },
    (db, call, { params }) => getSnooze(db, call, params.id),
  ),
  PUT: write(
    {
      ...shared,
      summary: 'Snooze the warning of a certification',
      description:
        'Hides it from the expiry warnings until a day, or until the certification is renewed. It delays no pause and hides nothing else.',
      body: putSnoozeBody,
      response: snoozeRecord,
      errors: ['certification_not_current', 'precondition_failed'],
    },
    (tx, call, { params, body }) => snoozeCertification(tx, call, params.id, body),
  ),
  DELETE: write(
    {
      ...shared,
      summary: 'End the snooze of a warning',
      response: endedSnooze,
      errors: ['snooze_not_found', 'precondition_failed'],
    },
    (tx, call, { params }) => endSnooze(tx, call, params.id),
  ),
})
