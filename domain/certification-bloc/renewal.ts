import { addMicroseconds, dateOf, type Instant, instantFromDate } from '@/lib/instant'

export interface RenewalPayload {
  readonly certification_type: string | null
  readonly issued_at: Instant | null
  readonly expires_at: Instant | null
}

export interface HeldCertification {
  readonly certification_type: string
  readonly issued_at: Instant
  readonly expires_at: Instant
}

/** What a renewal comes to, or why it cannot be applied now. `renews` is null where the first one is to be recorded. */
export type RenewalPlan<Held extends HeldCertification> =
  | {
      readonly renews: Held | null
      readonly certification_type: string
      readonly issued_at: Instant
      readonly expires_at: Instant
    }
  | { readonly error: string }

/**
 * Plans a renewal over the mentor's current certifications, given latest expiry first. Without `expires_at` it runs to
 * the later of the present expiry and now, plus the previous term; such a term begins now, since from an old `issued_at`
 * the next renewal would take both terms for one.
 */
export function planRenewal<Held extends HeldCertification>(
  payload: RenewalPayload,
  current: readonly Held[],
  now: Instant,
): RenewalPlan<Held> {
  const type = payload.certification_type
  const held = type === null ? current[0] : current.find((certification) => certification.certification_type === type)
  if (!held) return planFirst(payload, now)
  const issued_at = payload.issued_at ?? (payload.expires_at === null ? now : held.issued_at)
  const expires_at = payload.expires_at ?? addTerm(held.expires_at > now ? held.expires_at : now, held)
  return ordered({ renews: held, certification_type: held.certification_type, issued_at, expires_at })
}

function planFirst<Held extends HeldCertification>(payload: RenewalPayload, now: Instant): RenewalPlan<Held> {
  if (payload.certification_type === null) {
    return { error: 'The mentor holds no certification to renew; record one, or name a certification_type, and retry.' }
  }
  if (payload.expires_at === null) {
    return {
      error: `The mentor holds no ${payload.certification_type} whose term could be taken over; record one and retry.`,
    }
  }
  return ordered({
    renews: null,
    certification_type: payload.certification_type,
    issued_at: payload.issued_at ?? now,
    expires_at: payload.expires_at,
  })
}

function ordered<Plan extends { issued_at: Instant; expires_at: Instant }>(plan: Plan): Plan | { error: string } {
  if (plan.issued_at < plan.expires_at) return plan
  return {
    error: `The certification would expire (${plan.expires_at.slice(0, 10)}) before it was issued (${plan.issued_at.slice(0, 10)}).`,
  }
}

const LAST = '9999-12-31T23:59:59.999999Z' as Instant

/** `from` plus the time between issue and expiry, to the microsecond; no later than the year 9999. */
function addTerm(from: Instant, term: Pick<HeldCertification, 'issued_at' | 'expires_at'>): Instant {
  const millis = dateOf(from).getTime() + dateOf(term.expires_at).getTime() - dateOf(term.issued_at).getTime()
  if (millis >= dateOf(LAST).getTime()) return LAST
  return addMicroseconds(
    instantFromDate(new Date(millis)),
    micros(from) + micros(term.expires_at) - micros(term.issued_at),
  )
}

function micros(instant: Instant): number {
  return Number(instant.slice(23, 26))
}
