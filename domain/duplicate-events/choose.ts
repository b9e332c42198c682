import type { Activity } from '@/domain/activities/queries'
import { AppError } from '@/lib/errors'
import { wireTimeOrNull } from '@/lib/instant'
import { type EventRow, eventId } from './event-row'
import type { LiveCandidate } from './live-candidates'
import type { Decision } from './schema'
import { allowedResolutions, type Resolution } from './states'
import { THRESHOLD } from './weights'

/** What a decision is about: the activity, null where only drafts were found, and everything that was found. */
export interface Chosen {
  readonly activity: Activity | null
  readonly candidates: readonly LiveCandidate[]
}

/**
 * What a decision is about, of all that was found, surest first; `activities` holds those among it by their keys. Throws
 * `review_moved_on` where the decision was made on something else.
 */
export function chooseCandidate(
  event: EventRow,
  candidates: readonly LiveCandidate[],
  activities: ReadonlyMap<number, Activity>,
  decision: Decision,
): Chosen {
  if (decision.review_version !== undefined && decision.review_version !== event.review_version) {
    throw movedOn(`What ${eventId(event)} may duplicate has changed since it was previewed.`)
  }
  for (const { activity_key, probability } of candidates) {
    const activity = activities.get(activity_key ?? 0)
    // where the surest is still a draft, nobody meant the far less likely activity behind it
    if (decision.candidate_id === undefined && candidates[0]?.activity_key === null && probability < THRESHOLD) break
    if (activity && (decision.candidate_id ?? activity.id) === activity.id) return { activity, candidates }
  }
  if (decision.candidate_id === undefined) return { activity: null, candidates }
  throw movedOn(`${decision.candidate_id} is not, or no longer, among what ${eventId(event)} may duplicate.`)
}

/**
 * The resolution that is carried out: without one in the decision one mentor's pair is merged; `explicit` refuses that.
 * Throws `resolution_required`, naming what is allowed.
 */
export function requireResolution(event: EventRow, chosen: Chosen, decision: Decision, explicit: boolean): Resolution {
  const allowed = allowedResolutions(event.peer_id, chosen.activity)
  const wanted = decision.resolution ?? (explicit || allowed.includes('co_led') ? undefined : 'merge')
  if (wanted && allowed.includes(wanted)) return wanted
  throw new AppError('resolution_required', `${reasonFor(event, chosen, wanted)} Nothing was stored.`, {
    members: { allowed },
  })
}

function reasonFor(event: EventRow, { activity, candidates }: Chosen, wanted: Resolution | undefined): string {
  const id = eventId(event)
  if (candidates.length === 0) return `Nothing is left that ${id} may duplicate: keep it as it is, or discard it.`
  if (!activity) return `What ${id} may duplicate is no activity yet: decide about that draft first, or choose again.`
  if (wanted) return `${id} and ${activity.id} were logged by one mentor, so they were not led by two.`
  if (activity.mentor_id === event.peer_id) return `The check of ${id} found ${activity.id}: say what to do with both.`
  return `${id} and ${activity.id} were logged by two mentors: say whether they are one session.`
}

/** 409: what was previewed is not what stands now. */
export function movedOn(what: string): AppError {
  return new AppError('review_moved_on', `${what} Nothing was stored; look at it again.`)
}

/** 409 that shows the decision that stands. */
export function alreadyResolved(event: EventRow): AppError {
  return new AppError(
    'already_resolved',
    `${eventId(event)} has been resolved already: ${event.resolution}, by ${event.resolved_by}. That decision stands and yours was not stored; take it back first to decide otherwise.`,
    {
      members: {
        resolution: event.resolution,
        resolved_by: event.resolved_by,
        last_updated_at: wireTimeOrNull(event.last_updated_at),
      },
    },
  )
}
