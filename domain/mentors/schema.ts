import { z } from 'zod'
import { asOf, listQuery, listResponse, queryInteger, wireInstant } from '@/lib/wire'

/** Mentor ids come from outside in several shapes. */
export const mentorId = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,64}$/, 'Expected 1 to 64 characters of A-Z, a-z, 0-9, dot, underscore and hyphen')
  .refine((id) => id !== '.' && id !== '..' && id !== 'events', 'This id is reserved')
  .meta({ examples: ['mntr_01HX4V2K8P'] })

export const mentorParams = z.object({ mentor_id: mentorId })

export const mentorStatus = z.enum(['active', 'paused'])
export type MentorStatus = z.output<typeof mentorStatus>

/** The two causes of a pause: the mentor or a coordinator, and the expiry job. `status` is paused while either holds. */
export const pauseCause = z.enum(['by_hand', 'by_certification'])
export type PauseCause = z.output<typeof pauseCause>

export const mentorProfile = z.strictObject({
  mentor_id: mentorId,
  full_name: z.string(),
  email: z.string().nullable(),
  org_id: z.string(),
  incomplete: z.boolean().meta({ description: 'Registered by an event before anybody gave a name.' }),
})
export type MentorProfile = z.output<typeof mentorProfile>

export const putMentorBody = z
  .object({
    full_name: z.string().trim().min(1).max(200).optional(),
    email: z.email().max(254).nullable().optional(),
    org_id: z.string().max(64).optional(),
  })
  .refine(
    (body) => Object.values(body).some((value) => value !== undefined),
    'Expected at least one of full_name, email, org_id',
  )
export type PutMentorBody = z.output<typeof putMentorBody>

/** A certification as the coordinators see it: `expiring` is a valid one within the organisation's warning window. */
export const certificationState = z.enum(['valid', 'expiring', 'expired', 'none'])
export type CertificationState = z.output<typeof certificationState>

const filters = {
  q: z.string().trim().max(200).optional().meta({
    description: 'Part of a name, an e-mail address or an id, without regard to case and accents.',
  }),
  status: mentorStatus.optional(),
  certification: certificationState.optional().meta({
    description: 'Of the current certification with the latest expiry; `expiring` lies within the warning window.',
  }),
  expiring_within_days: queryInteger(0, 36_500)
    .optional()
    .meta({ description: 'Calendar days in the organisation’s zone; who has expired already is left out.' }),
}

/** The mentors' screen: its address holds the view. */
export const mentorListQuery = z.object({
  ...listQuery(['full_name', 'mentor_id', 'expires_at'], 'full_name'),
  ...filters,
})
export type MentorListQuery = z.output<typeof mentorListQuery>

/** What goes into a file: the view, or of its mentors those that are named. */
export const mentorExportQuery = mentorListQuery.omit({ page: true, limit: true }).extend({
  ids: z
    .string()
    .max(6500)
    .transform((text) => text.split(','))
    .pipe(z.array(mentorId).max(100))
    .optional(),
  as_of: asOf.optional(),
})
export type MentorExportQuery = z.output<typeof mentorExportQuery>

export const mentorListItem = z.strictObject({
  mentor_id: mentorId,
  full_name: z.string(),
  email: z.string().nullable(),
  incomplete: z.boolean(),
  status: mentorStatus,
  causes: z.array(pauseCause),
  certification: z
    .strictObject({
      certification_type: z.string(),
      expires_at: wireInstant,
      days_left: z.int().meta({ description: 'Calendar days until it expires, 0 on the day itself.' }),
      state: certificationState.exclude(['none']),
    })
    .nullable()
    .meta({ description: 'The current one with the latest expiry.' }),
  open_assignments: z.int(),
  sessions_30_days: z.int(),
  last_heard_at: wireInstant.nullable(),
})
/** One row of the mentors' screen. */
export type MentorListItem = z.output<typeof mentorListItem>

export const mentorsView = z.strictObject({ ...listResponse(mentorListItem).shape, as_of: asOf })
export type MentorsView = z.output<typeof mentorsView>

export const mentorSelectionQuery = z.object({ sort: mentorListQuery.shape.sort, ...filters, as_of: asOf })
export type MentorSelectionQuery = z.output<typeof mentorSelectionQuery>

export const mentorSelection = z.strictObject({
  data: z.array(z.strictObject({ mentor_id: mentorId, full_name: z.string(), status: mentorStatus })),
  left_out: z.int().meta({
    description: 'How many match that came or were changed since the view was read, or are too many.',
  }),
})
export type MentorSelection = z.output<typeof mentorSelection>

/** Only of an event whose phone told its own time and was wrong. */
export const phoneClock = {
  client_clock: wireInstant.optional().meta({
    description: 'What the phone’s clock said when it sent the event; only where it was wrong.',
  }),
  clock_ahead_seconds: z.number().optional().meta({
    description: 'By how much it was ahead of the server’s, negative when behind; only where it was wrong.',
  }),
  corrected_timestamp: wireInstant.optional().meta({
    description: 'The client time without that; only where the clock was wrong.',
  }),
}
