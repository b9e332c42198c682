import 'server-only'
import { hasLapsed } from '@/domain/certifications/expiry-rules'
import type { LockedMentor } from '@/domain/mentors/lock'
import type { Change, MentorPatch } from '@/domain/mentors/record'
import type { Call } from '@/lib/call'
import { rows, sql, type Tx } from '@/lib/db'
import { type Instant, wireTime } from '@/lib/instant'

/** What the mentor's single `recordMentorChange` has to write after certifications were written. */
export interface CertificationEffect {
  readonly patch: MentorPatch
  readonly changes: readonly Change[]
}

/** A locked mentor, and every type of which a certification was written, before and after. */
export interface Touched {
  readonly mentor: LockedMentor
  readonly types: readonly string[]
}

/** `cleared` names the certifications that lost `auto_pause_applied_at`; the version of each has gone up by one. */
export interface Refreshed extends CertificationEffect {
  readonly cleared: readonly string[]
}

interface Summary {
  mentor_key: number
  first_expiry: Instant | null
  last_expiry: Instant | null
  cleared: string[]
}

/** As `refreshAllCertifications`, of one mentor. */
export async function refreshCertifications(
  tx: Tx,
  call: Call,
  mentor: LockedMentor,
  { renewal, types }: { renewal: boolean; types: readonly string[] },
): Promise<Refreshed> {
  const refreshed = await refreshAllCertifications(tx, call, [{ mentor, types }], { renewal })
  return effectOn(refreshed, mentor)
}

/** What was found for a mentor that was among the touched. */
export function effectOn(refreshed: ReadonlyMap<number, Refreshed>, mentor: LockedMentor): Refreshed {
  const effect = refreshed.get(mentor.key)
  if (!effect) throw new Error(`mentor ${mentor.key} was not refreshed`)
  return effect
}

/**
 * Puts in order, after certifications of locked mentors were written, what follows from them: which one is current in
 * each of the types, the mentor's first and last expiry, and `auto_pause_applied_at`, which only a current and expired
 * certification keeps. Four statements, however many mentors.
 *
 * A `renewal` after which the mentor has not lapsed lifts the pause by certification; if that makes the mentor active, a
 * pending ResumeMentorEvent tells the app. Deleting or revoking is no renewal and lifts nothing.
 */
export async function refreshAllCertifications(
  tx: Tx,
  call: Call,
  touched: readonly Touched[],
  { renewal }: { renewal: boolean },
): Promise<ReadonlyMap<number, Refreshed>> {
  const pairs = touched.flatMap(({ mentor, types }) => types.map((type) => ({ key: mentor.key, type })))
  const written = sql`unnest(${pairs.map(({ key }) => key)}::bigint[], ${pairs.map(({ type }) => type)}::text[])
    AS touched (mentor_key, type)`
  // the unique index on current ones is checked row by row: the old one steps down before the new one steps up
  await tx.query(sql`UPDATE certification AS held SET is_current = false FROM ${written}
    WHERE held.mentor_key = touched.mentor_key AND held.certification_type = touched.type AND held.is_current
      AND held.key <> (${latestTouched})`)
  await tx.query(sql`UPDATE certification AS held SET is_current = true FROM ${written}
    WHERE held.key = (${latestTouched}) AND NOT held.is_current`)
  const keys = touched.map(({ mentor }) => mentor.key)
  const summaries = await rows<Summary>(
    tx,
    sql`WITH cleared AS (
          UPDATE certification SET auto_pause_applied_at = NULL, version = version + 1, updated_at = ${call.now}
          WHERE mentor_key = ANY (${keys}::bigint[]) AND auto_pause_applied_at IS NOT NULL
            AND (NOT is_current OR expires_at > ${call.now})
          RETURNING id, mentor_key
        )
        SELECT owner.key AS mentor_key, min(c.expires_at) AS first_expiry, max(c.expires_at) AS last_expiry,
          ARRAY (SELECT id FROM cleared WHERE cleared.mentor_key = owner.key ORDER BY id) AS cleared
        FROM unnest(${keys}::bigint[]) AS owner (key)
        LEFT JOIN certification AS c ON c.mentor_key = owner.key AND c.is_current GROUP BY owner.key`,
  )
  const found = new Map(summaries.map((summary) => [summary.mentor_key, summary]))
  const lifted = touched
    .map(({ mentor }) => mentor)
    .filter((mentor) => {
      const lapsed = hasLapsed(found.get(mentor.key)?.first_expiry ?? null, call.now)
      return renewal && mentor.paused_by_certification && !lapsed
    })
  const lifts = await liftPauses(tx, call, lifted)
  return new Map(
    summaries.map(({ mentor_key, first_expiry, last_expiry, cleared }): [number, Refreshed] => {
      const lift = lifts.get(mentor_key)
      const patch = { first_expiry, last_expiry, ...lift?.patch }
      return [mentor_key, { patch, changes: [...cleared.map(toChange), ...(lift?.changes ?? [])], cleared }]
    }),
  )
}

const latestTouched = sql`SELECT latest.key FROM certification AS latest
  WHERE latest.mentor_key = touched.mentor_key AND latest.certification_type = touched.type AND latest.revoked_at IS NULL
  ORDER BY latest.expires_at DESC, latest.key DESC LIMIT 1`

function toChange(certificationId: string): Change {
  return {
    type: 'certification',
    id: certificationId,
    action: 'auto_pause_cleared',
    before: { auto_pause_applied: true },
    after: { auto_pause_applied: false },
  }
}

async function liftPauses(
  tx: Tx,
  call: Call,
  mentors: readonly LockedMentor[],
): Promise<ReadonlyMap<number, CertificationEffect>> {
  const resumed = mentors.filter((mentor) => !mentor.paused_by_hand).map((mentor) => mentor.key)
  const events =
    resumed.length === 0
      ? []
      : await rows<{ id: string; mentor_key: number }>(
          tx,
          sql`INSERT INTO sync_event (org_id, mentor_key, origin, event_type, reason, effective_at, server_timestamp, accepted,
                resulting_status, updated_at)
              SELECT ${call.caller.org}, key, 'server', 'ResumeMentorEvent', 'Certification renewed', ${call.now}, ${call.now},
                true, 'active', ${call.now} FROM unnest(${resumed}::bigint[]) AS owner (key)
              RETURNING id, mentor_key`,
        )
  const eventOf = new Map(events.map((event) => [event.mentor_key, event.id]))
  return new Map(mentors.map((mentor) => [mentor.key, liftOf(call, mentor, eventOf.get(mentor.key))]))
}

/** `eventId`: what tells the app; nothing does where a pause by hand remains. */
function liftOf(call: Call, mentor: LockedMentor, eventId: string | undefined): CertificationEffect {
  const becomesActive = eventId !== undefined
  const lifted: Change = {
    type: 'mentor',
    id: mentor.mentor_id,
    action: becomesActive ? 'resumed' : 'certification_pause_lifted',
    before: { status: 'paused', paused_by_certification: true },
    after: { status: becomesActive ? 'active' : 'paused', paused_by_certification: false },
  }
  if (!becomesActive) return { patch: { paused_by_certification: false }, changes: [lifted] }
  const told: Change = {
    type: 'sync_event',
    id: eventId,
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
