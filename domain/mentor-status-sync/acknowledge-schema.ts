import { z } from 'zod'
import { syncInboxSelectionQuery } from './inbox-schema'
import { words } from './schema'

/** As many as one request changes. */
export const MOST_ACKNOWLEDGED = 500

const ids = z
  .array(z.string().max(64))
  .min(1)
  .max(MOST_ACKNOWLEDGED)
  .refine((given) => new Set(given).size === given.length, 'Expected each id once')
  .meta({ examples: [['evt_XP2KL9RQ']] })

const { tab, mentor_id, as_of } = syncInboxSelectionQuery.shape
const filter = z.strictObject({ tab, mentor_id, as_of }).meta({
  description:
    'What lay in a tab of the inbox, of one mentor or of all, when it was read: `as_of` is that of `/api/v1/views/sync-inbox`. What came or was changed since stays as it is.',
})
export type AcknowledgeFilter = z.output<typeof filter>

export const acknowledgeSyncEventsBody = z
  .object({
    sync_event_ids: ids.optional().meta({ description: 'Which events. Either this or `filter`.' }),
    ids: ids.optional().meta({ description: 'The same as `sync_event_ids`.' }),
    filter: filter.optional(),
    versions: z.array(z.int().min(1)).max(MOST_ACKNOWLEDGED).optional().meta({
      description:
        'The version of each id, in their order. With a `reason`, an event that has moved on is refused, so that no note is lost; without one it counts for nothing.',
    }),
    acknowledged: z.boolean().default(true).meta({ description: 'False takes the acknowledgement back.' }),
    reason: words
      .nullable()
      .optional()
      .meta({ description: 'The coordinator’s note on each of them; null removes it.' }),
  })
  .refine((body) => [body.sync_event_ids, body.ids, body.filter].filter((one) => one !== undefined).length === 1, {
    path: ['sync_event_ids'],
    error: 'Expected either sync_event_ids or filter',
  })
  .refine(({ versions, ...body }) => versions === undefined || versions.length === idsOf(body)?.length, {
    path: ['versions'],
    error: 'Expected as many versions as ids',
  })
  .refine((body) => body.filter === undefined || (body.filter.tab === 'acknowledged') !== body.acknowledged, {
    path: ['filter', 'tab'],
    error: 'Expected a tab whose events this changes: acknowledged to take back, another one to acknowledge',
  })
export type AcknowledgeSyncEventsBody = z.output<typeof acknowledgeSyncEventsBody>

interface Named {
  readonly sync_event_ids?: string[] | undefined
  readonly ids?: string[] | undefined
}

/** The ids that a body names; undefined where it filters. */
export function idsOf(body: Named): string[] | undefined {
  return body.sync_event_ids ?? body.ids
}

export const acknowledgedSyncEvent = z.strictObject({
  sync_event_id: z.string().meta({ description: 'As it was sent.' }),
  outcome: z.enum(['done', 'unchanged', 'refused']).meta({
    description:
      '`done`: changed now. `unchanged`: it was so already. `refused`: nothing was changed; `code` says why.',
  }),
  code: z
    .enum(['event_not_found', 'acknowledged_by_app', 'precondition_failed'])
    .optional()
    .meta({ description: 'Only for a refused one.' }),
  detail: z.string().optional().meta({ description: 'Only for a refused one: a sentence for people.' }),
  acknowledged: z.boolean().nullable().meta({ description: 'What stands now; null where there is no such event.' }),
  version: z.int().optional().meta({ description: 'Of the event as it stands now; absent where there is none.' }),
})
export type AcknowledgedSyncEvent = z.output<typeof acknowledgedSyncEvent>

export const acknowledgedSyncEvents = z.strictObject({
  results: z.array(acknowledgedSyncEvent).meta({
    description: 'One for each id, in the order sent, or with a `filter` in that of the inbox.',
  }),
  more: z.boolean().optional().meta({
    description:
      'Only with a `filter`: whether others match that this request had no room for. Send it again for those.',
  }),
})
export type AcknowledgedSyncEvents = z.output<typeof acknowledgedSyncEvents>
