'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { serverAnswers } from '../server-answers'

/**
 * Going back shows a page at once as it was kept, and then as it is by now. Where the server cannot be reached the kept
 * page stays: asking in vain would leave it.
 */
export function ReadOnReturn() {
  const router = useRouter()
  useEffect(() => {
    async function read({ state }: PopStateEvent) {
      // a jump within the page has none
      if (state === null) return
      const { href } = location
      if ((await serverAnswers()) && location.href === href) router.refresh()
    }
    addEventListener('popstate', read)
    return () => removeEventListener('popstate', read)
  }, [router])
  return null
}
