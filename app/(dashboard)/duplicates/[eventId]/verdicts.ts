import { Files, type LucideIcon, Merge, Trash2, Users } from 'lucide-react'
import type { Resolution } from '@/domain/duplicate-events/states'

/** How each verdict is given and named. */
export const VERDICTS = {
  merge: { key: 'm', icon: Merge, label: 'merge', hint: 'mergeHint', variant: 'primary' },
  keep_both: { key: 'b', icon: Files, label: 'keepBoth', hint: 'keepBothHint', variant: 'secondary' },
  co_led: { key: 'c', icon: Users, label: 'coLed', hint: 'coLedHint', variant: 'secondary' },
  discard_draft: { key: 'd', icon: Trash2, label: 'discardDraft', hint: 'discardHint', variant: 'danger' },
} as const satisfies Record<Resolution, { key: string; icon: LucideIcon; label: string; hint: string; variant: string }>
