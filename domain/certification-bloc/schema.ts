import { z } from 'zod'
import { certificationType } from '@/domain/certifications/schema'
import { mentorId, phoneClock } from '@/domain/mentors/schema'
import { parseInstant } from '@/lib/instant'
import { listQuery, listResponse, queryInteger, wireInstant } from '@/lib/wire'

export const blocEventType = z.enum(['LoadCertificationEvent', 'EnrolInCourseEvent', 'RecordRenewalEvent'])
export type BlocEventType = z.output<typeof blocEventType>

export const certStatus = z.enum(['active', 'expired', 'revoked', 'none']).meta({
  description: '`revoked`: all certifications of the mentor are. `none`: there is none.',
})
export type CertStatus = z.output<typeof certStatus>

export const blocEventId = z.string().meta({ examples: ['evt-bloc-0091'] })
const courseId = z
  .string()
  .min(1)
  .max(200)
  .meta({ examples: ['course-cert-renewal-101'] })
const courseIds = z.array(z.string()).meta({ description: 'Each course once, in the order of first enrolment.' })

export const blocMentorParams = z.object({ mentorId })
// the number has four digits at least and no zeros in front beyond that: one event has one address
export const blocEventParams = z.object({ id: z.string().regex(/^evt-bloc-(?:\d{4}|[1-9]\d{4,14})$/) })

export const listBlocEntriesQuery = z.object({
  ...listQuery(['mentor_id', 'expires_at'], 'mentor_id'),
  cert_status: certStatus.optional(),
  mentor_id: mentorId.optional(),
  course_id: courseId.optional().meta({ description: 'Mentors enrolled in this course.' }),
})
export type ListBlocEntriesQuery = z.output<typeof listBlocEntriesQuery>

export const blocEntry = z.strictObject({
  id: z.string().meta({ examples: ['bloc-mentor-42'] }),
  mentor_id: mentorId,
  cert_status: certStatus,
  enrolled_course_ids: courseIds,
  last_event: blocEventType.nullable(),
  last_event_at: wireInstant.nullable(),
})
export type BlocEntry = z.output<typeof blocEntry>

export const blocEntryList = listResponse(blocEntry)

export const blocSnapshotQuery = z.object({
  history_limit: queryInteger(1, 1000).default(100).meta({ description: 'How many of the last events to show.' }),
})

export const blocSnapshot = z.strictObject({
  mentor_id: mentorId,
  cert_status: certStatus,
  cert_type: z.string().nullable().meta({ description: 'Of the current certification with the latest expiry.' }),
  issued_at: wireInstant.nullable(),
  expires_at: wireInstant.nullable(),
  enrolled_course_ids: courseIds,
  event_history: z
    .array(z.strictObject({ event: blocEventType, fired_at: wireInstant }))
    .meta({ description: 'Oldest first.' }),
})
export type BlocSnapshot = z.output<typeof blocSnapshot>

// checked and not transformed: a payload is kept and shown as it was sent
const payloadInstant = z
  .string()
  .max(64)
  .refine((text) => parseInstant(text) !== null, 'Expected a time with an offset, such as 2027-03-01T00:00:00Z')
  .nullable()
  .optional()
  .meta({ override: { type: ['string', 'null'], format: 'date-time' }, examples: ['2027-03-01T00:00:00Z'] })

const renewalPayload = z
  .looseObject({
    certification_type: certificationType
      .nullable()
      .optional()
      .meta({ description: 'Without it the current certification with the latest expiry is renewed.' }),
    issued_at: payloadInstant,
    expires_at: payloadInstant,
  })
  .refine(
    ({ issued_at, expires_at }) =>
      !issued_at || !expires_at || (parseInstant(issued_at) ?? '') < (parseInstant(expires_at) ?? ''),
    { path: ['expires_at'], message: 'A certification expires after it was issued' },
  )

export const postBlocEventBody = z.discriminatedUnion('event_type', [
  z.object({
    mentor_id: mentorId,
    event_type: z.literal('LoadCertificationEvent'),
    payload: z.looseObject({}).nullable().optional(),
  }),
  z.object({
    mentor_id: mentorId,
    event_type: z.literal('EnrolInCourseEvent'),
    payload: z.looseObject({ course_id: courseId }),
  }),
  z.object({
    mentor_id: mentorId,
    event_type: z.literal('RecordRenewalEvent'),
    payload: renewalPayload,
  }),
])
export type PostBlocEventBody = z.output<typeof postBlocEventBody>

const payload = z.record(z.string(), z.unknown()).nullable()
const whyNotProcessed = z
  .string()
  .optional()
  .meta({ description: 'Only when not processed: what stands in the way, for a retry.' })

export const postedBlocEvent = z.strictObject({
  id: blocEventId,
  mentor_id: mentorId,
  event_type: blocEventType,
  payload,
  processed: z.boolean(),
  new_state: z.strictObject({ cert_status: certStatus, enrolled_course_ids: courseIds }),
  created_at: wireInstant,
  error: whyNotProcessed,
})
export type PostedBlocEvent = z.output<typeof postedBlocEvent>

export const putBlocEventBody = z.object({
  retry: z.literal(true, 'Expected true: nothing else can be done with an event'),
})

export const retriedBlocEvent = z.strictObject({
  id: blocEventId,
  retried: z.literal(true),
  processed: z.boolean(),
  updated_at: wireInstant,
  error: whyNotProcessed,
})
export type RetriedBlocEvent = z.output<typeof retriedBlocEvent>

export const deletedBlocEvent = z.strictObject({ deleted: z.literal(true), id: blocEventId })
export type DeletedBlocEvent = z.output<typeof deletedBlocEvent>

/** Only of an event that came out of a phone's queue. */
const queuedEvent = {
  client_event_id: z.string().optional().meta({ description: 'Only of an event of a batch.' }),
  client_timestamp: wireInstant
    .optional()
    .meta({ description: 'When it happened, by the phone; only where it said so.' }),
  ...phoneClock,
}

/** One event whole: what the contract's answers leave out. */
export const blocEventDetail = z.strictObject({
  id: blocEventId,
  mentor_id: mentorId,
  event_type: blocEventType,
  payload,
  processed: z.boolean(),
  error: z.string().nullable(),
  applied: z
    .strictObject({
      certification_id: z.string(),
      certification_type: z.string(),
      issued_at: wireInstant,
      expires_at: wireInstant,
    })
    .nullable()
    .meta({ description: 'What a renewal was fixed to when it was applied.' }),
  ...queuedEvent,
  created_at: wireInstant,
  updated_at: wireInstant,
})
export type BlocEventDetail = z.output<typeof blocEventDetail>
