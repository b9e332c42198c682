'use client'

import { useCallback, useMemo, useState } from 'react'
import { takenOf } from './everything'

/** A list as it was read: how many rows matched, and the `as_of` that later arrivals are told by. */
export interface ListRead {
  readonly total: number
  readonly asOf: string
  /** Where the API has all of them: the filters go with the choice, whatever is shown by then. */
  readonly path: `/api/v1/${string}`
}

export interface Selection {
  /** The chosen rows of this page. */
  readonly chosen: ReadonlySet<string>
  /** Set while everything that matched is chosen: as it was read at that moment. */
  readonly everything: ListRead | null
  /** How many rows that is, on all pages. */
  readonly count: number
  readonly wholePage: boolean
  /** The same function for good: rows that do not change need not be drawn again. */
  readonly toggle: (id: string, on: boolean) => void
  readonly togglePage: (on: boolean) => void
  readonly chooseEverything: (list: ListRead) => void
  readonly clear: () => void
}

interface State {
  readonly filters: string
  readonly chosen: ReadonlySet<string>
  readonly everything: ListRead | null
}

const NOTHING = { chosen: new Set<string>(), everything: null }

/**
 * Which rows of a page are chosen, or everything that matched. Rows that leave the page leave the selection; touching a
 * row ends "everything". With other `filters` nothing is chosen: a choice holds for the list that it was made in.
 */
export function useSelection(ids: readonly string[], filters: string): Selection {
  const [held, setState] = useState<State>({ ...NOTHING, filters })
  const state = held.filters === filters ? held : { ...NOTHING, filters }
  if (state !== held) setState(state)
  const left = state.everything ? [] : [...state.chosen].filter((id) => !ids.includes(id))
  if (left.length > 0) setState({ filters, chosen: without(state.chosen, left), everything: null })

  const toggle = useCallback((id: string, on: boolean) => {
    setState(({ filters, chosen }) => ({
      filters,
      chosen: on ? new Set(chosen).add(id) : without(chosen, [id]),
      everything: null,
    }))
  }, [])
  const clear = useCallback(() => setState(({ filters }) => ({ ...NOTHING, filters })), [])
  // everything includes what has moved up from the next page since
  const chosen = useMemo(() => (state.everything ? new Set(ids) : state.chosen), [state, ids])
  return {
    chosen,
    everything: state.everything,
    count: state.everything ? takenOf(state.everything.total) : chosen.size,
    wholePage: ids.length > 0 && chosen.size === ids.length,
    toggle,
    togglePage: (on) => setState({ filters, chosen: new Set(on ? ids : []), everything: null }),
    chooseEverything: (everything) => setState({ filters, chosen: new Set(ids), everything }),
    clear,
  }
}

function without(ids: ReadonlySet<string>, leaving: readonly string[]): ReadonlySet<string> {
  const staying = new Set(ids)
  for (const id of leaving) staying.delete(id)
  return staying
}
