import 'server-only'
import { certificationNotFound } from '@/domain/certifications/queries'
import { type CertificationRow, certificationColumns } from '@/domain/certifications/row'
import type { PostRenewalsBody, RenewalResult, RenewalResults } from '@/domain/certifications/schema'
import { lockMentorsByKey } from '@/domain/mentors/lock'
import type { Answer, Call } from '@/lib/call'
import { rows, sql, type Tx } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { requireVersion } from '@/lib/http/if-match'
import { wireTime } from '@/lib/instant'
import { type MentorWrite, type Planned, sameValues, valuesAfter, writeRenewals } from './write-values'

type Renewal = PostRenewalsBody['renewals'][number]

/**
 * Renews many certifications, each as a PUT with its version and status `valid` does. A row that is refused is named with
 * its reason and leaves the others alone. One that has its dates already is `unchanged`, whoever gave them to it, so that
 * a batch may be sent again. A few statements however many there are, and one new revision for each mentor.
 */
export async function renewCertifications(
  tx: Tx,
  call: Call,
  { renewals }: PostRenewalsBody,
): Promise<Answer<RenewalResults>> {
  const held = await lockAll(
    tx,
    call,
    renewals.map((renewal) => renewal.certification_id),
  )
  const decided = renewals.map((renewal) => decide(call, renewal, held.get(renewal.certification_id)))
  const writes = await writeRenewals(
    tx,
    call,
    decided.flatMap((decision) => ('planned' in decision ? [decision.planned] : [])),
  )
  await recordRenewals(tx, call, writes)
  const written = new Map(writes.flatMap(({ certifications }) => certifications).map((one) => [one.id, one]))
  const results = decided.map((decision) => {
    if ('result' in decision) return decision.result
    const { certification } = decision.planned
    return answer('done', written.get(certification.id) ?? certification)
  })
  return { body: { results } }
}

type Held = Pick<Planned, 'mentor' | 'certification'>

/** Locks the mentors of the certifications, and reads these after that, when nobody changes them any more. */
async function lockAll(tx: Tx, call: Call, ids: readonly string[]): Promise<Map<string, Held>> {
  const owners = await rows<{ mentor_key: number }>(
    tx,
    sql`SELECT DISTINCT c.mentor_key FROM certification AS c JOIN mentor AS m ON m.key = c.mentor_key
        WHERE c.org_id = ${call.caller.org} AND c.id = ANY (${ids}::text[]) AND m.erased_at IS NULL`,
  )
  const mentors = await lockMentorsByKey(
    tx,
    call,
    owners.map((owner) => owner.mentor_key),
  )
  const stored = await rows<CertificationRow>(
    tx,
    sql`SELECT ${certificationColumns} FROM certification WHERE org_id = ${call.caller.org} AND id = ANY (${ids}::text[])`,
  )
  return new Map(
    stored.flatMap((certification) => {
      const mentor = mentors.get(certification.mentor_key)
      return mentor ? [[certification.id, { mentor, certification }] as const] : []
    }),
  )
}

/** Every rule is asked before the first write, so that a refusal has nothing to take back. */
function decide(
  call: Call,
  renewal: Renewal,
  held: Held | undefined,
): { readonly result: RenewalResult } | { readonly planned: Planned } {
  const { certification_id, issued_at, expires_at, version } = renewal
  try {
    if (!held) throw certificationNotFound(certification_id)
    const values = valuesAfter(held.certification, { issued_at, expires_at, status: 'valid' }, call.now)
    if (sameValues(held.certification, values)) return { result: answer('unchanged', held.certification) }
    requireVersion({ ...call, ifMatch: [String(version)] }, held.certification.version)
    return { planned: { ...held, values } }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { result: { certification_id, outcome: 'refused', code: error.code, detail: error.message } }
  }
}

function answer(outcome: 'done' | 'unchanged', { id, expires_at, version }: CertificationRow): RenewalResult {
  return { certification_id: id, outcome, expires_at: wireTime(expires_at), version }
}

/** What `recordMentorChange` does, for all mentors in one statement. */
async function recordRenewals(tx: Tx, call: Call, writes: readonly MentorWrite[]): Promise<void> {
  if (writes.length === 0) return
  const { org, actor } = call.caller
  const patches = writes.map(({ mentor, patch }) => ({ ...patch, mentor_key: mentor.key }))
  const changes = writes.flatMap(({ mentor, changes: made }) => made.map((one) => ({ ...one, mentor_key: mentor.key })))
  await tx.query(sql`WITH patch AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(patches)}::jsonb) AS p(mentor_key bigint, first_expiry timestamptz,
        last_expiry timestamptz, paused_by_certification boolean, status_updated_at timestamptz)
    ), raised AS (
      UPDATE mentor AS m SET revision = m.revision + 1, updated_at = ${call.now}, first_expiry = patch.first_expiry,
        last_expiry = patch.last_expiry,
        paused_by_certification = coalesce(patch.paused_by_certification, m.paused_by_certification),
        status_updated_at = coalesce(patch.status_updated_at, m.status_updated_at)
      FROM patch WHERE m.key = patch.mentor_key RETURNING m.key, m.revision
    )
    INSERT INTO change (org_id, type, id, mentor_key, revision, action, actor, at, before, after, request_id)
    SELECT ${org}, c.type, c.id, raised.key, raised.revision, c.action, ${actor}, ${call.now}, c.before, c.after, ${call.requestId}
    FROM ROWS FROM (jsonb_to_recordset(${JSON.stringify(changes)}::jsonb)
      AS (type text, id text, action text, before jsonb, after jsonb, mentor_key bigint)) WITH ORDINALITY
      AS c(type, id, action, before, after, mentor_key, place)
    JOIN raised ON raised.key = c.mentor_key ORDER BY c.place`)
}
