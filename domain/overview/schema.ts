import { z } from 'zod'
import { asOf } from '@/lib/wire'

/** What waits for a coordinator: the numbers beside the screens. */
export const waitingCounts = z.strictObject({
  certifications: z.int().meta({ description: 'Warnings of certifications that expire within 30 days.' }),
  sync_events: z
    .int()
    .meta({ description: 'Events of phones that nobody has acknowledged, not accepted ones included.' }),
  duplicates: z.int().meta({
    description: 'Activities that may have been entered twice, yet to be reviewed, with all that stands below.',
  }),
  changed_pairs: z.int().meta({
    description: 'Of these, pairs of kept activities that were decided to be distinct and have changed since.',
  }),
  failed_events: z.int().meta({ description: 'And checks and merges that could not be carried out.' }),
  as_of: asOf,
})
export type WaitingCounts = z.output<typeof waitingCounts>
