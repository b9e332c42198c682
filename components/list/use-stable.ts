'use client'

import { useCallback, useLayoutEffect, useRef } from 'react'

/** The same function for good, which calls the latest `callback`: for rows that are not to be drawn again because of it. */
export function useStable<Args extends unknown[]>(callback: (...args: Args) => void): (...args: Args) => void {
  const latest = useRef(callback)
  useLayoutEffect(() => {
    latest.current = callback
  })
  return useCallback((...args) => latest.current(...args), [])
}
