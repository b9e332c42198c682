import { z } from 'zod'
import { mentorId, mentorStatus } from '@/domain/mentors/schema'
import { listQuery, listResponse, queryInteger, wireInstant } from '@/lib/wire'

export const mentorDetailParams = z.object({ mentor_id: mentorId })

/** `idle`: nothing is cached. */
export const mentorDetailState = z.enum(['idle', 'loading', 'loaded', 'refreshing', 'failed'])
export type MentorDetailState = z.output<typeof mentorDetailState>

export const activityPeriod = z.enum(['week', 'month', 'year'])
export type ActivityPeriod = z.output<typeof activityPeriod>

export const mentorDetailQuery = z.object({
  period: activityPeriod.default('month').meta({
    description: 'The days that `activity_summary` covers, today included: 7, 30 or 365.',
  }),
})

export const activeAssignment = z.strictObject({
  assignment_id: z.string(),
  contact_name: z.string(),
  status: z.enum(['open', 'on_hold']),
})
export type ActiveAssignment = z.output<typeof activeAssignment>

export const mentorDetail = z.strictObject({
  mentor_id: mentorId,
  state: z.literal('loaded').meta({ description: 'A GET never answers half a mentor.' }),
  profile: z.strictObject({
    full_name: z.string(),
    email: z.string().nullable(),
    org_id: z.string(),
    status: mentorStatus,
    is_paused: z.boolean(),
  }),
  certification: z
    .strictObject({
      expiry_date: wireInstant,
      days_until_expiry: z.int().meta({
        description: "Calendar days in the organisation's time zone: 0 on the day itself, negative from the next.",
      }),
      is_within_warning_window: z.boolean(),
    })
    .nullable()
    .meta({ description: 'The current certification with the latest expiry; null without one.' }),
  activity_summary: z.strictObject({
    total_sessions: z.int().meta({ description: 'Activities whose type counts as a session.' }),
    total_activities: z.int(),
    period: activityPeriod,
  }),
  active_assignments: z.array(activeAssignment).meta({ description: 'All that are not closed.' }),
  loaded_at: wireInstant,
})
export type MentorDetail = z.output<typeof mentorDetail>

export const mentorDetailListQuery = z.object({
  ...listQuery(['full_name', 'mentor_id', 'days_until_expiry'], 'full_name'),
  org_id: z.string().max(64).optional(),
  status: mentorStatus.optional(),
  state: mentorDetailState.optional(),
  q: z.string().trim().max(200).optional().meta({
    description: 'Part of a name, an e-mail address or an id, without regard to case or accents.',
  }),
  expiring_within_days: queryInteger(0, 36_500).optional().meta({
    description: 'Those who have not expired and whose days_until_expiry is at most this number; today is 0.',
  }),
})
export type MentorDetailListQuery = z.output<typeof mentorDetailListQuery>

export const mentorDetailListItem = z.strictObject({
  mentor_id: mentorId,
  state: mentorDetailState,
  full_name: z.string(),
  status: mentorStatus,
  open_assignment_count: z.int().meta({ description: 'Assignments that are not closed.' }),
  days_until_expiry: z.int().nullable(),
})
export type MentorDetailListItem = z.output<typeof mentorDetailListItem>

export const mentorDetailList = listResponse(mentorDetailListItem)

export const loadMentorDetailBody = z.object({
  event: z.literal('LoadMentorDetail'),
  // any text may be asked for: what names no mentor is 404, whatever its form
  mentor_id: z
    .string()
    .min(1)
    .max(1000)
    .meta({ examples: ['mentor_a1b2c3'] }),
})

export const loadMentorDetailAnswer = z.strictObject({
  mentor_id: mentorId,
  state: z.literal('loading'),
  dispatched_at: wireInstant,
})

export const refreshMentorDetailBody = z.object({ event: z.literal('RefreshMentorDetail') })

export const refreshMentorDetailAnswer = z.strictObject({
  mentor_id: mentorId,
  state: z.literal('refreshing'),
  previous_loaded_at: wireInstant.nullable().meta({ description: 'Null where nothing was loaded.' }),
  refresh_dispatched_at: wireInstant,
})

export const clearMentorDetailAnswer = z.strictObject({ cleared: z.literal(true), mentor_id: mentorId })
