import { z } from 'zod'
import { mentorId, mentorStatus } from '@/domain/mentors/schema'
import { instantInput, listQuery, listResponse, wireInstant } from '@/lib/wire'

export const syncEventType = z.enum(['PauseMentorEvent', 'ResumeMentorEvent'])
export type SyncEventType = z.output<typeof syncEventType>

const origin = z.enum(['app', 'server']).meta({
  description: '`app`: a phone, or a coordinator acting for a mentor. `server`: the expiry job or a renewal.',
})
const rejectionReason = z.enum(['superseded'])
const heldBy = z.enum(['certification_expired'])
const syncEventId = z.string().meta({ examples: ['evt_XP2KL9RQ'] })
const words = z.string().max(2000)

export const syncEventParams = z.object({ id: z.string().regex(/^evt_[0-9A-Z]{8}$/) })
export const syncMentorParams = z.object({ id: mentorId })

export const listSyncEventsQuery = z.object({
  ...listQuery(['effective_at', 'server_timestamp'], 'effective_at'),
  acknowledged: z
    .enum(['true', 'false', 'all'])
    .default('false')
    .meta({ description: 'Which events: those yet to be acknowledged (the default), those acknowledged, or all.' }),
  mentor_id: mentorId.optional(),
  event_type: syncEventType.optional(),
  origin: origin.optional(),
})
export type ListSyncEventsQuery = z.output<typeof listSyncEventsQuery>

export const syncEventItem = z.strictObject({
  sync_event_id: syncEventId,
  mentor_id: mentorId,
  event_type: syncEventType,
  resulting_status: mentorStatus,
  server_timestamp: wireInstant,
  acknowledged: z.boolean(),
})
export type SyncEventItem = z.output<typeof syncEventItem>

export const syncEventList = listResponse(syncEventItem)

export const statusSnapshot = z.strictObject({
  mentor_id: mentorId,
  status: mentorStatus,
  is_eligible_for_assignment: z.boolean().meta({
    description: 'Active, not lapsed, and holding at least one valid certification at this moment.',
  }),
  last_updated: wireInstant.meta({ description: 'Server time of the last change of status or accepted event.' }),
  pending_events: z.array(syncEventItem),
})
export type StatusSnapshot = z.output<typeof statusSnapshot>

export const postSyncEventBody = z.object({
  event_type: syncEventType,
  mentor_id: mentorId,
  reason: words.nullable().optional(),
  client_timestamp: instantInput.nullable().optional().meta({
    description:
      'When it happened, by the phone. Without it the server’s time counts and a resend cannot be told from a new event.',
  }),
})
export type PostSyncEventBody = z.output<typeof postSyncEventBody>

export const postedSyncEvent = z.strictObject({
  sync_event_id: syncEventId,
  mentor_id: mentorId,
  event_type: syncEventType,
  accepted: z.boolean(),
  resulting_status: mentorStatus,
  server_timestamp: wireInstant,
  created_at: wireInstant,
  rejection_reason: rejectionReason
    .optional()
    .meta({ description: 'Only when not accepted: a newer event had already been accepted.' }),
  held_by: heldBy.optional().meta({ description: 'Only for an accepted resume that leaves the mentor paused: why.' }),
})
export type PostedSyncEvent = z.output<typeof postedSyncEvent>

export const putSyncEventBody = z
  .object({
    acknowledged: z.boolean().optional(),
    reason: words.nullable().optional().meta({ description: 'The coordinator’s note; null removes it.' }),
  })
  .refine(
    (body) => body.acknowledged !== undefined || body.reason !== undefined,
    'Expected at least one of acknowledged, reason',
  )
export type PutSyncEventBody = z.output<typeof putSyncEventBody>

export const changedSyncEvent = z.strictObject({
  sync_event_id: syncEventId,
  acknowledged: z.boolean(),
  reason: z
    .string()
    .nullable()
    .meta({ description: 'The coordinator’s note, else the mentor’s own words, else null.' }),
  updated_at: wireInstant,
})
export type ChangedSyncEvent = z.output<typeof changedSyncEvent>

export const deletedSyncEvent = z.strictObject({
  sync_event_id: syncEventId,
  deleted: z.literal(true),
  deleted_at: wireInstant,
})
export type DeletedSyncEvent = z.output<typeof deletedSyncEvent>

/** One event whole: what the contract's answers leave out. */
export const syncEventDetail = z.strictObject({
  sync_event_id: syncEventId,
  mentor_id: mentorId,
  event_type: syncEventType,
  origin,
  accepted: z.boolean(),
  rejection_reason: rejectionReason.nullable(),
  superseded_by_event_of: wireInstant
    .nullable()
    .meta({ description: 'Effective time of the newer event that had been accepted before.' }),
  resulting_status: mentorStatus,
  held_by: heldBy.nullable(),
  reason: z.string().nullable().meta({ description: 'The mentor’s own words.' }),
  note: z.string().nullable().meta({ description: 'The coordinator’s note.' }),
  client_timestamp: wireInstant.nullable(),
  effective_at: wireInstant,
  server_timestamp: wireInstant,
  skew_seconds: z.number().nullable().meta({
    description:
      'Client time less server time: positive when the phone’s clock is ahead, negative when the event is late.',
  }),
  acknowledged: z.boolean(),
  acknowledged_at: wireInstant.nullable(),
  acknowledged_by: z.string().nullable(),
  created_at: wireInstant,
  updated_at: wireInstant,
})
export type SyncEventDetail = z.output<typeof syncEventDetail>
