import { type Formatter, formatDate } from '@/lib/i18n/format'
import type { Words } from '@/lib/i18n/screen-words'
import { certificationTypeName } from './certification-type'

const EXPIRED = /^Certification (\S+) expired on (\d{4}-\d\d-\d\d)$/

/** The expiry job's reason in the reader's language; null for a person's own words. */
export function expiryWords(t: Words, format: Formatter, reason: string): string | null {
  const expiries = reason.split('; ').map((one) => EXPIRED.exec(one))
  if (expiries.some((expiry) => expiry === null)) return null
  return format.list(
    expiries.map((expiry) =>
      t('mentor.hasExpired', {
        type: certificationTypeName(t, expiry?.[1] ?? ''),
        date: formatDate(format, expiry?.[2] ?? ''),
      }),
    ),
  )
}

/** A reason as the reader's language has it: the expiry job's are translated, a person's words stay and are quoted. */
export function reasonWords(t: Words, format: Formatter, reason: string): string {
  return expiryWords(t, format, reason) ?? t('mentor.quoted', { words: reason })
}
