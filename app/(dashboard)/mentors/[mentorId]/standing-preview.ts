import type { SyncEventType } from '@/domain/mentor-status-sync/schema'
import type { MentorDetail } from '@/domain/mentors/detail'

/** What of a mentor moves with a pause or a resume. */
export type Standing = Pick<MentorDetail, 'status' | 'pauses' | 'eligibility' | 'certifications'>

export interface StandingEvent {
  readonly event_type: SyncEventType
  readonly reason: string | null
  readonly at: string
}

/** A mentor's standing as it will be once the event has been accepted. */
export function standingAfter(standing: Standing, { event_type, reason, at }: StandingEvent): Standing {
  const others = standing.pauses.filter(({ cause }) => cause !== 'by_hand')
  const byHand = { cause: 'by_hand', since: at as Standing['pauses'][number]['since'], reason } as const
  const pauses = event_type === 'PauseMentorEvent' ? [byHand, ...others] : others
  const missing = standing.eligibility.reasons.filter((one) => one !== 'paused')
  const reasons = pauses.length > 0 ? (['paused', ...missing] as const) : missing
  return {
    ...standing,
    pauses,
    status: pauses.length > 0 ? 'paused' : 'active',
    eligibility: { eligible: reasons.length === 0, reasons: [...reasons] },
  }
}
