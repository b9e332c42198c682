import { useFormatter, useTranslations } from 'next-intl'
import type { ExpiryWarning } from '@/domain/certifications/warning-schema'

/** What the expiry means for the mentor and for those who are looked after, in a sentence. */
export function Consequence({ warning }: { warning: ExpiryWarning }) {
  const t = useTranslations()
  const format = useFormatter()
  const assignments = t('overview.openAssignments', { count: warning.open_assignments })
  return (
    <>
      {pauseSentence()} · {assignments}
    </>
  )

  function pauseSentence(): string {
    if (warning.paused) return t('expiry.isPaused')
    if (warning.paused_from === null) return t('expiry.pausedWhenRun')
    const date = format.dateTime(new Date(warning.paused_from), { day: 'numeric', month: 'short' })
    return t(warning.state === 'expired' ? 'expiry.pausedNextRun' : 'expiry.pausedOn', { date })
  }
}
