'use client'

import { useSyncExternalStore } from 'react'
import type { Choices } from '@/domain/duplicate-events/merge-plan'

interface Typed {
  readonly choices: Choices
  /** Undefined until somebody types: then the saved one is shown. */
  readonly note: string | undefined
  /** Why the last verdict was not carried out. */
  readonly refusal: Error | null
  /** The event's version that a verdict was sent about; null once it was refused. */
  readonly decidedAt: number | null
}

const NOTHING: Typed = { choices: {}, note: undefined, refusal: null, decidedAt: null }

/**
 * What a coordinator has typed, chosen and decided, by event. The next review opens before the server has answered, and
 * a conflict draws the page anew: neither loses any of it.
 */
const held = new Map<string, Typed>()
const listeners = new Set<() => void>()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function typedOf(id: string): Typed {
  return held.get(id) ?? NOTHING
}

export function holdTyped(id: string, change: Partial<Typed>): void {
  held.set(id, { ...typedOf(id), ...change })
  for (const notify of listeners) notify()
}

export function chooseField(id: string, field: string, side: 'draft' | 'activity'): void {
  holdTyped(id, { choices: { ...held.get(id)?.choices, [field]: side } })
}

export function useTyped(id: string): Typed {
  return useSyncExternalStore(
    subscribe,
    () => typedOf(id),
    () => NOTHING,
  )
}
