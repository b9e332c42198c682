import { z } from 'zod'
import { mentorId, mentorStatus, phoneClock } from '@/domain/mentors/schema'
import { isStorable } from '@/lib/http/request'
import { instantInput, listQuery, listResponse, wireInstant } from '@/lib/wire'

export const syncEventType = z.enum(['PauseMentorEvent', 'ResumeMentorEvent'])
export type SyncEventType = z.output<typeof syncEventType>

const origin = z.enum(['app', 'server']).meta({
  description: '`app`: a phone, or a coordinator acting for a mentor. `server`: the expiry job or a renewal.',
})
const rejectionReason = z.enum(['superseded'])
export const heldBy = z.enum(['certification_expired'])
export const syncEventId = z.string().meta({ examples: ['evt_XP2KL9RQ'] })
export const words = z.string().max(2000)

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
  ...phoneClock,
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

const BATCH_EVENTS = 500

/** An event of a batch in the form of the single POST, or whatever else stands in its place: that gets its own verdict. */
const batchItem = z.union([
  postSyncEventBody.refine(isStorable).transform((read) => ({ read })),
  z.unknown().transform((unread) => ({ unread })),
])

export const postSyncEventBatchBody = z.object({
  events: z.array(batchItem).min(1).max(BATCH_EVENTS).meta({
    description: 'In the order in which they happened. One that cannot be read is rejected by itself.',
  }),
})
export type PostSyncEventBatchBody = z.output<typeof postSyncEventBatchBody>

export const syncEventVerdict = z.strictObject({
  index: z.int().meta({ description: 'The place in the batch, from 0.' }),
  verdict: z.enum(['applied', 'duplicate', 'superseded', 'rejected']).meta({
    description:
      '`applied`: accepted and stored. `duplicate`: received before, its first outcome is repeated. `superseded`: stored, but a newer event had been accepted. `rejected`: nothing was stored; sending it again changes nothing.',
  }),
  mentor_id: z.string().nullable().meta({ description: 'As it was sent; null where no text was.' }),
  sync_event_id: syncEventId.optional().meta({ description: 'Of the stored event; not for a rejected one.' }),
  resulting_status: mentorStatus.optional(),
  held_by: heldBy.optional(),
  status_changed: z.boolean().optional().meta({
    description: 'Only for an applied event: whether the mentor was active before and is paused now, or the reverse.',
  }),
  hand_pause_changed: z.boolean().optional().meta({
    description:
      'Only for an applied event: whether the pause by hand began or ended by it. False where it was so already.',
  }),
  code: z
    .enum(['invalid_request', 'mentor_not_found'])
    .optional()
    .meta({ description: 'Only for a rejected event: why.' }),
  detail: z.string().optional().meta({
    description:
      'A sentence for the person, in the language of `Accept-Language` (nb or en); none where an event applied as expected.',
  }),
})
export type SyncEventVerdict = z.output<typeof syncEventVerdict>

export const syncEventVerdicts = z.strictObject({
  results: z.array(syncEventVerdict),
  cursor: z.string().meta({
    description: 'A position in the changes no later than this answer, as `Changes-Cursor` on reads.',
  }),
})
export type SyncEventVerdicts = z.output<typeof syncEventVerdicts>
