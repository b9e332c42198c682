import { z } from 'zod'
import { countableSettings } from '@/domain/activities/countable-schema'
import { mentorId } from '@/domain/mentors/schema'
import { asOf, calendarDate, listQuery, listResponse, queryBoolean, wireInstant } from '@/lib/wire'
import { activityId, activityTypeId, eventId } from './schema'
import { RESOLUTIONS, STATES } from './states'

const resolution = z.enum(RESOLUTIONS)
export const receiptId = z.string().regex(/^rec_[0-9A-HJKMNP-TV-Z]{8}$/, 'Expected the id of a receipt')
export const receiptParams = z.object({ receipt_id: receiptId })

/** What an activity says of itself. */
export const activityFields = z.strictObject({
  activity_type_id: activityTypeId,
  date: calendarDate,
  title: z.string().nullable(),
  duration_minutes: z.number().nullable(),
  location: z.string().nullable(),
  starts_at: z.string().nullable(),
  participant_count: z.int().nullable(),
  notes: z.string().nullable(),
  extra: z.record(z.string(), z.unknown()).meta({ description: 'Keys of the draft that this server does not know.' }),
})

export const evidence = z.strictObject({
  field: z.string(),
  level: z.string().meta({ description: '`missing` where one of the two says nothing: it speaks neither way.' }),
  weight: z.number().meta({ description: 'Bits for (positive) or against (negative) both being one session.' }),
})

const receiptLine = z.strictObject({
  field: z.string(),
  extra: z.literal(true).optional(),
  outcome: z.enum(['same', 'kept', 'filled', 'replaced', 'dropped']),
  draft: z.unknown().optional(),
  activity: z.unknown().optional(),
  merged: z.unknown().optional(),
  erased: z
    .array(z.enum(['activity', 'merged']))
    .optional()
    .meta({ description: 'Sides that are left out: they held what a mentor had written who has been erased since.' }),
})

const countableChange = z
  .int()
  .meta({ description: 'By how much the number of countable activities changes, by the organisation’s own settings.' })

const reviewCandidate = z.strictObject({
  activity_id: activityId.nullable().meta({ description: 'Null where it is a draft that waits itself.' }),
  event_id: eventId.nullable().meta({ description: 'That draft’s event.' }),
  mentor_id: mentorId,
  mentor_name: z.string(),
  co_leaders: z.array(mentorId),
  fields: activityFields,
  countable: z.boolean(),
  probability: z.number().min(0).max(1),
  evidence: z.array(evidence),
  differing: z.array(z.string()).meta({ description: 'Names of the fields in which draft and candidate differ.' }),
  allowed: z.array(resolution).meta({ description: 'What can be decided about the draft and this candidate.' }),
  preview: z
    .strictObject({ fields: activityFields, lines: z.array(receiptLine) })
    .nullable()
    .meta({ description: 'The merge without choices; null where there is nothing to merge into yet.' }),
  countable_change: z
    .partialRecord(resolution, countableChange)
    .meta({ description: 'For each decision allowed; a merge without choices.' }),
  countable_besides: z.array(z.strictObject({ activity_type_id: activityTypeId, date: calendarDate })).meta({
    description: 'Where another activity of the candidate’s mentor counts: a merge that ends up there adds none more.',
  }),
  decided_before: z
    .strictObject({
      decided_by: z.string(),
      decided_at: wireInstant,
      changed: z.array(
        z.strictObject({
          side: z.enum(['draft', 'activity']),
          field: z.string(),
          before: z.unknown(),
          after: z.unknown(),
        }),
      ),
    })
    .nullable()
    .meta({ description: 'Set where the pair was decided to be distinct, and has changed since.' }),
})
export type ReviewCandidate = z.output<typeof reviewCandidate>

const receiptContent = z.strictObject({
  activity_id: activityId.nullable(),
  content_before: z.int().nullable(),
  content_after: z.int().nullable(),
  lines: z.array(receiptLine),
  credited: mentorId.optional(),
  distinct_from: z.array(activityId).optional(),
})

/** What a decision kept, filled, replaced and dropped, with every value. */
export const duplicateReceipt = z.strictObject({
  receipt_id: receiptId,
  event_id: eventId,
  mentor_id: mentorId,
  mentor_name: z.string(),
  other_mentor_id: mentorId.nullable(),
  other_mentor_name: z.string().nullable(),
  resolution,
  title: z.string().nullable().meta({ description: 'The draft’s, to know it again by.' }),
  date: calendarDate,
  probability: z.number().nullable(),
  evidence: z.array(evidence),
  content: receiptContent,
  countable_change: countableChange,
  batch_id: z.string().nullable(),
  decided_by: z.string(),
  decided_at: wireInstant,
  annotation: z.string().nullable(),
  undone_by: z.string().nullable(),
  undone_at: wireInstant.nullable(),
  undoable: z.boolean().meta({ description: 'False where it was taken back, or the activity has moved on since.' }),
  review_version: z
    .int()
    .nullable()
    .meta({ description: 'To be sent when it is taken back, so that no other decision is; null where it was.' }),
})
export type DuplicateReceipt = z.output<typeof duplicateReceipt>

/** Everything that a decision about one event needs. */
export const duplicateReview = z.strictObject({
  id: eventId,
  event_type: z.enum(['check', 'merge']),
  state: z.enum(STATES),
  mentor_id: mentorId,
  mentor_name: z.string(),
  dispatched_at: wireInstant,
  annotation: z.string().nullable(),
  error: z.string().nullable(),
  duplicate_check_id: z.string().nullable(),
  version: z.int(),
  review_version: z.int().meta({ description: 'To be sent with the decision: 409 when what was seen has moved on.' }),
  draft: activityFields,
  draft_countable: z.boolean(),
  countable_rule: countableSettings,
  prior: z.number().meta({ description: 'Bits; with the weights of the evidence it adds up to the log-odds.' }),
  threshold: z.number().meta({ description: 'From this probability on a pair is put before a coordinator.' }),
  candidates: z.array(reviewCandidate).meta({ description: 'Surest first.' }),
  moves: z.array(z.enum(STATES)).meta({ description: 'States that a client may move the event to.' }),
  resolution: z.enum([...RESOLUTIONS, 'reviewed']).nullable(),
  resolved_by: z.string().nullable(),
  resolved_at: wireInstant.nullable(),
  receipts: z.array(duplicateReceipt).meta({ description: 'Latest first; those taken back are kept as well.' }),
  queue: z.strictObject({
    place: z.int().nullable().meta({ description: 'From 1; null for an event that waits for nobody.' }),
    total: z.int(),
    previous: eventId.nullable(),
    next: eventId.nullable(),
  }),
  as_of: asOf,
})
export type DuplicateReview = z.output<typeof duplicateReview>

/** Which drafts a queue holds. */
const queueFilters = {
  mentor_id: mentorId.optional(),
  certain: queryBoolean.optional().meta({
    description:
      'Only those that are surer than 0.99 and of one mentor, and in which place, time or number of participants agrees.',
  }),
}
const queueOrder = listQuery(['probability', 'dispatched_at', 'date'], '-probability')

export const duplicateQueueQuery = z.object({ ...queueFilters, ...queueOrder })
export type DuplicateQueueQuery = z.output<typeof duplicateQueueQuery>

const queueRow = z.strictObject({
  id: eventId,
  mentor_id: mentorId,
  mentor_name: z.string(),
  dispatched_at: wireInstant,
  review_version: z.int(),
  probability: z.number().nullable(),
  draft: activityFields,
  candidate: reviewCandidate
    .pick({
      activity_id: true,
      event_id: true,
      mentor_id: true,
      mentor_name: true,
      co_leaders: true,
      fields: true,
      probability: true,
      evidence: true,
      differing: true,
      allowed: true,
    })
    .nullable()
    .meta({ description: 'The surest; null until the background has looked again for what the draft waited for.' }),
  candidate_count: z.int(),
})
export type DuplicateQueueRow = z.output<typeof queueRow>
export const duplicateQueueView = z.strictObject({ ...listResponse(queueRow).shape, as_of: asOf })
export type DuplicateQueueView = z.output<typeof duplicateQueueView>

export const duplicateQueueSelectionQuery = z.object({ ...queueFilters, sort: queueOrder.sort, as_of: asOf })
export type DuplicateQueueSelectionQuery = z.output<typeof duplicateQueueSelectionQuery>
export const duplicateQueueSelection = z.strictObject({
  data: z.array(
    queueRow.pick({ id: true, review_version: true, mentor_name: true }).extend({
      two_mentors: z
        .boolean()
        .meta({ description: 'The surest candidate is another mentor’s, and not co-led by this one.' }),
    }),
  ),
  left_out: z.int().meta({ description: 'Drafts that match, but came or were changed since, or are too many.' }),
})
export type DuplicateQueueSelection = z.output<typeof duplicateQueueSelection>

/** Decisions, the latest first. */
export const duplicateReceiptsQuery = z.object({
  ...listQuery(['decided_at'], '-decided_at'),
  resolution: resolution.optional(),
  mentor_id: mentorId.optional().meta({ description: 'Whose draft it was.' }),
  batch_id: z.string().max(40).optional(),
})
export type DuplicateReceiptsQuery = z.output<typeof duplicateReceiptsQuery>
export const duplicateReceiptList = listResponse(duplicateReceipt.omit({ evidence: true, content: true }))
export type DuplicateReceiptRow = z.output<typeof duplicateReceiptList>['data'][number]

/** How often each kind of evidence has been right so far, from the decisions that stand. */
export const duplicateEvidenceView = z.strictObject({
  decided: z.int().meta({ description: 'Decisions counted: merged and co-led (one session), kept both (two).' }),
  one_session: z.int(),
  left_out: z.int().meta({ description: 'Drafts discarded: that says nothing about the evidence.' }),
  bands: z
    .array(z.strictObject({ from: z.number(), to: z.number(), decided: z.int(), one_session: z.int() }))
    .meta({ description: 'By the probability that the check had given.' }),
  levels: z.array(
    z.strictObject({
      field: z.string(),
      level: z.string(),
      weight: z
        .number()
        .meta({ description: 'What this server gives it now; null where it is no longer used.' })
        .nullable(),
      decided: z.int(),
      one_session: z.int(),
    }),
  ),
})
export type DuplicateEvidenceView = z.output<typeof duplicateEvidenceView>
