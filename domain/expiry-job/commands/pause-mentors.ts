import 'server-only'
import { expiryReasonSql } from '@/domain/certifications/queries'
import type { JobFailure } from '@/domain/expiry-job/schema'
import type { Call } from '@/lib/call'
import { empty, one, rows, sql, type Tx } from '@/lib/db'
import type { Instant } from '@/lib/instant'

export interface BatchResult {
  readonly found: number
  readonly paused: number
  readonly failures: readonly JobFailure[]
}

export interface Batch {
  readonly runKey: number
  /** Certifications that have expired by then are handled: the run's own time, one for all its batches. */
  readonly asOf: Instant
  readonly mentorKeys: readonly number[]
  /** The certifications to handle, where the run has a list of its own; otherwise whatever is found. */
  readonly only: readonly string[] | null
}

const LOCK_TIMEOUT = '55P03'
const BUSY =
  'Somebody else was changing this mentor for more than ten seconds. Nothing of the mentor was changed; the next run tries again.'

/**
 * Handles the lapses of a batch of mentors in this transaction. A mentor who fails is left as before and named in
 * `failures`; all others are handled.
 */
export async function pauseMentors(tx: Tx, call: Call, batch: Batch): Promise<BatchResult> {
  await tx.query(sql`SET LOCAL lock_timeout = '10s'`)
  return attempt(tx, call, batch, { skipBusy: false })
}

async function attempt(tx: Tx, call: Call, batch: Batch, how: { skipBusy: boolean }): Promise<BatchResult> {
  await tx.query('SAVEPOINT attempt')
  try {
    const locked = await lockAll(tx, call, batch.mentorKeys, how.skipBusy)
    // in the next statement, which sees what was renewed while the locks waited
    const done =
      locked.length > 0 ? await pauseLocked(tx, call, { ...batch, mentorKeys: locked }) : { found: 0, paused: 0 }
    await tx.query('RELEASE SAVEPOINT attempt')
    const busy = how.skipBusy ? batch.mentorKeys.filter((key) => !locked.includes(key)) : []
    return { ...done, failures: await failuresOf(tx, call, busy, BUSY) }
  } catch (error) {
    // throws where the connection itself is lost
    await tx.query('ROLLBACK TO SAVEPOINT attempt; RELEASE SAVEPOINT attempt')
    if ((error as { code?: unknown }).code === LOCK_TIMEOUT && !how.skipBusy) {
      return attempt(tx, call, batch, { skipBusy: true })
    }
    return halve(tx, call, batch, how, error)
  }
}

async function halve(
  tx: Tx,
  call: Call,
  batch: Batch,
  how: { skipBusy: boolean },
  error: unknown,
): Promise<BatchResult> {
  const { mentorKeys } = batch
  if (mentorKeys.length === 1) {
    return { found: 0, paused: 0, failures: await failuresOf(tx, call, mentorKeys, sentenceOf(error)) }
  }
  const middle = Math.ceil(mentorKeys.length / 2)
  const one = await attempt(tx, call, { ...batch, mentorKeys: mentorKeys.slice(0, middle) }, how)
  const other = await attempt(tx, call, { ...batch, mentorKeys: mentorKeys.slice(middle) }, how)
  return {
    found: one.found + other.found,
    paused: one.paused + other.paused,
    failures: [...one.failures, ...other.failures],
  }
}

function sentenceOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return `The database refused the change: ${message}. Nothing of the mentor was changed; the next run tries again.`
}

async function failuresOf(tx: Tx, call: Call, keys: readonly number[], error: string): Promise<JobFailure[]> {
  if (keys.length === 0) return []
  return rows(
    tx,
    sql`SELECT mentor_id, ${error}::text AS error FROM mentor
        WHERE org_id = ${call.caller.org} AND key = ANY (${keys}::bigint[]) AND erased_at IS NULL ORDER BY key`,
  )
}

async function lockAll(tx: Tx, call: Call, keys: readonly number[], skipBusy: boolean): Promise<number[]> {
  const wanted = sql`SELECT key FROM mentor
    WHERE org_id = ${call.caller.org} AND key = ANY (${keys}::bigint[]) AND erased_at IS NULL ORDER BY key`
  const locked = await rows<{ key: number }>(
    tx,
    skipBusy ? sql`${wanted} FOR NO KEY UPDATE SKIP LOCKED` : sql`${wanted} FOR NO KEY UPDATE`,
  )
  return locked.map((mentor) => mentor.key)
}

/** One statement for all of them: the mark, the log, the pause, the event for the app and the change log. */
async function pauseLocked(tx: Tx, call: Call, batch: Batch): Promise<{ found: number; paused: number }> {
  const { org, actor } = call.caller
  const now = sql`${call.now}::timestamptz`
  const listed = batch.only === null ? empty : sql`AND id = ANY (${batch.only}::text[])`
  return one(
    tx,
    sql`WITH zone AS (SELECT time_zone FROM organisation WHERE id = ${org}),
    found AS (
      UPDATE certification SET auto_pause_applied_at = ${now}, version = version + 1, updated_at = ${now}
      FROM zone
      WHERE org_id = ${org} AND mentor_key = ANY (${batch.mentorKeys}::bigint[]) AND is_current
        AND auto_pause_applied_at IS NULL AND expires_at <= ${batch.asOf}::timestamptz ${listed}
      RETURNING id, mentor_key, expires_at, ${expiryReasonSql} AS reason
    ),
    logged AS (
      INSERT INTO auto_pause_log (org_id, mentor_key, certification_id, job_run_key, reason, applied_at)
      SELECT ${org}, mentor_key, id, ${batch.runKey}, reason, ${now} FROM found ORDER BY mentor_key, expires_at, id
    ),
    lapsed AS (
      SELECT mentor_key, string_agg(reason, '; ' ORDER BY expires_at, id) AS reason FROM found GROUP BY mentor_key
    ),
    raised AS (
      UPDATE mentor SET revision = mentor.revision + 1, updated_at = ${now}, paused_by_certification = true,
        status_updated_at = CASE WHEN was.paused THEN mentor.status_updated_at ELSE ${now} END
      FROM lapsed, (SELECT key, paused_by_certification AS lapsed, paused_by_hand OR paused_by_certification AS paused
                    FROM mentor WHERE key = ANY (${batch.mentorKeys}::bigint[])) AS was
      WHERE mentor.key = lapsed.mentor_key AND was.key = mentor.key
      RETURNING mentor.key, mentor.mentor_id, mentor.revision, lapsed.reason, was.lapsed AS was_lapsed, was.paused AS was_paused
    ),
    told AS (
      INSERT INTO sync_event (org_id, mentor_key, origin, event_type, reason, effective_at, server_timestamp, accepted,
        resulting_status, updated_at)
      SELECT ${org}, key, 'server', 'PauseMentorEvent', reason, ${now}, ${now}, true, 'paused', ${now}
      FROM raised WHERE NOT was_paused ORDER BY key
      RETURNING id, mentor_key, reason
    ),
    changes AS (
      SELECT mentor_key, 1 AS place, 'certification' AS type, id, 'auto_pause_applied' AS action,
        '{"auto_pause_applied": false}'::jsonb AS before, jsonb_build_object('auto_pause_applied', true, 'reason', reason) AS after
      FROM found
      UNION ALL
      SELECT key, 2, 'mentor', mentor_id, CASE WHEN was_paused THEN 'certification_pause_applied' ELSE 'paused' END,
        jsonb_build_object('status', CASE WHEN was_paused THEN 'paused' ELSE 'active' END, 'paused_by_certification', false),
        jsonb_build_object('status', 'paused', 'paused_by_certification', true, 'reason', reason)
      FROM raised WHERE NOT was_lapsed
      UNION ALL
      SELECT mentor_key, 3, 'sync_event', id, 'created', NULL, jsonb_build_object('event_type', 'PauseMentorEvent',
        'origin', 'server', 'reason', reason, 'resulting_status', 'paused',
        'server_timestamp', to_char(${now} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))
      FROM told
    ),
    written AS (
      INSERT INTO change (org_id, type, id, mentor_key, revision, action, actor, at, before, after, request_id)
      SELECT ${org}, changes.type, changes.id, raised.key, raised.revision, changes.action, ${actor}, ${now},
        changes.before, changes.after, ${call.requestId}
      FROM changes JOIN raised ON raised.key = changes.mentor_key ORDER BY raised.key, changes.place, changes.id
    )
    SELECT (SELECT count(*) FROM found) AS found, (SELECT count(*) FROM told) AS paused`,
  )
}
