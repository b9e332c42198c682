import 'server-only'
import { statusAt } from '@/domain/certifications/expiry-rules'
import { type CertificationRow, certificationColumns, toLogged } from '@/domain/certifications/row'
import type { CertificationStatus, PutCertificationBody } from '@/domain/certifications/schema'
import type { LockedMentor } from '@/domain/mentors/lock'
import type { Call } from '@/lib/call'
import { one, sql, type Tx } from '@/lib/db'
import { AppError, invalid } from '@/lib/errors'
import { type Instant, parseInstant, wireTime } from '@/lib/instant'
import type { CertificationWrite } from './record-certification'
import { refreshCertifications } from './refresh-certifications'

type Values = Pick<CertificationRow, 'certification_type' | 'issued_at' | 'expires_at' | 'revoked_at'>

/** Stores what `valuesAfter` said, and all that follows from it; the mentor is locked. */
export async function writeValues(
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
    action: actionOf(before, after, status),
    before: toLogged(before),
    after: toLogged(after),
  } as const
  return {
    certification: { ...after, version: after.version + (effect.cleared.includes(after.id) ? 1 : 0) },
    patch: effect.patch,
    changes: [changed, ...effect.changes],
  }
}

function actionOf(before: CertificationRow, after: CertificationRow, status: CertificationStatus): string {
  if (status === 'revoked') return before.revoked_at === null ? 'revoked' : 'updated'
  const runsLonger = after.expires_at > before.expires_at || before.revoked_at !== null
  return status === 'valid' && runsLonger ? 'renewed' : 'updated'
}

/** What a change makes of a certification. Throws `transition_not_allowed`, and 400 for values that contradict each other or what is stored. */
export function valuesAfter(stored: CertificationRow, body: PutCertificationBody, now: Instant): Values {
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

export function sameValues(stored: CertificationRow, values: Values): boolean {
  return (
    stored.certification_type === values.certification_type &&
    stored.issued_at === values.issued_at &&
    stored.expires_at === values.expires_at &&
    stored.revoked_at === values.revoked_at
  )
}
