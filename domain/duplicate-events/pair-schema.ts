import { z } from 'zod'
import { mentorId } from '@/domain/mentors/schema'
import { asOf, listQuery, listResponse, wireInstant } from '@/lib/wire'
import { activityFields, evidence, receiptId } from './review-schema'
import { activityId, eventId } from './schema'

export const pairId = z.string().regex(/^dis_[0-9A-HJKMNP-TV-Z]{8}$/, 'Expected the id of a pair')
export const pairParams = z.object({ pair_id: pairId })

const contentVersion = z.int().min(1).meta({ description: 'Names what an activity says.' })

const side = z.strictObject({
  activity_id: activityId,
  mentor_id: mentorId,
  mentor_name: z.string(),
  co_leaders: z.array(mentorId),
  fields: activityFields,
  content_version: contentVersion,
  changed: z
    .array(z.strictObject({ field: z.string(), before: z.unknown(), after: z.unknown() }))
    .meta({ description: 'Since the decision.' }),
})

const returnedPair = z.strictObject({
  pair_id: pairId,
  probability: z.number().min(0).max(1),
  evidence: z.array(evidence),
  decided_by: z.string(),
  decided_at: wireInstant,
  returned_at: wireInstant.meta({ description: 'When one of the two changed, so that they look like one session.' }),
  activities: z.tuple([side, side]),
  differing: z.array(z.string()).meta({ description: 'Names of the fields in which the two differ now.' }),
  reopen: z.strictObject({ event_id: eventId, review_version: z.int() }).nullable().meta({
    description:
      'Taking this decision back makes one of the two a draft again, to be merged with the other; null while the activity that it became has moved on.',
  }),
  moved_on_by: z.array(receiptId).meta({ description: 'Decisions to be taken back first, where `reopen` is null.' }),
})
export type ReturnedPair = z.output<typeof returnedPair>

export const returnedPairsQuery = z.object(listQuery(['returned_at'], '-returned_at'))
export type ReturnedPairsQuery = z.output<typeof returnedPairsQuery>
export const returnedPairsView = z.strictObject({ ...listResponse(returnedPair).shape, as_of: asOf })
export type ReturnedPairsView = z.output<typeof returnedPairsView>

export const confirmPairBody = z.strictObject({
  content_versions: z
    .tuple([contentVersion, contentVersion])
    .meta({ description: 'Of the two as they were seen, in their order; 409 when one has moved on.' }),
})
export type ConfirmPairBody = z.output<typeof confirmPairBody>

export const unconfirmPairQuery = z.object({
  decided_at: wireInstant
    .optional()
    .meta({ description: 'Of the confirmation that is taken back, as its answer told; 409 when another stands.' }),
})
export type UnconfirmPairQuery = z.output<typeof unconfirmPairQuery>

export const decidedPair = z.strictObject({
  pair_id: pairId,
  decided_by: z.string(),
  decided_at: wireInstant,
  returned: z.boolean(),
})
export type DecidedPair = z.output<typeof decidedPair>
