'use client'

import { useCallback, useMemo, useSyncExternalStore } from 'react'
import { parseSavedViews, type SavedView, type SavedViews, writeSavedViews } from '@/lib/saved-views'

export type ViewsScreen = 'mentors' | 'certifications' | 'sync-events' | 'duplicates' | 'changes'

/** The other tabs hear of a change from the browser, this one from here. */
const listeners = new Set<() => void>()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  window.addEventListener('storage', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('storage', listener)
  }
}

/** Null also where the browser keeps nothing for this site. */
function readStored(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

export type ChangeViews = (change: (views: readonly SavedView[]) => readonly SavedView[]) => boolean

/**
 * The views saved in this browser for a screen, in step with its other tabs. `change` is applied to what is stored at
 * that moment; false where the browser does not keep it. What could not be read is put aside under another key first.
 */
export function useSavedViews(screen: ViewsScreen): SavedViews & { readonly change: ChangeViews } {
  const key = `saved-views.${screen}`
  const stored = useSyncExternalStore(
    subscribe,
    () => readStored(key),
    () => null,
  )
  const saved = useMemo(() => parseSavedViews(stored), [stored])
  const change = useCallback<ChangeViews>(
    (apply) => {
      const present = readStored(key)
      const { views, unreadable } = parseSavedViews(present)
      try {
        if (unreadable && present !== null) localStorage.setItem(`${key}.unreadable.${Date.now()}`, present)
        localStorage.setItem(key, writeSavedViews(apply(views)))
      } catch {
        return false
      }
      for (const listener of listeners) listener()
      return true
    },
    [key],
  )
  return { ...saved, change }
}
