'use client'

import { type FocusEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { neighbour } from './neighbour'
import { shortcutsAreOn } from './use-shortcuts'

const ROW = 'data-row'

interface RowAttributes {
  readonly 'data-row': string
  readonly tabIndex: 0 | -1
}

/**
 * Focus and keys of a list whose rows carry `rowAttributes(id)` within an element that carries `list`: Tab reaches one
 * row, the arrows and `j`, `k` go on from there, and `keys` act on the row that has the focus, or holds it. Single
 * letters rest while somebody has turned them off or types. Enter on the row itself does `open`, where there is one.
 */
export function useListKeys(
  ids: readonly string[],
  keys: Readonly<Record<string, (id: string) => void>>,
  open?: (id: string) => void,
) {
  const ref = useRef<HTMLDivElement>(null)
  const [current, setCurrent] = useState<string | null>(null)
  const [wanted, setWanted] = useState<{ readonly id: string | null } | null>(null)

  const entrance = current !== null && ids.includes(current) ? current : (ids[0] ?? null)

  useEffect(() => {
    if (!wanted) return
    const target = rowElement(ref.current, wanted.id) ?? ref.current
    target?.focus()
    // leaving a toast gives the focus back to where it was before the toast: ask once more
    if (document.activeElement !== target) target?.focus()
  }, [wanted])

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.defaultPrevented) return
    if (event.target === ref.current && (event.key === 'j' || event.key === 'ArrowDown')) return enter(event)
    const id = rowOf(event.target)
    if (id === null || isTyping(event.target)) return
    const onRow = event.target === rowElement(ref.current, id)
    const action = actionOf(event.key, onRow, ids.indexOf(id))
    if (!action) return
    event.preventDefault()
    action(id)
  }

  function actionOf(key: string, onRow: boolean, index: number): ((id: string) => void) | undefined {
    if (key === 'Enter' && open) return onRow ? open : undefined
    return moveOf(key, onRow, index) ?? (shortcutsAreOn() ? keys[key] : undefined)
  }

  /** From the list itself, where the focus stays once all rows have left. */
  function enter(event: KeyboardEvent) {
    if (entrance === null || (event.key === 'j' && !shortcutsAreOn())) return
    event.preventDefault()
    setWanted({ id: entrance })
  }

  function moveOf(key: string, onRow: boolean, index: number): (() => void) | undefined {
    const letters = shortcutsAreOn()
    const step = { j: letters ? 1 : 0, k: letters ? -1 : 0, ArrowDown: onRow ? 1 : 0, ArrowUp: onRow ? -1 : 0 }[key]
    if (!step) return undefined
    const next = ids[index + step]
    return () => next !== undefined && setWanted({ id: next })
  }

  return {
    list: {
      ref,
      tabIndex: -1,
      onKeyDown,
      onFocus: (event: FocusEvent<HTMLDivElement>) => setCurrent((held) => rowOf(event.target) ?? held),
    },
    rowAttributes: (id: string): RowAttributes => ({ [ROW]: id, tabIndex: id === entrance ? 0 : -1 }),
    /** The row as it is drawn; null where it is not. */
    elementOf: (id: string) => rowElement(ref.current, id),
    /** Brings the focus to a row once it is drawn; to the list itself where there is none. */
    focusRow: (id: string | null) => setWanted({ id }),
    /** Brings the focus to the row beside those that leave. */
    focusBeside: (leaving: ReadonlySet<string>) => setWanted({ id: neighbour(ids, leaving) }),
  }
}

function rowElement(list: Element | null, id: string | null): HTMLElement | null {
  return id === null ? null : (list?.querySelector<HTMLElement>(`[${ROW}="${CSS.escape(id)}"]`) ?? null)
}

function rowOf(target: EventTarget): string | null {
  return target instanceof Element ? (target.closest(`[${ROW}]`)?.getAttribute(ROW) ?? null) : null
}

function isTyping(target: EventTarget): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.matches('textarea, select, input:not([type="radio"], [type="checkbox"])') || target.isContentEditable
}
