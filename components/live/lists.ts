import type { Query, QueryClient } from '@tanstack/react-query'
import { keepPlaces } from './keep-places'

interface ListView {
  readonly data?: readonly Record<string, unknown>[]
}

const ROWS = '#content [data-row]'
const LOOK_EVERY = 500

/**
 * Lists that are read anew while somebody works in them: the row that the pointer or the focus is on stays where it is on
 * the screen, and what has left waits at its place, with a note, until nobody works in the list any more.
 */
export function watchLists(client: QueryClient, note: string) {
  const waiting = new Map<Query, ReadonlySet<string>>()
  let timer: ReturnType<typeof setInterval> | undefined

  function keep(query: Query, before: unknown) {
    const now = query.state.data as ListView | undefined
    const old = (before as ListView | undefined)?.data
    if (!now?.data || !old) return
    const kept = keepPlaces(old, now.data, rowAtHand()?.dataset.row ?? null, chosenRows())
    if (!kept) {
      waiting.delete(query)
      return
    }
    waiting.set(query, kept.gone)
    client.setQueryData(query.queryKey, { ...now, data: kept.rows })
    timer ??= setInterval(release, LOOK_EVERY)
  }

  /** Nobody is there any more who could click on the wrong row. */
  function release() {
    if (isWorkedIn()) return
    clearInterval(timer)
    timer = undefined
    for (const [query, gone] of waiting) {
      const now = query.state.data as ListView | undefined
      const data = now?.data?.filter((row) => !Object.values(row).some((value) => gone.has(String(value))))
      if (data) client.setQueryData(query.queryKey, { ...now, data })
    }
    waiting.clear()
    label()
  }

  /** Says of the rows that wait why they do. */
  function label() {
    const gone = new Set([...waiting.values()].flatMap((ids) => [...ids]))
    for (const row of document.querySelectorAll<HTMLElement>(ROWS)) {
      const lead = row.querySelector('[scope="row"]') ?? row
      if (gone.has(row.dataset.row ?? '')) lead.setAttribute('data-gone', note)
      else lead.removeAttribute('data-gone')
    }
  }

  return {
    keep,
    label,
    /** Keeps the row at hand where it is on the screen: answers what is to be called once more has been drawn. */
    steady(): () => void {
      const row = rowAtHand()
      const top = row?.getBoundingClientRect().top ?? 0
      return () => {
        const moved = row?.isConnected ? row.getBoundingClientRect().top - top : 0
        if (Math.abs(moved) >= 1) scrollBy({ top: moved, behavior: 'instant' })
      }
    },
    stop: () => clearInterval(timer),
  }
}

/** The row that the pointer is on, else the one that has the focus. */
function rowAtHand(): HTMLElement | null {
  return document.querySelector<HTMLElement>(`${ROWS}:hover`) ?? document.querySelector(`${ROWS}:focus-within`)
}

function chosenRows(): ReadonlySet<string> {
  const rows = document.querySelectorAll<HTMLElement>(`${ROWS}[aria-selected="true"]`)
  return new Set([...rows].map((row) => row.dataset.row ?? ''))
}

function isWorkedIn(): boolean {
  return document.querySelector(`${ROWS}:is(:hover, :focus-within, [aria-selected="true"])`) !== null
}
