import { useTranslations } from 'next-intl'
import type { PauseCause } from '@/domain/mentors/schema'

/** Why somebody is paused, in a few words; nothing for an active mentor. */
export function PauseCauses({ causes }: { causes: readonly PauseCause[] }) {
  const t = useTranslations('status.pauseCause')
  if (causes.length === 0) return null
  const cause = causes.length > 1 ? 'both' : causes[0] === 'by_hand' ? 'hand' : 'certification'
  return <span className="text-muted text-xs">{t(cause)}</span>
}
