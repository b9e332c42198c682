import { statusOf } from '@/domain/mentors/lock'
import type { PhoneTime } from '@/domain/mentors/phone-clock'
import { type Instant, wireTime } from '@/lib/instant'
import type { Outcome, PauseState } from './ordering'
import type { PostSyncEventBody, SyncEventType } from './schema'

/** An event on its way in, with the time by which it takes its place. */
export interface ArrivedEvent extends Omit<PostSyncEventBody, 'client_timestamp'>, PhoneTime {
  readonly effective_at: Instant
  /** What is known from now on of the phone's clock, in milliseconds; null where nothing new is. */
  readonly skew: number | null
}

/** The action of the change log that an event stands for. */
export function actionOf(type: SyncEventType, accepted: boolean): 'superseded' | 'paused' | 'resumed' {
  if (!accepted) return 'superseded'
  return type === 'PauseMentorEvent' ? 'paused' : 'resumed'
}

/** The mentor's state before an event, as the change log keeps it. */
export function loggedBefore(mentor: PauseState): object {
  return {
    status: statusOf(mentor),
    paused_by_hand: mentor.paused_by_hand,
    paused_by_certification: mentor.paused_by_certification,
  }
}

/** What an event led to, as the change log keeps it. */
export function loggedAfter(event: ArrivedEvent, outcome: Outcome): object {
  return {
    status: outcome.resulting_status,
    paused_by_hand: outcome.paused_by_hand,
    paused_by_certification: outcome.paused_by_certification,
    event_type: event.event_type,
    origin: 'app',
    accepted: outcome.accepted,
    rejection_reason: outcome.rejection_reason,
    held_by: outcome.held_by,
    reason: event.reason ?? null,
    client_timestamp: event.client_timestamp,
    ...(event.corrected_timestamp && {
      client_clock: event.client_clock,
      corrected_timestamp: event.corrected_timestamp,
    }),
    effective_at: event.effective_at,
  }
}

/** A resume that leaves an active mentor paused is the first to find the lapse: the job will have nothing to tell. */
export function findsLapse(mentor: PauseState, outcome: Outcome): boolean {
  return outcome.held_by !== null && statusOf(mentor) === 'active'
}

/** The event by which the app is told of a lapse, as the change log keeps it; its reason comes from the certifications. */
export function loggedLapse(now: Instant): object {
  return {
    event_type: 'PauseMentorEvent',
    origin: 'server',
    resulting_status: 'paused',
    server_timestamp: wireTime(now),
  }
}
