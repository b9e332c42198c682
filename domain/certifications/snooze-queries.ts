import 'server-only'
import type { Answer, Call } from '@/lib/call'
import { type Db, first, type Sql, sql } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { type Instant, wireTime } from '@/lib/instant'
import { certificationNotFound } from './queries'
import type { SnoozeRecord } from './schema'

/** SQL: today's date in the calendar of the organisation; the same for all rows, so it is computed once. */
export function today(call: Call): Sql {
  return sql`(SELECT (${call.now}::timestamptz AT TIME ZONE o.time_zone)::date FROM organisation AS o
    WHERE o.id = ${call.caller.org})`
}

/** SQL: whether the snooze `s` holds for the certification `c`: its day is yet to come, and what it hides is as it was. */
export function snoozeHolds(call: Call): Sql {
  return sql`s.org_id = ${call.caller.org} AND s.certification_key = c.key AND s.expires_at = c.expires_at
    AND s.until > ${today(call)}`
}

/** A snooze that holds, as it is stored. */
export interface SnoozeRow {
  readonly until: string
  readonly reason: string
  readonly owner: string
  readonly expires_at: Instant
  readonly version: number
  readonly created_at: Instant
  readonly created_by: string
}

/** The snooze that holds for a certification, or null. */
export async function findSnooze(db: Db, call: Call, certification: { key: number }): Promise<SnoozeRow | null> {
  return first(
    db,
    sql`SELECT s.until, s.reason, s.owner, s.expires_at, s.version, s.created_at, s.created_by
        FROM certification AS c JOIN certification_snooze AS s ON ${snoozeHolds(call)}
        WHERE c.key = ${certification.key} AND c.is_current`,
  )
}

export function toSnoozeRecord(certificationId: string, mentorId: string, row: SnoozeRow): SnoozeRecord {
  return {
    certification_id: certificationId,
    mentor_id: mentorId,
    until: row.until,
    reason: row.reason,
    owner: row.owner,
    expires_at: wireTime(row.expires_at),
    created_at: wireTime(row.created_at),
    created_by: row.created_by,
  }
}

export function snoozeNotFound(): AppError {
  return new AppError('snooze_not_found', 'The warning of this certification is not snoozed.')
}

/** The snooze that holds for a certification. Throws `certification_not_found` and `snooze_not_found`. */
export async function getSnooze(db: Db, call: Call, id: string): Promise<Answer<SnoozeRecord>> {
  const certification = await first<{ key: number; mentor_id: string }>(
    db,
    sql`SELECT c.key, m.mentor_id FROM certification AS c JOIN mentor AS m ON m.key = c.mentor_key
        WHERE c.org_id = ${call.caller.org} AND c.id = ${id} AND m.erased_at IS NULL`,
  )
  if (!certification) throw certificationNotFound(id)
  const snooze = await findSnooze(db, call, certification)
  if (!snooze) throw snoozeNotFound()
  return { body: toSnoozeRecord(id, certification.mentor_id, snooze), version: snooze.version }
}
