import { localDate } from '@/lib/calendar'
import type { Instant } from '@/lib/instant'
import type { CertificationStatus } from './schema'

/** What a certification is at `now`: a stored date that has passed counts at once, whether or not the job has run. */
export function statusAt(
  certification: { readonly revoked_at: Instant | null; readonly expires_at: Instant },
  now: Instant,
): CertificationStatus {
  if (certification.revoked_at !== null) return 'revoked'
  return certification.expires_at <= now ? 'expired' : 'valid'
}

/** A mentor has lapsed while the current certification of any type it holds has expired. */
export function hasLapsed(firstExpiry: Instant | null, now: Instant): boolean {
  return firstExpiry !== null && firstExpiry <= now
}

/** What the log says of a lapse: `Certification peer_mentor_basic expired on 2026-03-01`, the date in the zone. */
export function expiryReason(type: string, expiresAt: Instant, timeZone: string): string {
  return `Certification ${type} expired on ${localDate(expiresAt, timeZone)}`
}

/** The parts of what `expiryReason` wrote, to say them in the reader's language; null for any other sentence. */
export function readExpiryReason(reason: string): { readonly type: string; readonly date: string } | null {
  const match = /^Certification (.+) expired on (\d{4}-\d\d-\d\d)$/.exec(reason)
  return match ? { type: String(match[1]), date: String(match[2]) } : null
}
