'use client'

import { useEffect, useState } from 'react'

/** In milliseconds: longer than the two presses of a double one lie apart, shorter than anybody reads. */
const REST = 400

let openedAt = Number.NEGATIVE_INFINITY

/** Something else opens under the hand that has just decided. */
export function restVerdicts(): void {
  openedAt = performance.now()
}

/** False for a moment after something else than before can be decided: what nobody can have read is not decided. */
export function useRested(shown: string): boolean {
  const [rested, setRested] = useState(() => performance.now() - openedAt > REST)
  const [seen, setSeen] = useState(shown)
  if (seen !== shown) {
    setSeen(shown)
    setRested(false)
  }
  useEffect(() => {
    if (rested) return
    const timer = setTimeout(() => setRested(true), REST)
    return () => clearTimeout(timer)
  }, [rested])
  return rested
}
