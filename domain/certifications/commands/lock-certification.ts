import 'server-only'
import { certificationNotFound } from '@/domain/certifications/queries'
import { type CertificationRow, certificationColumns } from '@/domain/certifications/row'
import { type LockedMentor, lockMentorByKey } from '@/domain/mentors/lock'
import type { Call } from '@/lib/call'
import { first, sql, type Tx } from '@/lib/db'

/**
 * Locks the mentor that a certification belongs to and reads it under the lock.
 * Throws `certification_not_found`, also where it was deleted while the lock waited.
 */
export async function lockCertification(
  tx: Tx,
  call: Call,
  id: string,
): Promise<{ mentor: LockedMentor; certification: CertificationRow }> {
  const owner = await first<{ mentor_key: number }>(
    tx,
    sql`SELECT mentor_key FROM certification WHERE org_id = ${call.caller.org} AND id = ${id}`,
  )
  if (!owner) throw certificationNotFound(id)
  const mentor = await lockMentorByKey(tx, call, owner.mentor_key)
  const certification = await first<CertificationRow>(
    tx,
    sql`SELECT ${certificationColumns} FROM certification WHERE org_id = ${call.caller.org} AND id = ${id}`,
  )
  if (!certification) throw certificationNotFound(id)
  return { mentor, certification }
}
