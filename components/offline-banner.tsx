'use client'

import { WifiOff } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { useConnection } from './use-connection'

/** Below the top bar while the server cannot be reached; goes by itself. */
export function OfflineBanner() {
  const t = useTranslations('offline')
  const connected = useConnection()
  const held = useHeldPages(!connected)
  return (
    <div role="status" className="sticky top-(--topbar) z-20 print:hidden">
      {!connected && (
        <p className="flex gap-2 border-b bg-expiring-soft px-4 py-2 text-expiring text-sm sm:px-6">
          <WifiOff aria-hidden className="mt-0.5 size-4 shrink-0" />
          <span>
            {t('away')} {held && t('held')}
          </span>
        </p>
      )}
    </div>
  )
}

/**
 * Keeps the page while another one could not be loaded: the browser would put its own error page in the place of
 * everything that is typed here. Returns whether somebody has tried.
 */
function useHeldPages(hold: boolean): boolean {
  const [held, setHeld] = useState(false)
  useEffect(() => {
    if (!hold) return
    const stop = new AbortController()
    const stay = (event: Event) => {
      const target = event.target instanceof Element ? event.target : null
      const leaves =
        event.type === 'click' ? target?.closest('a[href]:not([href^="#"])') : target?.matches('form[action]')
      if (!leaves) return
      event.preventDefault()
      event.stopPropagation()
      setHeld(true)
    }
    for (const type of ['click', 'submit']) addEventListener(type, stay, { capture: true, signal: stop.signal })
    return () => {
      stop.abort()
      setHeld(false)
    }
  }, [hold])
  return held
}
