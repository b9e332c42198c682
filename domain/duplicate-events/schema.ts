import { z } from 'zod'
import type { ActivityFields } from '@/domain/activities/schema'
import { mentorId } from '@/domain/mentors/schema'
import { calendarDate, listQuery, listResponse, wireInstant } from '@/lib/wire'
import type { Evidence } from './scoring'
import { RESOLUTIONS, type Resolution, STATES } from './states'

const eventType = z.enum(['check', 'merge'])
const state = z.enum(STATES)
export const activityTypeId = z.string().min(1).max(100)
const checkId = z.string().regex(/^dc-\d{1,15}$/, 'Expected the id of a check, such as dc-7846')
export const activityId = z
  .string()
  .regex(/^act_[0-9A-HJKMNP-TV-Z]{8}$/, 'Expected the id of an activity, such as act_7Q2M4XKD')

/** `evt-5503` */
export const eventId = z.string().regex(/^evt-\d{1,15}$/, 'Expected the id of an event, such as evt-5503')
export const eventParams = z.object({ id: eventId })

/** What the mentor wrote down. Keys that are not listed are kept and shown. */
export const draftActivity = z
  .looseObject({
    title: z.string().max(300).nullish(),
    duration_minutes: z.number().positive('Expected a duration of more than 0 minutes').max(100_000).nullish(),
    location: z.string().max(300).nullish(),
    starts_at: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Expected a time of day, such as 17:30')
      .nullish(),
    participant_count: z.int().min(0).max(1_000_000).nullish(),
    notes: z.string().max(5000).nullish(),
  })
  .meta({ examples: [{ title: 'Group Facilitation', duration_minutes: 90, location: 'Community Hall' }] })
export type DraftActivity = z.output<typeof draftActivity>

const dispatchKeys = { peer_id: mentorId, activity_type_id: activityTypeId, date: calendarDate }

export const dispatchBody = z.discriminatedUnion('event_type', [
  z.object({ event_type: z.literal('check'), ...dispatchKeys, draft_activity: draftActivity }),
  z.object({
    event_type: z.literal('merge'),
    ...dispatchKeys,
    draft_activity: draftActivity.nullish(),
    duplicate_check_id: checkId.nullish(),
  }),
])
export type DispatchBody = z.output<typeof dispatchBody>

const decision = z.object({
  resolution: z.enum(RESOLUTIONS).optional(),
  candidate_id: activityId.optional().meta({ description: 'Which activity it duplicates; by default the surest.' }),
  review_version: z.int().min(0).optional().meta({
    description:
      'What was previewed; 409 when it has moved on. With the state before: the decision that is taken back; 409 when another stands.',
  }),
  field_choices: z
    .record(z.string().max(200), z.enum(['draft', 'activity']))
    .optional()
    .meta({ description: "Per field whose value survives; by default the activity's, blanks filled from the draft." }),
})
/** What a coordinator decided about a duplicate. */
export type Decision = z.output<typeof decision>

export const updateBody = decision
  .extend({
    state: state.optional(),
    annotation: z.string().max(2000).nullable().optional(),
  })
  .refine(
    (body) => body.state !== undefined || body.annotation !== undefined,
    'Expected at least one of state, annotation',
  )
  .superRefine((body, context) => {
    for (const key of ['resolution', 'candidate_id', 'field_choices'] as const) {
      if (body[key] !== undefined && body.state !== 'resolved') {
        context.addIssue({ code: 'custom', path: [key], message: `${key} goes with state resolved only` })
      }
    }
    if (body.review_version !== undefined && (body.state === undefined || body.state === 'checking')) {
      context.addIssue({
        code: 'custom',
        path: ['review_version'],
        message: 'review_version goes with a decision, or with taking one back',
      })
    }
    if (body.field_choices && (body.resolution === 'keep_both' || body.resolution === 'discard_draft')) {
      context.addIssue({ code: 'custom', path: ['field_choices'], message: 'Fields are chosen in a merge only' })
    }
  })
export type UpdateBody = z.output<typeof updateBody>

const listItem = z.strictObject({
  id: z.string(),
  event_type: eventType,
  peer_id: mentorId,
  activity_type_id: z.string(),
  date: calendarDate,
  dispatched_at: wireInstant,
  state,
})
export type DuplicateListItem = z.output<typeof listItem>
export const duplicateEventList = listResponse(listItem)

export const duplicateEvent = z.strictObject({
  id: z.string(),
  event_type: eventType,
  peer_id: mentorId,
  activity_type_id: z.string(),
  date: calendarDate,
  draft_activity: z.record(z.string(), z.unknown()).nullable(),
  dispatched_at: wireInstant,
  state,
  duplicate_check_id: z.string().nullable(),
  annotation: z.string().optional().meta({ description: 'Once set.' }),
  last_updated_at: wireInstant.optional().meta({ description: 'Once set.' }),
  error: z.string().optional().meta({ description: 'While the state is failed: what went wrong and what to do.' }),
})
export type DuplicateEvent = z.output<typeof duplicateEvent>

export const dispatchedEvent = z.strictObject({
  ...listItem.shape,
  duplicate_check_id: z.string().nullable(),
  error: z.string().optional().meta({ description: 'While the state is failed: what went wrong and what to do.' }),
})
export type DispatchedEvent = z.output<typeof dispatchedEvent>

export const updatedEvent = z.strictObject({
  id: z.string(),
  event_type: eventType,
  state,
  annotation: z.string().nullable(),
  last_updated_at: wireInstant.nullable(),
  error: z.string().optional().meta({ description: 'While the state is failed: what went wrong and what to do.' }),
})
export type UpdatedEvent = z.output<typeof updatedEvent>

export const cancelledEvent = z.strictObject({ message: z.string() })

export const duplicateListQuery = z.object({
  ...listQuery(['dispatched_at', 'date'], 'dispatched_at'),
  state: state.optional(),
  event_type: eventType.optional(),
  peer_id: mentorId.optional(),
  activity_type_id: activityTypeId.optional(),
  date_from: calendarDate.optional().meta({ description: 'That day included.' }),
  date_to: calendarDate.optional().meta({ description: 'That day included.' }),
})
export type DuplicateListQuery = z.output<typeof duplicateListQuery>

/** A candidate as a screen shows it: a kept activity (`activity_id`), or a draft that waits itself (`event_id`). */
export interface ReviewCandidate {
  readonly activity_id: string | null
  readonly event_id: string | null
  readonly mentor_id: string
  readonly mentor_name: string
  readonly co_leaders: readonly string[]
  readonly fields: ActivityFields
  readonly probability: number
  readonly evidence: readonly Evidence[]
  /** Names of the fields in which draft and candidate differ. */
  readonly differing: readonly string[]
  /** What can be decided about the draft and this candidate. */
  readonly allowed: readonly Resolution[]
}
