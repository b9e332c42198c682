import { useTranslations } from 'next-intl'
import type { ExpiryWarning } from '@/domain/certifications/warning-schema'
import { usePauseWords } from './pause-words'

/** What the expiry means for the mentor and for those who are looked after, in a sentence. */
export function Consequence({ warning }: { warning: ExpiryWarning }) {
  const t = useTranslations('overview')
  return (
    <>
      {usePauseWords()(warning)} · {t('openAssignments', { count: warning.open_assignments })}
    </>
  )
}
