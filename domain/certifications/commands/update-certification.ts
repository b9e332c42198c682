import 'server-only'
import { statusAt } from '@/domain/certifications/expiry-rules'
import type { CertificationRow } from '@/domain/certifications/row'
import type { PutCertification, PutCertificationBody } from '@/domain/certifications/schema'
import type { LockedMentor } from '@/domain/mentors/lock'
import { recordMentorChange } from '@/domain/mentors/record'
import type { Answer, Call } from '@/lib/call'
import type { Tx } from '@/lib/db'
import { requireVersion } from '@/lib/http/if-match'
import { type Instant, wireTime } from '@/lib/instant'
import { lockCertification } from './lock-certification'
import type { CertificationWrite } from './record-certification'
import { sameValues, valuesAfter, writeValues } from './write-values'

/**
 * Changes a certification; counts as a renewal where it is valid afterwards. Throws `certification_not_found`,
 * `precondition_failed`, `transition_not_allowed` (a revoked one cannot be made to expire), and 400 for values that
 * contradict each other or what is stored.
 */
export async function updateCertification(
  tx: Tx,
  call: Call,
  id: string,
  body: PutCertificationBody,
): Promise<Answer<PutCertification>> {
  const { mentor, certification } = await lockCertification(tx, call, id)
  requireVersion(call, certification.version)
  const values = valuesAfter(certification, body, call.now)
  if (sameValues(certification, values)) return toAnswer(certification, call.now)
  const written = await writeValues(tx, call, mentor, certification, values)
  await recordMentorChange(tx, call, mentor, written.patch, written.changes)
  return toAnswer(written.certification, call.now)
}

/**
 * Renews a certification of a locked mentor to `expires_at`, lifting a revocation; as `updateCertification` does. The
 * caller, who read the record after the lock, ends with one `recordMentorChange` of the patch and changes returned.
 * Null where it already has these dates. Throws 400 where it would expire before it was issued.
 */
export async function renewCertification(
  tx: Tx,
  call: Call,
  mentor: LockedMentor,
  certification: CertificationRow,
  dates: { readonly issued_at?: Instant | undefined; readonly expires_at: Instant },
): Promise<CertificationWrite | null> {
  const values = valuesAfter(certification, dates, call.now)
  const lifted = { ...values, revoked_at: null }
  return sameValues(certification, lifted) ? null : writeValues(tx, call, mentor, certification, lifted)
}

function toAnswer(certification: CertificationRow, now: Instant): Answer<PutCertification> {
  return {
    body: {
      certification_id: certification.id,
      expires_at: wireTime(certification.expires_at),
      status: statusAt(certification, now),
      updated_at: wireTime(certification.updated_at),
    },
    version: certification.version,
  }
}
