import { useFormatter, useTranslations } from 'next-intl'
import type { ExpiryWarning } from '@/domain/certifications/warning-schema'

/** When the expiry job pauses the mentor, unless the certification is renewed before. */
export function usePauseWords(): (warning: ExpiryWarning) => string {
  const t = useTranslations('expiry')
  const format = useFormatter()
  return ({ paused, paused_from, state }) => {
    if (paused) return t('isPaused')
    if (paused_from === null) return t('pausedWhenRun')
    const date = format.dateTime(new Date(paused_from), { day: 'numeric', month: 'short' })
    return t(state === 'expired' ? 'pausedNextRun' : 'pausedOn', { date })
  }
}
