import type { Query, QueryClient } from '@tanstack/react-query'
import { keepPlaces } from './keep-places'

interface ListView {
  readonly data?: readonly Record<string, unknown>[]
}

const ROWS = '#content [data-row]'
const LOOK_EVERY = 500

interface Waiting {
  /** What is shown until nobody works in the list any more. */
  readonly shown: unknown
  readonly read: ListView
  readonly gone: ReadonlySet<string>
}

/**
 * Lists that are read anew while somebody works in them: the row that the pointer or the focus is on stays where it is on
 * the screen, and what has left waits at its place, with a note, until nobody works in the list any more.
 */
export function watchLists(client: QueryClient, note: string) {
  const waiting = new Map<Query, Waiting>()
  let timer: ReturnType<typeof setInterval> | undefined

  function keep(query: Query, before: unknown) {
    const read = query.state.data as ListView | undefined
    const old = (before as ListView | undefined)?.data
    if (!read?.data || !old) return
    const kept = keepPlaces(old, read.data, rowAtHand()?.dataset.row ?? null, chosenRows())
    waiting.delete(query)
    if (!kept) return
    client.setQueryData(query.queryKey, { ...read, data: kept.rows })
    waiting.set(query, { shown: query.state.data, read, gone: kept.gone })
    timer ??= setInterval(release, LOOK_EVERY)
  }

  /** Nobody is there any more who could click on the wrong row. */
  function release() {
    if (isWorkedIn()) return
    clearInterval(timer)
    timer = undefined
    for (const [query, { shown, read }] of waiting) {
      // otherwise it has been changed or read anew since
      if (query.state.data === shown) client.setQueryData(query.queryKey, read)
    }
    waiting.clear()
    label()
  }

  /** Says of the rows that wait why they do. */
  function label() {
    const gone = new Set([...waiting.values()].flatMap((one) => [...one.gone]))
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
