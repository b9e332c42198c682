import 'server-only'
import { statusAt } from '@/domain/certifications/expiry-rules'
import { type CertificationRow, certificationColumns, toLogged } from '@/domain/certifications/row'
import type { PutCertification, PutCertificationBody } from '@/domain/certifications/schema'
import type { LockedMentor } from '@/domain/mentors/lock'
import { recordMentorChange } from '@/domain/mentors/record'
import type { Answer, Call } from '@/lib/call'
import { one, sql, type Tx } from '@/lib/db'
import { AppError, invalid } from '@/lib/errors'
import { requireVersion } from '@/lib/http/if-match'
import { type Instant, parseInstant, wireTime } from '@/lib/instant'
import { lockCertification } from './lock-certification'
import type { CertificationWrite } from './record-certification'
import { refreshCertifications } from './refresh-certifications'

type Values = Pick<CertificationRow, 'certification_type' | 'issued_at' | 'expires_at' | 'revoked_at'>

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

async function writeValues(
  tx: Tx,
  call: Call,
  mentor: LockedMentor,
  before: CertificationRow,
  values: Values,
): Promise<CertificationWrite> {
  // it steps down first, so that it cannot collide with the current one of another type; the refresh puts it back
  const after = await one<CertificationRow>(
    tx,
    sql`UPDATE certification SET certification_type = ${values.certification_type}, issued_at = ${values.issued_at},
          expires_at = ${values.expires_at}, revoked_at = ${values.revoked_at}, is_current = false,
          version = version + 1, updated_at = ${call.now}
        WHERE key = ${before.key} AND version = ${before.version} RETURNING ${certificationColumns}`,
  )
  const status = statusAt(after, call.now)
  const effect = await refreshCertifications(tx, call, mentor, {
    renewal: status === 'valid',
    types: [...new Set([before.certification_type, after.certification_type])],
  })
  const changed = {
    type: 'certification',
    id: after.id,
    action: status === 'revoked' && before.revoked_at === null ? 'revoked' : status === 'valid' ? 'renewed' : 'updated',
    before: toLogged(before),
    after: toLogged(after),
  } as const
  return {
    certification: { ...after, version: after.version + (effect.cleared.includes(after.id) ? 1 : 0) },
    patch: effect.patch,
    changes: [changed, ...effect.changes],
  }
}

function valuesAfter(stored: CertificationRow, body: PutCertificationBody, now: Instant): Values {
  const values = {
    certification_type: body.certification_type ?? stored.certification_type,
    issued_at: givenOrStored(body.issued_at, stored.issued_at),
    expires_at: givenOrStored(body.expires_at, stored.expires_at),
    revoked_at: stored.revoked_at,
  }
  if (body.status === 'expired') {
    if (stored.revoked_at !== null) {
      throw new AppError(
        'transition_not_allowed',
        'The certification is revoked, so it cannot expire. Nothing was stored; status "valid" lifts the revocation.',
        { members: { allowed: ['valid', 'revoked'] } },
      )
    }
    // one that has expired already keeps its date: asking twice has the effect of asking once
    if (values.expires_at > now) values.expires_at = now
  }
  if (body.status === 'revoked') values.revoked_at = stored.revoked_at ?? now
  if (body.status === 'valid') {
    if (values.expires_at <= now) {
      throw invalid('/expires_at', 'A valid certification expires in the future: send a later expires_at with it')
    }
    values.revoked_at = null
  }
  if (values.expires_at <= values.issued_at) {
    throw invalid(
      body.expires_at === undefined && body.issued_at !== undefined ? '/issued_at' : '/expires_at',
      `A certification expires after it was issued (${wireTime(values.issued_at)}), and this would let it expire on ${wireTime(values.expires_at)}`,
    )
  }
  return values
}

// whole seconds are all that an answer shows: a record sent back must not lose the rest of what is stored
function givenOrStored(given: Instant | undefined, stored: Instant): Instant {
  return given === undefined || given === parseInstant(wireTime(stored)) ? stored : given
}

function sameValues(stored: CertificationRow, values: Values): boolean {
  return (
    stored.certification_type === values.certification_type &&
    stored.issued_at === values.issued_at &&
    stored.expires_at === values.expires_at &&
    stored.revoked_at === values.revoked_at
  )
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
