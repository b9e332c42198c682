import type { LockedMentor } from '@/domain/mentors/lock'
import { measureSkew, readPhoneTime } from '@/domain/mentors/phone-clock'
import type { Call } from '@/lib/call'
import type { Instant } from '@/lib/instant'
import type { ArrivedEvent } from './logged-event'
import { effectiveTime } from './ordering'
import type { PostSyncEventBody } from './schema'

/**
 * An event with the time by which it takes its place after the newest accepted one: its own, less what the clock of the
 * phone that sends it is wrong by.
 */
export function placeEvent(
  call: Pick<Call, 'now' | 'clientTime'>,
  mentor: Pick<LockedMentor, 'phone_skew_ms'>,
  event: PostSyncEventBody,
  newestAccepted: Instant | null,
): ArrivedEvent {
  const client = event.client_timestamp ?? null
  const skew = client === null ? null : measureSkew(call, mentor.phone_skew_ms)
  const time = readPhoneTime(call, client, skew)
  const effective_at = effectiveTime(time.corrected_timestamp ?? client, call.now, newestAccepted)
  return { ...event, ...time, skew, effective_at }
}
