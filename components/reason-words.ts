import { useFormatter, useTranslations } from 'next-intl'
import { formatDate } from '@/lib/i18n/format'
import { useCertificationTypeName } from './certification-type'

const EXPIRED = /^Certification (\S+) expired on (\d{4}-\d\d-\d\d)$/

/** A reason as the reader's language has it: the expiry job's are translated, a person's words stay and are quoted. */
export function useReasonWords(): (reason: string) => string {
  const t = useTranslations('mentor')
  const format = useFormatter()
  const typeName = useCertificationTypeName()
  return (reason) => {
    const expiries = reason.split('; ').map((one) => EXPIRED.exec(one))
    if (expiries.some((expiry) => expiry === null)) return t('quoted', { words: reason })
    return format.list(
      expiries.map((expiry) =>
        t('hasExpired', { type: typeName(expiry?.[1] ?? ''), date: formatDate(format, expiry?.[2] ?? '') }),
      ),
    )
  }
}
