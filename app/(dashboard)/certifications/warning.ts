import type { ExpiryWarning } from '@/domain/certifications/warning-schema'

export type Warning = ExpiryWarning

export function renewButtonId(certificationId: string): string {
  return `renew-${certificationId}`
}
