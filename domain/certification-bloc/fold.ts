import type { Instant } from '@/lib/instant'
import type { BlocEventType, CertStatus } from './schema'

/** An event as the fold sees it. `course_id` is null unless it is an enrolment. */
export interface FoldedEvent {
  readonly event_type: BlocEventType
  readonly fired_at: Instant
  readonly course_id: string | null
  readonly processed: boolean
}

export interface Folded {
  /** Each course once, in the order of first enrolment. */
  readonly enrolled_course_ids: string[]
  readonly last_event: BlocEventType | null
  readonly last_event_at: Instant | null
}

/** What the remaining events say, given oldest first. A removed event leaves no trace. */
export function foldEvents(events: readonly FoldedEvent[]): Folded {
  const courses = new Set<string>()
  for (const event of events) if (event.processed && event.course_id !== null) courses.add(event.course_id)
  const last = events.at(-1)
  return {
    enrolled_course_ids: [...courses],
    last_event: last?.event_type ?? null,
    last_event_at: last?.fired_at ?? null,
  }
}

/**
 * `lastExpiry` is the latest expiry of the current certifications: without one a mentor holds nothing, or nothing that
 * is not revoked.
 */
export function certStatusAt(lastExpiry: Instant | null, holdsAny: boolean, now: Instant): CertStatus {
  if (lastExpiry === null) return holdsAny ? 'revoked' : 'none'
  return lastExpiry > now ? 'active' : 'expired'
}
