import 'server-only'
import type { Call } from '@/lib/call'
import { type Sql, sql } from '@/lib/db'

/**
 * SQL: what a run finds at the call's present, as `FROM … WHERE …` with the certification as `c` and the mentor as `m`:
 * lapses that no run has handled yet.
 */
export function foundNow(call: Call): Sql {
  return sql`FROM certification AS c JOIN mentor AS m ON m.key = c.mentor_key
    WHERE c.org_id = ${call.caller.org} AND c.is_current AND c.auto_pause_applied_at IS NULL AND c.expires_at <= ${call.now}
      AND m.erased_at IS NULL`
}

/**
 * SQL: why a certification that was on a list is not found at the call's present, or null where it still is. `c` and `m`
 * are the certification and its mentor, both outer joined.
 */
export function whyGone(call: Call): Sql {
  return sql`CASE WHEN c.key IS NULL OR m.erased_at IS NOT NULL THEN 'deleted'
    WHEN c.revoked_at IS NOT NULL THEN 'revoked'
    WHEN NOT c.is_current OR c.expires_at > ${call.now} THEN 'renewed'
    WHEN c.auto_pause_applied_at IS NOT NULL THEN 'handled' END`
}
