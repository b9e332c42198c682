'use client'

import { useQueryClient } from '@tanstack/react-query'
import { usePathname } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { createContext, type ReactNode, use, useEffect, useRef } from 'react'
import { useView } from '@/components/use-view'
import type { WaitingCounts } from '@/domain/overview/schema'
import type { ScreenName } from './screens'

const Counts = createContext<WaitingCounts | null>(null)

/** Numbers beside the screens; they follow what is changed here, and are read anew on the way to another screen. */
export function CountsProvider({ counts, children }: { counts: WaitingCounts; children: ReactNode }) {
  const client = useQueryClient()
  const pathname = usePathname()
  const drawn = useRef(pathname)
  const { data, queryKey } = useView('/api/v1/views/counts', counts)

  useEffect(() => {
    if (drawn.current === pathname) return
    drawn.current = pathname
    void client.invalidateQueries({ queryKey })
  }, [client, pathname, queryKey])

  return <Counts value={data}>{children}</Counts>
}

/** What waits, as it is known now; null outside of the dashboard's frame. */
export function useCounts(): WaitingCounts | null {
  return use(Counts)
}

const COUNTED = { certifications: 'certifications', syncEvents: 'sync_events', duplicates: 'duplicates' } as const

/** How much waits on a screen; nothing where nothing does. */
export function Count({ of: screen, className }: { of: ScreenName; className?: string }) {
  const t = useTranslations('counts')
  const counts = useCounts()
  if (!(screen in COUNTED) || counts === null) return null
  const name = screen as keyof typeof COUNTED
  const count = counts[COUNTED[name]]
  if (count === 0) return null
  return (
    <span className={className}>
      <span aria-hidden>{count > 999 ? '999+' : count}</span>
      <span className="sr-only">{t(name, { count })}</span>
    </span>
  )
}
