import type { PlanBatchBody } from '@/domain/duplicate-events/batch-schema'
import type { DuplicateQueueRow } from '@/domain/duplicate-events/review-schema'
import type { Resolution } from '@/domain/duplicate-events/states'

/** As many as the API plans together. */
export const MOST_PLANNED = 500

/** A draft that is to be decided together with others. */
export interface Chosen {
  readonly id: string
  readonly review_version: number
  readonly two_mentors: boolean
}

/** What is to become of the drafts; of pairs of two mentors neither may simply go into the other's. */
export interface BatchChoice {
  readonly resolution: Exclude<Resolution, 'co_led'>
  readonly ofTwo: 'co_led' | 'keep_both' | 'leave'
}

export const FIRST_CHOICE: BatchChoice = { resolution: 'merge', ofTwo: 'leave' }

export function chosenOf({ id, review_version, mentor_id, candidate }: DuplicateQueueRow): Chosen {
  const two_mentors =
    candidate !== null && candidate.mentor_id !== mentor_id && !candidate.co_leaders.includes(mentor_id)
  return { id, review_version, two_mentors }
}

/** The decisions that a choice makes of the drafts, in their order. */
export function decisionsOf(drafts: readonly Chosen[], { resolution, ofTwo }: BatchChoice): PlanBatchBody['decisions'] {
  return drafts.flatMap(({ id, review_version, two_mentors }) => {
    const wanted = two_mentors && resolution !== 'keep_both' ? ofTwo : resolution
    return wanted === 'leave' ? [] : [{ id, review_version, resolution: wanted }]
  })
}
