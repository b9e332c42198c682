import 'server-only'
import { hasLapsed } from '@/domain/certifications/expiry-rules'
import type { LockedMentor } from '@/domain/mentors/lock'
import type { Change, MentorPatch } from '@/domain/mentors/record'
import type { Call } from '@/lib/call'
import { one, type Sql, sql, type Tx } from '@/lib/db'
import { type Instant, wireTime } from '@/lib/instant'

/** What the mentor's single `recordMentorChange` has to write after certifications were written. */
export interface CertificationEffect {
  readonly patch: MentorPatch
  readonly changes: readonly Change[]
}

interface Summary {
  first_expiry: Instant | null
  last_expiry: Instant | null
  cleared: string[]
}

/**
 * Puts in order, after certifications of a locked mentor were written, what follows from them: which one is current in
 * each of `types` (every type that the write touched, before and after), the mentor's first and last expiry, and
 * `auto_pause_applied_at`, which only a current and expired certification keeps.
 *
 * A `renewal` after which the mentor has not lapsed lifts the pause by certification; if that makes the mentor active, a
 * pending ResumeMentorEvent tells the app. Deleting or revoking is no renewal and lifts nothing.
 * `cleared` names the certifications that lost `auto_pause_applied_at`; the version of each has gone up by one.
 */
export async function refreshCertifications(
  tx: Tx,
  call: Call,
  mentor: LockedMentor,
  { renewal, types }: { renewal: boolean; types: readonly string[] },
): Promise<CertificationEffect & { cleared: readonly string[] }> {
  // the unique index on current ones is checked row by row: the old one steps down before the new one steps up
  await tx.query(sql`UPDATE certification AS held SET is_current = false
    WHERE mentor_key = ${mentor.key} AND is_current AND certification_type = ANY (${types}::text[])
      AND key <> (${latestOf(mentor.key, sql`held.certification_type`)})`)
  await tx.query(sql`UPDATE certification AS held SET is_current = true
    FROM unnest(${types}::text[]) AS touched (type)
    WHERE held.key = (${latestOf(mentor.key, sql`touched.type`)}) AND NOT held.is_current`)
  const summary = await one<Summary>(
    tx,
    sql`WITH cleared AS (
          UPDATE certification SET auto_pause_applied_at = NULL, version = version + 1, updated_at = ${call.now}
          WHERE mentor_key = ${mentor.key} AND auto_pause_applied_at IS NOT NULL
            AND (NOT is_current OR expires_at > ${call.now})
          RETURNING id
        )
        SELECT min(expires_at) AS first_expiry, max(expires_at) AS last_expiry,
          ARRAY (SELECT id FROM cleared ORDER BY id) AS cleared
        FROM certification WHERE mentor_key = ${mentor.key} AND is_current`,
  )
  const expiries = { first_expiry: summary.first_expiry, last_expiry: summary.last_expiry }
  const changes = summary.cleared.map(toChange)
  if (!renewal || !mentor.paused_by_certification || hasLapsed(summary.first_expiry, call.now)) {
    return { patch: expiries, changes, cleared: summary.cleared }
  }
  const lifted = await liftPause(tx, call, mentor)
  return {
    patch: { ...expiries, ...lifted.patch },
    changes: [...changes, ...lifted.changes],
    cleared: summary.cleared,
  }
}

function latestOf(mentorKey: number, type: Sql): Sql {
  return sql`SELECT latest.key FROM certification AS latest
    WHERE latest.mentor_key = ${mentorKey} AND latest.certification_type = ${type} AND latest.revoked_at IS NULL
    ORDER BY latest.expires_at DESC, latest.key DESC LIMIT 1`
}

function toChange(certificationId: string): Change {
  return {
    type: 'certification',
    id: certificationId,
    action: 'auto_pause_cleared',
    before: { auto_pause_applied: true },
    after: { auto_pause_applied: false },
  }
}

async function liftPause(tx: Tx, call: Call, mentor: LockedMentor): Promise<CertificationEffect> {
  const becomesActive = !mentor.paused_by_hand
  const lifted: Change = {
    type: 'mentor',
    id: mentor.mentor_id,
    action: becomesActive ? 'resumed' : 'certification_pause_lifted',
    before: { status: 'paused', paused_by_certification: true },
    after: { status: becomesActive ? 'active' : 'paused', paused_by_certification: false },
  }
  if (!becomesActive) return { patch: { paused_by_certification: false }, changes: [lifted] }
  const event = await one<{ id: string }>(
    tx,
    sql`INSERT INTO sync_event (org_id, mentor_key, origin, event_type, reason, effective_at, server_timestamp, accepted,
          resulting_status, updated_at)
        VALUES (${call.caller.org}, ${mentor.key}, 'server', 'ResumeMentorEvent', 'Certification renewed', ${call.now}, ${call.now},
          true, 'active', ${call.now})
        RETURNING id`,
  )
  const told: Change = {
    type: 'sync_event',
    id: event.id,
    action: 'created',
    before: null,
    after: {
      event_type: 'ResumeMentorEvent',
      origin: 'server',
      reason: 'Certification renewed',
      resulting_status: 'active',
      server_timestamp: wireTime(call.now),
    },
  }
  return { patch: { paused_by_certification: false, status_updated_at: call.now }, changes: [lifted, told] }
}
