import { hasLapsed } from '@/domain/certifications/expiry-rules'
import { notAhead } from '@/domain/mentors/phone-clock'
import { addMicroseconds, type Instant, secondsBetween } from '@/lib/instant'
import type { SyncEventType } from './schema'

/** What decides a mentor's status. */
export interface PauseState {
  readonly paused_by_hand: boolean
  readonly paused_by_certification: boolean
  /** Effective time of the newest accepted event. */
  readonly hand_effective_at: Instant | null
  /** When the first of the current certifications expires. */
  readonly first_expiry: Instant | null
}

export interface Outcome extends PauseState {
  readonly accepted: boolean
  readonly rejection_reason: 'superseded' | null
  readonly resulting_status: 'active' | 'paused'
  readonly held_by: 'certification_expired' | null
}

/**
 * The time by which an event takes its place among the others, wherever and whenever it arrives: the phone's, without what
 * its clock was found to be wrong by, or where it gave none the server's.
 */
export function effectiveTime(phoneTime: Instant | null, now: Instant, newestAccepted: Instant | null): Instant {
  if (phoneTime !== null) return notAhead(phoneTime, now)
  // The server's clock ticks in milliseconds: of several clicks within one tick the later one has to win.
  const sameTick = newestAccepted !== null && newestAccepted >= now && secondsBetween(newestAccepted, now) < 0.001
  return sameTick ? addMicroseconds(newestAccepted, 1) : now
}

/**
 * The last writer by effective time wins, and at equal times the pause: whatever the order of arrival, what is left is
 * the greatest event, and it was accepted when it came.
 *
 * An accepted event of a mentor who has lapsed also brings in the certification cause, as the expiry job would. Before
 * the job's run nothing else would keep a lapsed mentor paused when the pause by hand ends; and bringing it in with any
 * accepted event, not only with a resume that ends a pause, is what makes the order of arrival irrelevant, since the
 * greatest event is accepted in every order. Where that pauses a mentor who was active until the resume came, the
 * command tells the app, as the job would have. The job goes by what is marked on certifications, not by this cause: it
 * still finds and logs the lapse once, sends no second event to a mentor who is paused already, and a renewal lifts the
 * cause whoever brought it in.
 */
export function applySyncEvent(
  state: PauseState,
  event: { readonly event_type: SyncEventType; readonly effective_at: Instant },
  now: Instant,
): Outcome {
  const pause = event.event_type === 'PauseMentorEvent'
  const newest = state.hand_effective_at
  const older = newest !== null && event.effective_at < newest
  const outranked = newest === event.effective_at && state.paused_by_hand && !pause
  if (older || outranked) {
    return {
      ...state,
      accepted: false,
      rejection_reason: 'superseded',
      resulting_status: statusOf(state),
      held_by: null,
    }
  }
  const next = {
    ...state,
    paused_by_hand: pause,
    paused_by_certification: state.paused_by_certification || hasLapsed(state.first_expiry, now),
    hand_effective_at: event.effective_at,
  }
  const status = statusOf(next)
  return {
    ...next,
    accepted: true,
    rejection_reason: null,
    resulting_status: status,
    held_by: !pause && status === 'paused' ? 'certification_expired' : null,
  }
}

function statusOf(state: PauseState): 'active' | 'paused' {
  return state.paused_by_hand || state.paused_by_certification ? 'paused' : 'active'
}
