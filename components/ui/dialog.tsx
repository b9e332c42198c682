'use client'

import dynamic from 'next/dynamic'
import { useEffect, useState } from 'react'
import type { DialogProps } from './dialog-frame'

const load = () => import('./dialog-frame')
const Frame = dynamic(load, { ssr: false })
const SIGNS_OF_LIFE = ['pointermove', 'touchstart', 'keydown'] as const

/** A modal dialog. What it is made of comes with the first sign of a person, not with the page: reading needs none of it. */
export function Dialog(props: DialogProps) {
  const [wanted, setWanted] = useState(props.open)
  if (props.open && !wanted) setWanted(true)

  useEffect(() => {
    const stop = new AbortController()
    const fetchAhead = () => {
      stop.abort()
      // should it fail, opening tries again
      load().catch(() => undefined)
    }
    for (const sign of SIGNS_OF_LIFE) addEventListener(sign, fetchAhead, { signal: stop.signal, passive: true })
    return () => stop.abort()
  }, [])

  return wanted ? <Frame {...props} /> : null
}
