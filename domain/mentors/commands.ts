import 'server-only'
import type { Answer, Call } from '@/lib/call'
import type { Tx } from '@/lib/db'
import { invalid } from '@/lib/errors'
import { requireVersion } from '@/lib/http/if-match'
import { lockMentor, lockOrRegisterMentor } from './lock'
import { type ProfileFacts, profileOf } from './queries'
import { type MentorPatch, recordMentorChange } from './record'
import type { MentorProfile, PutMentorBody } from './schema'

/**
 * Creates a mentor or completes what is known of one; a name ends *incomplete*. Throws 400 for another organisation's
 * id, `precondition_failed`, and `mentor_not_found` for an erased mentor, or for an unknown one under `If-Match`.
 */
export async function putMentorProfile(
  tx: Tx,
  call: Call,
  mentorId: string,
  body: PutMentorBody,
): Promise<Answer<MentorProfile>> {
  if (body.org_id !== undefined && body.org_id !== call.caller.org) {
    throw invalid('/org_id', `Mentors here belong to ${call.caller.org}. Nothing was stored; leave org_id out.`)
  }
  // who names a version has read the mentor: it is not for this request to make one
  const mentor = await (call.ifMatch === null ? lockOrRegisterMentor : lockMentor)(tx, call, mentorId)
  requireVersion(call, mentor.revision)
  const patch = changesTo(mentor, body)
  const keys = Object.keys(patch) as (keyof typeof patch)[]
  if (keys.length === 0) return profileOf(call, mentor)
  const before = Object.fromEntries(keys.map((key) => [key, mentor[key]]))
  const revision = await recordMentorChange(tx, call, mentor, patch, [
    { type: 'mentor', id: mentorId, action: 'profile_changed', before, after: patch },
  ])
  return profileOf(call, { ...mentor, ...patch, revision })
}

function changesTo(mentor: ProfileFacts, body: PutMentorBody): Pick<MentorPatch, 'full_name' | 'email' | 'incomplete'> {
  return {
    ...(body.full_name !== undefined && body.full_name !== mentor.full_name && { full_name: body.full_name }),
    ...(body.email !== undefined && body.email !== mentor.email && { email: body.email }),
    ...(body.full_name !== undefined && mentor.incomplete && { incomplete: false }),
  }
}
