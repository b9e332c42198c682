'use client'

import { createContext, type ReactNode, use, useOptimistic } from 'react'
import { MentorBadge } from '@/components/status-badges'
import { type Standing, type StandingEvent, standingAfter } from './standing-preview'

interface Shown {
  readonly standing: Standing
  /** Within a transition: shows what an event will lead to, until that transition has ended. */
  readonly preview: (event: StandingEvent) => void
}

const Context = createContext<Shown | null>(null)

/** A mentor's standing, for all parts of the page that move with a pause. */
export function StandingProvider({ standing, children }: { standing: Standing; children: ReactNode }) {
  const [shown, preview] = useOptimistic(standing, standingAfter)
  return <Context value={{ standing: shown, preview }}>{children}</Context>
}

export function useStanding(): Shown {
  const shown = use(Context)
  if (!shown) throw new Error('outside of a StandingProvider')
  return shown
}

export function StandingBadge() {
  return <MentorBadge status={useStanding().standing.status} />
}
