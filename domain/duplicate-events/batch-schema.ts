import { z } from 'zod'
import { mentorId } from '@/domain/mentors/schema'
import { wireInstant } from '@/lib/wire'
import { activityId, eventId } from './schema'
import { RESOLUTIONS } from './states'

const resolution = z.enum(RESOLUTIONS)
export const batchId = z.string().regex(/^bat_[0-9A-HJKMNP-TV-Z]{8}$/, 'Expected the id of a batch')
export const batchParams = z.object({ batch_id: batchId })

/** Decisions to be planned together, at most 500; each draft once. */
export const planBatchBody = z.object({
  decisions: z
    .array(
      z.object({
        id: eventId,
        review_version: z.int().min(0).meta({ description: 'What was seen; the row is refused when it has moved on.' }),
        resolution: resolution
          .optional()
          .meta({ description: 'By default one mentor’s pair is merged; a pair of two mentors has no default.' }),
        candidate_id: activityId.optional().meta({ description: 'By default the surest.' }),
      }),
    )
    .min(1)
    .max(500)
    .superRefine((decisions, context) => {
      const seen = new Set<string>()
      for (const [place, { id }] of decisions.entries()) {
        if (seen.has(id)) context.addIssue({ code: 'custom', path: [place, 'id'], message: 'Each draft comes once' })
        seen.add(id)
      }
    }),
})
export type PlanBatchBody = z.output<typeof planBatchBody>

const batchItem = z.strictObject({
  id: eventId,
  mentor_id: mentorId,
  mentor_name: z.string(),
  title: z.string().nullable(),
  date: z.string(),
  resolution,
  candidate_id: activityId.nullable(),
  plan: z
    .strictObject({
      filled: z.array(z.string()),
      replaced: z.array(z.string()),
      dropped: z.array(z.string()).meta({ description: 'Fields of the draft whose value will stand in no activity.' }),
      countable_change: z.int(),
    })
    .nullable()
    .meta({ description: 'Names of the fields that carrying it out touches; null where it was refused when planned.' }),
  outcome: z.enum(['planned', 'refused', 'done', 'undone', 'undo_refused']),
  code: z.string().nullable(),
  detail: z.string().nullable(),
  countable_change: z
    .int()
    .nullable()
    .meta({ description: 'As planned, and once it is done as its receipt says; null where nothing is, or stands.' }),
  receipt_id: z.string().nullable(),
})
export type BatchItem = z.output<typeof batchItem>

/** A batch of decisions and where it stands. */
export const duplicateBatch = z.strictObject({
  batch_id: batchId,
  state: z.enum(['planned', 'running', 'done', 'undoing', 'undone']),
  created_by: z.string(),
  created_at: wireInstant,
  run_by: z.string().nullable(),
  run_at: wireInstant.nullable(),
  ended_at: wireInstant.nullable(),
  undone_by: z.string().nullable(),
  undone_at: wireInstant.nullable(),
  counts: z.strictObject({
    planned: z.int(),
    refused: z.int(),
    done: z.int(),
    undone: z.int(),
    undo_refused: z.int(),
  }),
  items: z.array(batchItem),
})
export type DuplicateBatch = z.output<typeof duplicateBatch>
