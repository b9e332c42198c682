import 'server-only'
import type { Call } from '@/lib/call'
import { empty, join, one, raw, sql, type Tx } from '@/lib/db'
import type { Instant } from '@/lib/instant'

/** One row of the change log: what changed, from what to what. */
export interface Change {
  readonly type: 'mentor' | 'certification' | 'sync_event' | 'bloc_event' | 'duplicate_event' | 'activity'
  /** The id as the API shows it. */
  readonly id: string
  /** What was done, in the past tense: `registered`, `paused`, `renewed`, `acknowledged` … */
  readonly action: string
  readonly before: object | null
  readonly after: object | null
}

/** Columns of the mentor that commands may set. */
export interface MentorPatch {
  readonly full_name?: string
  readonly email?: string | null
  readonly incomplete?: boolean
  readonly paused_by_hand?: boolean
  readonly paused_by_certification?: boolean
  readonly hand_effective_at?: Instant
  readonly status_updated_at?: Instant
  readonly first_expiry?: Instant | null
  readonly last_expiry?: Instant | null
  readonly last_heard_at?: Instant
  readonly phone_skew_ms?: number
}

/**
 * Ends every command on a mentor: raises the revision, sets the patched columns and writes the log rows, in one
 * statement. Call it once per mentor and command, with the mentor's row locked. Returns the new revision.
 */
export async function recordMentorChange(
  tx: Tx,
  call: Call,
  mentor: { readonly key: number },
  patch: MentorPatch,
  changes: readonly Change[],
): Promise<number> {
  const entries = Object.entries(patch)
  const sets = entries.length ? sql`, ${join(entries.map(([column, value]) => sql`${raw(column)} = ${value}`))}` : empty
  const { revision } = await one<{ revision: number }>(
    tx,
    sql`WITH raised AS (
          UPDATE mentor SET revision = revision + 1, updated_at = ${call.now}${sets} WHERE key = ${mentor.key} RETURNING key, revision
        ), logged AS (
          INSERT INTO change (org_id, type, id, mentor_key, revision, action, actor, at, before, after, request_id)
          SELECT ${call.caller.org}, c.type, c.id, raised.key, raised.revision, c.action, ${call.caller.actor}, ${call.now},
                 c.before, c.after, ${call.requestId}
          FROM raised, jsonb_to_recordset(${JSON.stringify(changes)}::jsonb)
            AS c(type text, id text, action text, before jsonb, after jsonb)
        )
        SELECT revision FROM raised`,
  )
  return revision
}
