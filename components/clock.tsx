'use client'

import { useNow as useDrawnNow } from 'next-intl'
import { createContext, type ReactNode, use, useEffect, useRef, useState } from 'react'

const MINUTE = 60_000

const Now = createContext<Date | null>(null)

/**
 * The present for all that runs in the browser: first as the server drew it, then on by the minute, and at once when
 * somebody comes back to the tab. The browser's clock says how much has passed, but not what time it is: it may be wrong.
 */
export function Clock({ children }: { children: ReactNode }) {
  const drawn = useDrawnNow()
  const [now, setNow] = useState(drawn)
  const latest = useRef({ drawn: Number.NEGATIVE_INFINITY, ahead: 0 })

  useEffect(() => {
    const server = drawn.getTime()
    // a page that was kept brings an earlier one
    if (server > latest.current.drawn) latest.current = { drawn: server, ahead: server - Date.now() }

    function renew() {
      const next = Date.now() + latest.current.ahead
      setNow((held) => (Math.abs(next - held.getTime()) < 1000 ? held : new Date(next)))
    }

    renew()
    const timer = setInterval(renew, MINUTE)
    addEventListener('focus', renew)
    document.addEventListener('visibilitychange', renew)
    return () => {
      clearInterval(timer)
      removeEventListener('focus', renew)
      document.removeEventListener('visibilitychange', renew)
    }
  }, [drawn])

  return <Now value={now}>{children}</Now>
}

/** The present, which goes on: see `Clock`. */
export function useNow(): Date {
  const drawn = useDrawnNow()
  return use(Now) ?? drawn
}
