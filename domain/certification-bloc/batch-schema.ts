import { z } from 'zod'
import { isStorable } from '@/lib/http/request'
import { instantInput } from '@/lib/wire'
import { blocEventId, postBlocEventBody } from './schema'

const BATCH_EVENTS = 500

const queued = {
  client_event_id: z
    .string()
    .min(1)
    .max(200)
    .meta({
      description:
        'The phone’s own name for the event, one for each event of a mentor; a UUID, say. Kept as long as the event.',
      examples: ['5f0c2c5e-6d3b-4f0e-9c3a-0d7f6a1b2c3d'],
    }),
  client_timestamp: instantInput.nullable().optional().meta({
    description: 'When it happened, by the phone. Without it the server’s time counts, and nothing is superseded.',
  }),
}

const [loadEvent, enrolEvent, renewalEvent] = postBlocEventBody.options
export const blocBatchEvent = z.discriminatedUnion('event_type', [
  loadEvent.extend(queued),
  enrolEvent.extend(queued),
  renewalEvent.extend(queued),
])
export type BlocBatchEvent = z.output<typeof blocBatchEvent>

/** The keys that an event of a batch may have. */
export const BLOC_BATCH_KEYS: readonly string[] = Object.keys(loadEvent.extend(queued).shape)

/** An event of the batch, or whatever else stands in its place: that gets its own verdict. */
const batchItem = z.union([
  blocBatchEvent.refine(isStorable).transform((read) => ({ read })),
  z.unknown().transform((unread) => ({ unread })),
])

export const postBlocEventBatchBody = z.object({
  events: z.array(batchItem).min(1).max(BATCH_EVENTS).meta({
    description: 'In the order in which they happened. One that cannot be read is rejected by itself.',
  }),
})
export type PostBlocEventBatchBody = z.output<typeof postBlocEventBatchBody>

export const blocEventVerdict = z.strictObject({
  index: z.int().meta({ description: 'The place in the batch, from 0.' }),
  verdict: z.enum(['applied', 'duplicate', 'superseded', 'rejected']).meta({
    description:
      '`applied`: stored and carried out. `duplicate`: received before, its first outcome stands. `superseded`: stored, but a newer renewal had been carried out. `rejected`: not carried out; `code` says why, and sending it again changes nothing.',
  }),
  mentor_id: z.string().nullable().meta({ description: 'As it was sent; null where no text was.' }),
  client_event_id: z.string().nullable().meta({ description: 'As it was sent; null where no text was.' }),
  id: blocEventId.optional().meta({ description: 'Of the stored event; absent where nothing was stored.' }),
  processed: z.boolean().optional().meta({ description: 'Of the stored event: whether it has been carried out.' }),
  code: z.enum(['invalid_request', 'mentor_not_found', 'not_processed']).optional().meta({
    description:
      'Only for a rejected event. `not_processed`: it is stored, cannot be carried out now, and is tried again by PUT of its `id`; with the others nothing was stored.',
  }),
  detail: z.string().optional().meta({
    description:
      'A sentence for the person, in the language of `Accept-Language` (nb or en); none where an event was carried out.',
  }),
})
export type BlocEventVerdict = z.output<typeof blocEventVerdict>

export const blocEventVerdicts = z.strictObject({
  results: z.array(blocEventVerdict),
  cursor: z.string().meta({
    description: 'A position in the changes no later than this answer, as `Changes-Cursor` on reads.',
  }),
})
export type BlocEventVerdicts = z.output<typeof blocEventVerdicts>
