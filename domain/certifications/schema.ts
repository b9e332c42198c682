import { z } from 'zod'
import { mentorId } from '@/domain/mentors/schema'
import {
  calendarDate,
  instantInput,
  listQuery,
  listResponse,
  queryBoolean,
  queryInteger,
  wireInstant,
} from '@/lib/wire'

export const certificationStatus = z.enum(['valid', 'expired', 'revoked'])
export type CertificationStatus = z.output<typeof certificationStatus>

export const certificationId = z.string().meta({ examples: ['cert_04QR8TZ2'] })

/** The catalogue of types lives elsewhere: any name is taken. */
export const certificationType = z
  .string()
  .trim()
  .min(1, 'Expected 1 to 100 characters')
  .max(100, 'Expected 1 to 100 characters')
  .meta({ examples: ['peer_mentor_basic'] })

export const certificationParams = z.object({
  id: z
    .string()
    .regex(/^cert_[0-9A-HJKMNP-TV-Z]{8}$/)
    .meta({ examples: ['cert_04QR8TZ2'] }),
})

export const listCertificationsQuery = z.object({
  ...listQuery(['created_at', 'issued_at', 'expires_at'], '-created_at'),
  mentor_id: mentorId.optional(),
  status: certificationStatus.optional(),
  certification_type: certificationType.optional(),
  expires_after: instantInput.optional().meta({ description: 'Later than this moment.' }),
  expires_before: instantInput.optional().meta({ description: 'Earlier than this moment.' }),
  expiring_within_days: queryInteger(0, 3650).optional().meta({
    description:
      'Current certifications that have not expired and will within this many calendar days in the zone of the organisation; today is 0.',
  }),
  current: queryBoolean.optional().meta({ description: 'The latest of its type that is not revoked, or the history.' }),
  auto_pause_applied: queryBoolean.optional(),
})
export type ListCertificationsQuery = z.output<typeof listCertificationsQuery>

const listed = {
  certification_id: certificationId,
  mentor_id: mentorId,
  certification_type: z.string(),
  issued_at: wireInstant,
  expires_at: wireInstant,
  status: certificationStatus,
  auto_pause_applied: z.boolean(),
}

export const certificationItem = z.strictObject(listed)
export type CertificationItem = z.output<typeof certificationItem>
export const certificationList = listResponse(certificationItem)

export const certificationRecord = z.strictObject({ ...listed, auto_pause_applied_at: wireInstant.nullable() })
export type CertificationRecord = z.output<typeof certificationRecord>

export const postCertificationBody = z
  .object({
    mentor_id: mentorId,
    certification_type: certificationType,
    issued_at: instantInput,
    expires_at: instantInput,
  })
  .refine((body) => body.expires_at > body.issued_at, {
    path: ['expires_at'],
    message: 'A certification expires after it was issued: expires_at has to be later than issued_at',
  })
export type PostCertificationBody = z.output<typeof postCertificationBody>

export const postedCertification = z.strictObject({ ...listed, created_at: wireInstant })
export type PostedCertification = z.output<typeof postedCertification>

export const putCertificationBody = z
  .object({
    issued_at: instantInput.optional(),
    expires_at: instantInput.optional(),
    certification_type: certificationType.optional(),
    status: certificationStatus.optional(),
  })
  .refine(
    (body) => Object.values(body).some((value) => value !== undefined),
    'Expected at least one of issued_at, expires_at, certification_type, status',
  )
export type PutCertificationBody = z.output<typeof putCertificationBody>

export const putCertification = z.strictObject({
  certification_id: certificationId,
  expires_at: wireInstant,
  status: certificationStatus,
  updated_at: wireInstant,
})
export type PutCertification = z.output<typeof putCertification>

export const deletedCertification = z.strictObject({
  certification_id: certificationId,
  deleted: z.literal(true),
  deleted_at: wireInstant,
})
export type DeletedCertification = z.output<typeof deletedCertification>

const snoozeReason = z
  .string()
  .trim()
  .min(1, 'Expected 1 to 500 characters')
  .max(500, 'Expected 1 to 500 characters')
  .meta({ description: 'Why the warning can wait.', examples: ['Is booked on the renewal course in May'] })
const snoozeOwner = z
  .string()
  .trim()
  .min(1, 'Expected 1 to 200 characters')
  .max(200, 'Expected 1 to 200 characters')
  .meta({ description: 'Who follows it up.', examples: ['Kari Nordmann'] })
const snoozeUntil = calendarDate.meta({
  description: 'The first day, in the zone of the organisation, on which the warning is back.',
})

export const putSnoozeBody = z.object({
  until: snoozeUntil.meta({
    description:
      'The first day, in the zone of the organisation, on which the warning is back: from tomorrow to a year ahead.',
  }),
  reason: snoozeReason,
  owner: snoozeOwner,
})
export type PutSnoozeBody = z.output<typeof putSnoozeBody>

export const snoozeRecord = z.strictObject({
  certification_id: certificationId,
  mentor_id: mentorId,
  until: snoozeUntil,
  reason: z.string(),
  owner: z.string(),
  expires_at: wireInstant.meta({ description: 'The expiry that is warned of; another one ends the snooze.' }),
  created_at: wireInstant,
  created_by: z.string(),
})
export type SnoozeRecord = z.output<typeof snoozeRecord>

export const endedSnooze = z.strictObject({
  certification_id: certificationId,
  ended: z.literal(true),
  ended_at: wireInstant,
})
export type EndedSnooze = z.output<typeof endedSnooze>

/** How many certifications one request may renew. */
export const MAX_RENEWALS = 500

export const postRenewalsBody = z.object({
  renewals: z
    .array(
      z.object({
        certification_id: z
          .string()
          .max(100)
          .meta({ examples: ['cert_04QR8TZ2'] }),
        version: z
          .int()
          .min(1)
          .meta({ description: 'As it was read; one that has been changed since is refused.', examples: [1] }),
        expires_at: instantInput,
        issued_at: instantInput.optional(),
      }),
    )
    .min(1, 'Expected 1 to 500 renewals')
    .max(MAX_RENEWALS, 'Expected 1 to 500 renewals')
    .refine(
      (renewals) => new Set(renewals.map((one) => one.certification_id)).size === renewals.length,
      'Expected each certification once',
    ),
})
export type PostRenewalsBody = z.output<typeof postRenewalsBody>

export const renewalResult = z.strictObject({
  certification_id: z.string(),
  outcome: z.enum(['done', 'unchanged', 'refused']).meta({
    description: '`unchanged` has these dates already; `refused` says why, and nothing of it was stored.',
  }),
  code: z.string().optional(),
  detail: z.string().optional(),
  expires_at: wireInstant.optional(),
  version: z.int().optional(),
})
export type RenewalResult = z.output<typeof renewalResult>

export const renewalResults = z.strictObject({
  results: z.array(renewalResult).meta({ description: 'One for each renewal, in the order in which they were sent.' }),
})
export type RenewalResults = z.output<typeof renewalResults>
