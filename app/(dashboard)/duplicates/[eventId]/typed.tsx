'use client'

import { createContext, type ReactNode, useContext, useState } from 'react'
import type { Choices } from '@/domain/duplicate-events/merge-plan'

interface Typed {
  readonly choices: Choices
  readonly choose: (field: string, side: 'draft' | 'activity') => void
  /** Undefined until somebody types: then the saved one is shown. */
  readonly note: string | undefined
  readonly writeNote: (note: string) => void
}

const TypedContext = createContext<Typed | null>(null)

/**
 * What a coordinator has typed and chosen about one event. It stands above everything that a new answer of the server may
 * replace, so that a conflict loses none of it.
 */
export function TypedProvider({ children }: { children: ReactNode }) {
  const [choices, setChoices] = useState<Choices>({})
  const [note, setNote] = useState<string>()
  const choose = (field: string, side: 'draft' | 'activity') => setChoices((now) => ({ ...now, [field]: side }))
  return <TypedContext value={{ choices, choose, note, writeNote: setNote }}>{children}</TypedContext>
}

export function useTyped(): Typed {
  const typed = useContext(TypedContext)
  if (!typed) throw new Error('useTyped outside of TypedProvider')
  return typed
}
