import { z } from 'zod'
import { mentorId, mentorStatus, phoneClock } from '@/domain/mentors/schema'
import { asOf, listQuery, listResponse, wireInstant } from '@/lib/wire'
import { heldBy, syncEventId, syncEventParams, syncEventType } from './schema'

/** Every app event lies in exactly one: waiting and applied, waiting and not accepted, acknowledged. */
const SYNC_INBOX_TABS = ['pending', 'not_accepted', 'acknowledged'] as const
const tab = z.enum(SYNC_INBOX_TABS)
export type SyncInboxTab = z.output<typeof tab>

const { page, limit, sort } = listQuery(['time'], 'time')

/** Which events an inbox holds. */
const filters = {
  tab: tab.default('pending'),
  mentor_id: mentorId.optional(),
  sort: sort.unwrap().optional().meta({
    description:
      'By the effective time of waiting events, by when acknowledged ones were acknowledged. These come latest first unless asked for otherwise, waiting ones oldest first.',
  }),
}

export const syncInboxQuery = z.object({
  ...filters,
  event: syncEventParams.shape.id.optional().meta({ description: 'This one event, in whichever tab it lies by now.' }),
  page,
  limit,
})
export type SyncInboxQuery = z.output<typeof syncInboxQuery>

const syncInboxRow = z.strictObject({
  sync_event_id: syncEventId,
  mentor_id: mentorId,
  mentor_name: z.string(),
  event_type: syncEventType,
  reason: z.string().nullable().meta({ description: 'The mentor’s own words.' }),
  note: z.string().nullable().meta({ description: 'The coordinator’s note.' }),
  client_timestamp: wireInstant.nullable(),
  ...phoneClock,
  effective_at: wireInstant,
  server_timestamp: wireInstant,
  accepted: z.boolean(),
  resulting_status: mentorStatus,
  held_by: heldBy.nullable(),
  newer_at: wireInstant.nullable().meta({
    description: 'Effective time of the newer event for which this one was not accepted.',
  }),
  acknowledged_at: wireInstant.nullable(),
  acknowledged_by: z.string().nullable(),
  ahead_seconds: z.number().meta({
    description:
      'How far the client time, corrected where it was wrong, lies ahead of the server’s; 0 where it does not, or none came along.',
  }),
  late_by_seconds: z.number().meta({
    description: 'How long after the fact the event arrived, by the same time; 0 as above.',
  }),
  place: z.string().meta({ description: 'Compares as the rows of a tab are ordered by their time.' }),
  version: z.int().meta({ description: 'For `If-Match`.' }),
})
export type SyncInboxRow = z.output<typeof syncInboxRow>

const counts = z.strictObject({ pending: z.int(), not_accepted: z.int(), acknowledged: z.int() })
export type SyncInboxCounts = z.output<typeof counts>

export const syncInboxView = z.strictObject({
  ...listResponse(syncInboxRow).shape,
  tab: tab.meta({ description: 'The one that was asked for, or that `event` lies in.' }),
  counts: counts.meta({ description: 'Of each tab, of the mentor alone where one was asked for.' }),
  as_of: asOf,
})
export type SyncInboxView = z.output<typeof syncInboxView>

export const syncInboxSelectionQuery = z.object({ ...filters, as_of: asOf })
export type SyncInboxSelectionQuery = z.output<typeof syncInboxSelectionQuery>

export const syncInboxSelection = z.strictObject({
  data: z.array(
    syncInboxRow.pick({ sync_event_id: true, mentor_id: true, mentor_name: true, note: true, version: true }),
  ),
  left_out: z.int().meta({ description: 'Events that match, but came or were changed since, or are too many.' }),
})
export type SyncInboxSelection = z.output<typeof syncInboxSelection>
