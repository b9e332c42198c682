import 'server-only'
import type { Call } from '@/lib/call'
import { changed, type Db, type Sql, sql } from '@/lib/db'
import type { Instant } from '@/lib/instant'
import type { ActiveAssignment } from './schema'

/** What is cached of a mentor: only what writes change. Whatever depends on the clock is computed when it is read. */
export interface SnapshotBody {
  readonly full_name: string
  readonly email: string | null
  readonly expires_at: Instant | null
  readonly active_assignments: readonly ActiveAssignment[]
}

// One statement sees one state of the database, so body and revision belong together without a lock.
function freshBody(where: Sql): Sql {
  return sql`SELECT mentor.key, mentor.revision, jsonb_build_object(
      'full_name', mentor.full_name,
      'email', mentor.email,
      'expires_at', to_char(mentor.last_expiry AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
      'active_assignments', coalesce((
        SELECT jsonb_agg(jsonb_build_object('assignment_id', a.id, 'contact_name', a.contact_name, 'status', a.status) ORDER BY a.id)
        FROM assignment a WHERE a.mentor_key = mentor.key AND a.status <> 'closed'), '[]')) AS body
    FROM mentor WHERE ${where}`
}

/**
 * Parts of a statement that loads one mentor's snapshot, `fresh(key, revision, body)`, and keeps it. A load that was
 * overtaken by one of a later revision keeps its hands off; what it has read is still whole.
 */
export function loadingParts(call: Call, mentorId: string): Sql {
  return sql`fresh AS (${freshBody(sql`org_id = ${call.caller.org} AND mentor_id = ${mentorId} AND erased_at IS NULL`)}),
    kept AS (
      INSERT INTO mentor_snapshot AS s (mentor_key, state, revision, body, loaded_at)
      SELECT key, 'loaded', revision, body, ${call.now}::timestamptz FROM fresh
      ON CONFLICT (mentor_key) DO UPDATE SET state = 'loaded', revision = excluded.revision, body = excluded.body,
        loaded_at = excluded.loaded_at, dispatched_at = NULL
      WHERE s.revision IS NULL OR s.revision <= excluded.revision
    )`
}

/** Does the load that was dispatched. Nothing to do where a GET has done it, or the snapshot was cleared meanwhile. */
export async function finishLoad(db: Db, key: number, now: Instant): Promise<void> {
  try {
    await changed(
      db,
      sql`WITH fresh AS (${freshBody(sql`key = ${key} AND erased_at IS NULL`)})
          UPDATE mentor_snapshot AS s SET state = 'loaded', revision = fresh.revision, body = fresh.body,
            loaded_at = ${now}, dispatched_at = NULL
          FROM fresh
          WHERE s.mentor_key = fresh.key AND s.state IN ('loading', 'refreshing')
            AND (s.revision IS NULL OR s.revision <= fresh.revision)`,
    )
  } catch (error) {
    await changed(
      db,
      sql`UPDATE mentor_snapshot SET state = 'failed' WHERE mentor_key = ${key} AND state IN ('loading', 'refreshing')`,
    )
    throw error
  }
}
