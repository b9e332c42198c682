import 'server-only'
import { toLogged } from '@/domain/certifications/row'
import type { DeletedCertification } from '@/domain/certifications/schema'
import { recordMentorChange } from '@/domain/mentors/record'
import type { Answer, Call } from '@/lib/call'
import { sql, type Tx } from '@/lib/db'
import { requireVersion } from '@/lib/http/if-match'
import { wireTime } from '@/lib/instant'
import { lockCertification } from './lock-certification'
import { refreshCertifications } from './refresh-certifications'

/**
 * Removes a certification from every view; the change log keeps what it was. It is no renewal: a pause by certification
 * stays until one. Throws `certification_not_found` and `precondition_failed`.
 */
export async function deleteCertification(tx: Tx, call: Call, id: string): Promise<Answer<DeletedCertification>> {
  const { mentor, certification } = await lockCertification(tx, call, id)
  requireVersion(call, certification.version)
  await tx.query(sql`DELETE FROM certification WHERE key = ${certification.key}`)
  const { patch, changes } = await refreshCertifications(tx, call, mentor, {
    renewal: false,
    types: [certification.certification_type],
  })
  await recordMentorChange(tx, call, mentor, patch, [
    { type: 'certification', id, action: 'deleted', before: toLogged(certification), after: null },
    ...changes,
  ])
  return { body: { certification_id: id, deleted: true, deleted_at: wireTime(call.now) } }
}
