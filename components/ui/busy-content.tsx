'use client'

import { useLinkStatus } from 'next/link'
import { useEffect } from 'react'

/** Quicker than this needs no sign, in milliseconds. */
const BLINK = 150

/** While `pending` takes longer than a blink, the content says that it is about to change: dimmed, and `aria-busy`. */
export function useBusyContent(pending: boolean): void {
  useEffect(() => {
    if (!pending) return
    const content = document.getElementById('content')
    const timer = setTimeout(() => content?.setAttribute('aria-busy', 'true'), BLINK)
    return () => {
      clearTimeout(timer)
      content?.removeAttribute('aria-busy')
    }
  }, [pending])
}

/** Inside of a link: shows that its page is on the way. */
export function LinkPending() {
  useBusyContent(useLinkStatus().pending)
  return null
}
