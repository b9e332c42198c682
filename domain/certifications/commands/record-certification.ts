import 'server-only'
import { type CertificationRow, certificationColumns, toItem, toLogged } from '@/domain/certifications/row'
import type { PostCertificationBody, PostedCertification } from '@/domain/certifications/schema'
import { type LockedMentor, lockOrRegisterMentor } from '@/domain/mentors/lock'
import { recordMentorChange } from '@/domain/mentors/record'
import type { Answer, Call } from '@/lib/call'
import { one, sql, type Tx } from '@/lib/db'
import { type Instant, wireTime } from '@/lib/instant'
import { type CertificationEffect, refreshCertifications } from './refresh-certifications'

/** A written certification, with what the mentor's single `recordMentorChange` has to write for it. */
export interface CertificationWrite extends CertificationEffect {
  readonly certification: CertificationRow
}

export interface NewCertification {
  readonly certification_type: string
  readonly issued_at: Instant
  /** Later than `issued_at`; the caller has checked that. */
  readonly expires_at: Instant
}

/**
 * Records a certification for a locked mentor and all that follows from it (see `refreshCertifications`); counts as a
 * renewal. The caller ends with one `recordMentorChange` of the patch and the changes returned.
 */
export async function recordCertification(
  tx: Tx,
  call: Call,
  mentor: LockedMentor,
  given: NewCertification,
): Promise<CertificationWrite> {
  const certification = await one<CertificationRow>(
    tx,
    sql`INSERT INTO certification (org_id, mentor_key, certification_type, issued_at, expires_at, created_at, updated_at)
        VALUES (${call.caller.org}, ${mentor.key}, ${given.certification_type}, ${given.issued_at}, ${given.expires_at},
          ${call.now}, ${call.now})
        RETURNING ${certificationColumns}`,
  )
  const effect = await refreshCertifications(tx, call, mentor, { renewal: true, types: [given.certification_type] })
  const recorded = {
    type: 'certification',
    id: certification.id,
    action: 'recorded',
    before: null,
    after: toLogged(certification),
  } as const
  return { certification, patch: effect.patch, changes: [recorded, ...effect.changes] }
}

/** Records a certification; a mentor that is not known yet is registered. Throws `mentor_not_found` for an erased one. */
export async function postCertification(
  tx: Tx,
  call: Call,
  body: PostCertificationBody,
): Promise<Answer<PostedCertification>> {
  const mentor = await lockOrRegisterMentor(tx, call, body.mentor_id)
  const { certification, patch, changes } = await recordCertification(tx, call, mentor, body)
  await recordMentorChange(tx, call, mentor, patch, changes)
  return {
    body: {
      ...toItem(certification, mentor.mentor_id, call.now),
      created_at: wireTime(certification.created_at),
    },
    version: certification.version,
  }
}
