import 'server-only'
import type { Answer, Call } from '@/lib/call'
import { type Db, first, sql } from '@/lib/db'
import { type LockedMentor, mentorNotFound } from './lock'
import type { MentorProfile } from './schema'

/** What a profile is made of. */
export type ProfileFacts = Pick<LockedMentor, 'mentor_id' | 'full_name' | 'email' | 'incomplete' | 'revision'>

/** A profile as the API shows it, with the mentor's revision. */
export function profileOf(call: Call, mentor: ProfileFacts): Answer<MentorProfile> {
  const { mentor_id, full_name, email, incomplete, revision } = mentor
  return { version: revision, body: { mentor_id, full_name, email, org_id: call.caller.org, incomplete } }
}

/** Who a mentor is. Throws `mentor_not_found`, also for an erased one. */
export async function getMentorProfile(db: Db, call: Call, mentorId: string): Promise<Answer<MentorProfile>> {
  const mentor = await first<ProfileFacts>(
    db,
    sql`SELECT mentor_id, full_name, email, incomplete, revision FROM mentor
        WHERE org_id = ${call.caller.org} AND mentor_id = ${mentorId} AND erased_at IS NULL`,
  )
  if (!mentor) throw mentorNotFound(mentorId)
  return profileOf(call, mentor)
}
