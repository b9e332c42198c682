import 'server-only'
import { foundNow, whyGone } from '@/domain/expiry-job/lapses'
import type { Call } from '@/lib/call'
import { changed, sql, type Tx } from '@/lib/db'

/**
 * Writes down, as the list of a run, every certification that is found now and what it would mean for its mentor: whoever
 * would be paused first, then by name. Returns how many there are.
 */
export function listFound(tx: Tx, call: Call, runKey: number): Promise<number> {
  return changed(
    tx,
    sql`INSERT INTO job_run_entry (run_key, position, mentor_key, certification_id, certification_type, expires_at, consequence)
        SELECT ${runKey}, row_number() OVER (ORDER BY m.paused_by_hand OR m.paused_by_certification,
            m.full_name COLLATE "nb-NO-x-icu", m.key, c.expires_at, c.id),
          m.key, c.id, c.certification_type, c.expires_at,
          CASE WHEN m.paused_by_certification THEN 'paused_by_certification' WHEN m.paused_by_hand THEN 'paused_by_hand'
            ELSE 'pause' END
        ${foundNow(call)}`,
  )
}

/** Notes on the list of a run that has handled it what changed before its turn came. Who failed is no such entry. */
export async function noteLeft(tx: Tx, call: Call, runKey: number): Promise<void> {
  // NOT IN is hashed whatever the planner believes of a list that was filled just now; NOT EXISTS may compare each with each
  await tx.query(sql`UPDATE job_run_entry AS e SET left_because = (
      SELECT ${whyGone(call)} FROM (SELECT) AS one
      LEFT JOIN certification AS c ON c.org_id = ${call.caller.org} AND c.id = e.certification_id
      LEFT JOIN mentor AS m ON m.key = e.mentor_key)
    WHERE e.run_key = ${runKey}
      AND e.certification_id NOT IN (SELECT certification_id FROM auto_pause_log WHERE job_run_key = ${runKey})`)
}
