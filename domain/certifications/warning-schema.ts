import { z } from 'zod'
import { mentorId } from '@/domain/mentors/schema'
import { asOf, calendarDate, listResponse, queryInteger, wireInstant } from '@/lib/wire'
import { certificationId } from './schema'

/** Already expired, or expiring within so many calendar days (each holds the shorter ones); what is snoozed stands in none of them. */
export const WARNING_WINDOWS = ['expired', '7', '30', '60', '90', 'snoozed'] as const
export type WarningWindow = (typeof WARNING_WINDOWS)[number]

const WARNING_SORTS = ['expires_at', '-expires_at', 'until', '-until'] as const
export type WarningSort = (typeof WARNING_SORTS)[number]

const warningWindow = z.enum(WARNING_WINDOWS).default('30').meta({
  description:
    'Current certifications that have expired, or will within this many calendar days in the zone of the organisation; or those whose warning is snoozed.',
})

export const warningsQuery = z.object({
  window: warningWindow,
  page: queryInteger(1, 1_000_000_000).default(1),
  limit: queryInteger(1, 100).default(20),
  sort: z.enum(WARNING_SORTS).optional().meta({
    description:
      'A field, with - in front for descending; ties are broken by id. Without it the snoozed ones are in the order in which they come back (`until`), all others in that of their expiry; to these, `until` means the expiry as well.',
  }),
})
export type WarningsQuery = z.output<typeof warningsQuery>

export const warningSelectionQuery = z.object({ window: warningWindow, as_of: asOf })
export type WarningSelectionQuery = z.output<typeof warningSelectionQuery>

export const expiryWarning = z.strictObject({
  certification_id: certificationId,
  mentor_id: mentorId,
  full_name: z.string(),
  certification_type: z.string(),
  issued_at: wireInstant,
  expires_at: wireInstant,
  version: z.int().meta({ description: 'For the `If-Match` of a renewal.' }),
  days_left: z.int().meta({ description: 'Calendar days until it expires, 0 on the day itself.' }),
  auto_pause_applied: z.boolean(),
  state: z.enum(['expired', 'expiring', 'valid']),
  paused: z.boolean().meta({ description: 'Whether the mentor is, for whatever cause.' }),
  paused_from: wireInstant.nullable().meta({
    description:
      'When the expiry job pauses the mentor; null for who is paused already, and while the job does not run by itself.',
  }),
  open_assignments: z.int(),
  snooze: z.strictObject({ until: calendarDate, reason: z.string(), owner: z.string() }).nullable(),
})
export type ExpiryWarning = z.output<typeof expiryWarning>

const warningCounts = z.strictObject({
  expired: z.int(),
  '7': z.int(),
  '30': z.int(),
  '60': z.int(),
  '90': z.int(),
  snoozed: z.int(),
})
export type WarningCounts = z.output<typeof warningCounts>

export const warningsView = z.strictObject({
  ...listResponse(expiryWarning).shape,
  counts: warningCounts,
  as_of: asOf,
})
export type WarningsView = z.output<typeof warningsView>

export const warningSelection = z.strictObject({
  data: z.array(expiryWarning),
  left_out: z.int().meta({ description: 'Rows of the window that came or were changed since, or are too many.' }),
})
export type WarningSelection = z.output<typeof warningSelection>
