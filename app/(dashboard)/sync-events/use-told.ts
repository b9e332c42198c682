'use client'

import { useTranslations } from 'next-intl'
import type { Turn } from './inbox-state'

/** What a toast says of a turn. */
export function useTold() {
  const t = useTranslations()
  return {
    done({ effect, acknowledged, restoreNotes }: Turn, count: number): string {
      if (effect === 'stay') return t(restoreNotes ? 'syncInbox.notesRestored' : 'syncInbox.notesSaved', { count })
      if (!acknowledged) return t('syncInbox.unacknowledged', { count })
      return t(effect === 'return' ? 'syncInbox.acknowledgedAgain' : 'toasts.acknowledged', { count })
    },
    unchanged({ effect, acknowledged }: Turn, count: number): string {
      if (effect === 'stay') return t('syncInbox.notesSameAlready', { count })
      return t(acknowledged ? 'syncInbox.acknowledgedAlready' : 'syncInbox.unacknowledgedAlready', { count })
    },
  }
}
