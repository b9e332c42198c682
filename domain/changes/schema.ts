import { z } from 'zod'
import { asOf, calendarDate, listQuery, wireInstant } from '@/lib/wire'

/** What the log knows to happen, by the type of record. A newer server may write others. */
export const CHANGE_KINDS = {
  mentor: [
    'registered',
    'profile_changed',
    'paused',
    'resumed',
    'certification_pause_applied',
    'certification_pause_lifted',
  ],
  certification: [
    'recorded',
    'renewed',
    'updated',
    'revoked',
    'deleted',
    'snoozed',
    'snooze_ended',
    'auto_pause_applied',
    'auto_pause_cleared',
  ],
  sync_event: ['paused', 'resumed', 'superseded', 'created', 'acknowledged', 'unacknowledged', 'annotated', 'deleted'],
  bloc_event: ['recorded', 'retried', 'deleted'],
  duplicate_event: [
    'dispatched',
    'duplicate_found',
    'cleared',
    'resolved',
    'undone',
    'cancelled',
    'annotated',
    'tried_again',
    'failed',
  ],
  activity: ['recorded', 'merged', 'unmerged', 'removed', 'confirmed_distinct', 'unconfirmed_distinct'],
  job_run: ['planned', 'completed'],
  organisation: ['countable_changed'],
} as const

/** The change log as the coordinators read it; `/changes` holds the view in its address. */
export const changeListQuery = z.object({
  ...listQuery(['at'], '-at'),
  actor: z
    .string()
    .max(200)
    .optional()
    .meta({ description: 'Who did it, as `actor` shows it.', examples: ['open', 'phone'] }),
  mentor: z
    .string()
    .trim()
    .max(200)
    .optional()
    .meta({ description: 'A mentor’s id; where there is none of this id, a part of a name, e-mail address or id.' }),
  kind: z
    .string()
    .max(100)
    .regex(/^[a-z_]+(\.[a-z_]+)?$/, 'Expected a type, or a type and an action, such as certification.renewed')
    .optional()
    .meta({ description: 'A type, or a type and an action with a dot between.', examples: ['certification.renewed'] }),
  from: calendarDate.optional().meta({ description: 'The first day, in the organisation’s zone.' }),
  to: calendarDate.optional().meta({ description: 'The last day, in the organisation’s zone.' }),
})
export type ChangeListQuery = z.output<typeof changeListQuery>
export type ChangeFilters = Omit<ChangeListQuery, 'page' | 'limit'>

const facts = z.record(z.string(), z.unknown()).nullable()

export const changeEntry = z.strictObject({
  position: z.int(),
  type: z.string(),
  id: z.string().meta({ description: 'Of the record that was changed.' }),
  mentor_id: z.string().nullable(),
  full_name: z.string().nullable(),
  revision: z.int().nullable().meta({ description: 'Of the mentor: the highest is the newest.' }),
  action: z.string(),
  actor: z.string(),
  at: wireInstant,
  before: facts.meta({ description: 'Null for what was made.' }),
  after: facts.meta({ description: 'Null for what was taken away.' }),
  request_id: z.string().nullable(),
})
export type ChangeEntry = z.output<typeof changeEntry>

export const changeList = z.strictObject({
  data: z.array(changeEntry),
  pagination: z.strictObject({ page: z.int(), limit: z.int(), total: z.int() }),
  as_of: asOf,
})
export type ChangeList = z.output<typeof changeList>
