import 'server-only'
import { type CertificationRow, certificationColumns } from '@/domain/certifications/row'
import type { PostRenewalsBody, RenewalResult, RenewalResults } from '@/domain/certifications/schema'
import { type LockedMentor, lockMentorsByKey } from '@/domain/mentors/lock'
import { type Change, type MentorPatch, recordMentorChange } from '@/domain/mentors/record'
import type { Answer, Call } from '@/lib/call'
import { rows, sql, type Tx } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { requireVersion } from '@/lib/http/if-match'
import { wireTime } from '@/lib/instant'
import { certificationNotFound } from './lock-certification'
import { sameValues, valuesAfter, writeValues } from './write-values'

type Renewal = PostRenewalsBody['renewals'][number]

/** A locked mentor with what has been done to it so far, for the one record at the end. */
interface Turn {
  mentor: LockedMentor
  patch: MentorPatch
  changes: Change[]
}

/**
 * Renews many certifications, each as a PUT with its version and status `valid` does. A row that is refused is named with
 * its reason and leaves the others alone. One that has its dates already is `unchanged`, whoever gave them to it, so that
 * a batch may be sent again.
 */
export async function renewCertifications(
  tx: Tx,
  call: Call,
  { renewals }: PostRenewalsBody,
): Promise<Answer<RenewalResults>> {
  const ids = renewals.map((renewal) => renewal.certification_id)
  const owners = await rows<{ mentor_key: number }>(
    tx,
    sql`SELECT DISTINCT c.mentor_key FROM certification AS c JOIN mentor AS m ON m.key = c.mentor_key
        WHERE c.org_id = ${call.caller.org} AND c.id = ANY (${ids}::text[]) AND m.erased_at IS NULL`,
  )
  const keys = owners.map((owner) => owner.mentor_key)
  const locked = await lockMentorsByKey(tx, call, keys)
  // in the next statement, which sees what was written while the locks waited
  const stored = await rows<CertificationRow>(
    tx,
    sql`SELECT ${certificationColumns} FROM certification
        WHERE org_id = ${call.caller.org} AND id = ANY (${ids}::text[]) AND mentor_key = ANY (${keys}::bigint[])`,
  )
  const byId = new Map(stored.map((certification) => [certification.id, certification]))
  const turns = new Map([...locked].map(([key, mentor]): [number, Turn] => [key, { mentor, patch: {}, changes: [] }]))
  const results: RenewalResult[] = []
  for (const renewal of renewals) {
    const certification = byId.get(renewal.certification_id)
    const turn = certification && turns.get(certification.mentor_key)
    results.push(
      turn
        ? await renew(tx, call, turn, certification, renewal)
        : refused(renewal, certificationNotFound(renewal.certification_id)),
    )
  }
  for (const { mentor, patch, changes } of turns.values()) {
    if (changes.length > 0) await recordMentorChange(tx, call, mentor, patch, changes)
  }
  return { body: { results } }
}

async function renew(
  tx: Tx,
  call: Call,
  turn: Turn,
  certification: CertificationRow,
  renewal: Renewal,
): Promise<RenewalResult> {
  // every rule is asked before the first write, so that a refusal has nothing to take back
  const planned = attempt(() => {
    const { issued_at, expires_at, version } = renewal
    const values = valuesAfter(certification, { issued_at, expires_at, status: 'valid' }, call.now)
    if (sameValues(certification, values)) return null
    requireVersion({ ...call, ifMatch: [String(version)] }, certification.version)
    return values
  })
  if (planned instanceof AppError) return refused(renewal, planned)
  if (planned === null) return answer('unchanged', certification)
  const written = await writeValues(tx, call, turn.mentor, certification, planned)
  // another certification of the same mentor must find the pause lifted
  turn.mentor = { ...turn.mentor, ...written.patch }
  turn.patch = { ...turn.patch, ...written.patch }
  turn.changes.push(...written.changes)
  return answer('done', written.certification)
}

function attempt<T>(work: () => T): T | AppError {
  try {
    return work()
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
}

function answer(outcome: 'done' | 'unchanged', { id, expires_at, version }: CertificationRow): RenewalResult {
  return { certification_id: id, outcome, expires_at: wireTime(expires_at), version }
}

function refused({ certification_id }: Renewal, { code, message }: AppError): RenewalResult {
  return { certification_id, outcome: 'refused', code, detail: message }
}
