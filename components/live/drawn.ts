import type { Concern } from './concern'

/** A page that the server alone draws, as it stands. */
export interface DrawnPage {
  readonly asOf: string
  readonly concern: Concern
}

type Listener = () => void

let page: DrawnPage | null = null
const listeners = new Set<Listener>()

/** The page that is shown; null where the browser reads all of it by itself. */
export function drawnPage(): DrawnPage | null {
  return page
}

/** Says what has just been drawn. Call it in a layout effect: listeners look at what that drawing changed. */
export function showDrawn(drawn: DrawnPage): () => void {
  page = drawn
  for (const listener of listeners) listener()
  return () => {
    if (page === drawn) page = null
  }
}

export function onDrawn(listener: Listener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
