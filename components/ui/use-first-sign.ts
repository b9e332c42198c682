'use client'

import { useEffect, useEffectEvent } from 'react'

const SIGNS = ['pointermove', 'touchstart', 'keydown'] as const

/** Calls once, when a person first moves, touches or presses something: what only people need can wait until then. */
export function useFirstSign(callback: () => void): void {
  const onSign = useEffectEvent(callback)
  useEffect(() => {
    const stop = new AbortController()
    const first = () => {
      stop.abort()
      onSign()
    }
    for (const sign of SIGNS) {
      addEventListener(sign, first, { signal: stop.signal, passive: true })
    }
    return () => stop.abort()
  }, [])
}
