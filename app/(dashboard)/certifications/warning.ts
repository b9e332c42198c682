import type { ExpiryWarning } from '@/domain/certifications/queries'

/** A warning with what the server's clock and settings make of it. */
export interface Warning extends ExpiryWarning {
  readonly state: 'expired' | 'expiring' | 'valid'
  /** When the expiry job pauses the mentor; null for who is paused already, and while the job does not run by itself. */
  readonly paused_from: string | null
}

export function renewButtonId(certificationId: string): string {
  return `renew-${certificationId}`
}
