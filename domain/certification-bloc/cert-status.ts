import type { Instant } from '@/lib/instant'
import type { CertStatus } from './schema'

/**
 * `lastExpiry` is the latest expiry of the current certifications: without one a mentor holds nothing, or nothing that
 * is not revoked.
 */
export function certStatusAt(lastExpiry: Instant | null, holdsAny: boolean, now: Instant): CertStatus {
  if (lastExpiry === null) return holdsAny ? 'revoked' : 'none'
  return lastExpiry > now ? 'active' : 'expired'
}
