'use client'

import { type ComponentType, useEffect, useState } from 'react'
import { fetchAhead, fetchWaiting } from './ahead'
import { TOAST_WANTED } from './toast'
import { useFirstSign } from './use-first-sign'

/** Where the toasts of `./toast` appear. It fetches ahead, with the first sign of a person, what the dialogs are made of. */
export function Toaster() {
  const [Frame, setFrame] = useState<ComponentType | null>(null)
  // rendered once it is there: a lost connection must not take the page with it
  useEffect(() => fetchAhead(() => import('./toaster-frame').then((loaded) => setFrame(() => loaded.default))), [])
  useFirstSign(fetchWaiting)
  useEffect(() => {
    const again = ['online', TOAST_WANTED]
    for (const event of again) addEventListener(event, fetchWaiting)
    return () => {
      for (const event of again) removeEventListener(event, fetchWaiting)
    }
  }, [])
  return Frame && <Frame />
}
