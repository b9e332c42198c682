import 'server-only'
import type { Call } from '@/lib/call'
import { type Db, rows, type Sql, sql } from '@/lib/db'
import type { Instant } from '@/lib/instant'
import type { ListCursor } from '@/lib/list-cursor'

/** A row of the change log with the mentor it concerns, who may be nobody any more. */
export interface LoggedChange {
  readonly position: number
  readonly type: string
  readonly id: string
  readonly action: string
  readonly actor: string
  readonly at: Instant
  readonly after: unknown
  readonly mentor_id: string | null
  readonly full_name: string | null
}

/** The newest changes in the organisation, the latest first. An erased mentor's are left out. */
export async function listNewestChanges(db: Db, call: Call, limit: number): Promise<LoggedChange[]> {
  return rows(
    db,
    sql`SELECT c.position, c.type, c.id, c.action, c.actor, c.at, c.after, m.mentor_id, m.full_name
        FROM change AS c LEFT JOIN mentor AS m ON m.key = c.mentor_key
        WHERE c.org_id = ${call.caller.org} AND m.erased_at IS NULL
        ORDER BY c.at DESC, c.position DESC LIMIT ${limit}`,
  )
}

/**
 * A SELECT of `type`, `id`, `mentor_key` and `action` of whatever was written after a list had been read: exactly what its
 * snapshot did not see, whether it has begun or been committed since.
 */
export function touchedSince(call: Call, { snapshot }: ListCursor): Sql {
  return sql`SELECT type, id, mentor_key, action FROM change
    WHERE transaction_id >= pg_snapshot_xmin(${snapshot}::pg_snapshot)
      AND NOT pg_visible_in_snapshot(transaction_id, ${snapshot}::pg_snapshot) AND org_id = ${call.caller.org}`
}
