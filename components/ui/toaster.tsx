'use client'

import dynamic from 'next/dynamic'
import { useState } from 'react'
import { TOAST_WANTED } from './toast'
import { useFirstSign } from './use-first-sign'

const load = () => import('./toaster-frame')
const Frame = dynamic(load, { ssr: false })

/** Where the toasts of `./toast` appear. */
export function Toaster() {
  const [loaded, setLoaded] = useState(false)
  // rendered once it is there: a lost connection must not take the page with it
  useFirstSign(
    () =>
      load().then(
        () => setLoaded(true),
        () => undefined,
      ),
    TOAST_WANTED,
  )
  return loaded ? <Frame /> : null
}
