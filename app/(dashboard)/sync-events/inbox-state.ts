import type { SyncInboxRow, SyncInboxTab } from '@/domain/mentor-status-sync/inbox-schema'

/** What has been done here and the server's list does not show yet. */
export interface Overlay {
  /** Rows that have left the tab, by the version that left: a later one is shown again. */
  readonly gone: ReadonlyMap<string, number>
  /** Rows taken back that the server's list does not hold yet. */
  readonly back: ReadonlyMap<string, SyncInboxRow>
  /** Notes on their way, by the version they were written to: a later one knows better. A null text removes the note. */
  readonly notes: ReadonlyMap<string, { readonly text: string | null; readonly version: number }>
}

export const NOTHING_DONE: Overlay = { gone: new Map(), back: new Map(), notes: new Map() }

/** The rows as they will be: the server's, without those that have left, with those taken back, in the tab's order. */
export function shownRows(rows: readonly SyncInboxRow[], overlay: Overlay, tab: SyncInboxTab): SyncInboxRow[] {
  const listed = new Set(rows.map((row) => row.sync_event_id))
  const back = [...overlay.back.values()].filter((row) => !listed.has(row.sync_event_id))
  const shown = [...rows, ...back]
    .filter((row) => overlay.gone.get(row.sync_event_id) !== row.version)
    .map((row) => ({ ...row, note: noteOf(row, overlay) }))
  return back.length > 0 ? shown.toSorted(tab === 'acknowledged' ? latestAcknowledged : oldestFirst) : shown
}

function noteOf(row: SyncInboxRow, overlay: Overlay): string | null {
  const written = overlay.notes.get(row.sync_event_id)
  return written?.version === row.version ? written.text : row.note
}

export function leave(overlay: Overlay, rows: readonly SyncInboxRow[]): Overlay {
  const gone = new Map(overlay.gone)
  for (const row of rows) gone.set(row.sync_event_id, row.version)
  return { ...overlay, gone }
}

export function comeBack(overlay: Overlay, rows: readonly SyncInboxRow[]): Overlay {
  const gone = new Map(overlay.gone)
  const back = new Map(overlay.back)
  for (const row of rows) {
    gone.delete(row.sync_event_id)
    back.set(row.sync_event_id, row)
  }
  return { ...overlay, gone, back }
}

export function withNote(overlay: Overlay, row: SyncInboxRow, text: string | null): Overlay {
  return { ...overlay, notes: new Map(overlay.notes).set(row.sync_event_id, { text, version: row.version }) }
}

export function withoutNote(overlay: Overlay, row: SyncInboxRow): Overlay {
  return { ...overlay, notes: new Map([...overlay.notes].filter(([id]) => id !== row.sync_event_id)) }
}

/** The row that takes the focus when `leaving` go: the first after them that stays, else the last before them. */
export function neighbour(rows: readonly SyncInboxRow[], leaving: ReadonlySet<string>): string | null {
  const last = rows.findLastIndex((row) => leaving.has(row.sync_event_id))
  const stays = (row: SyncInboxRow) => !leaving.has(row.sync_event_id)
  const next = rows.slice(last + 1).find(stays) ?? rows.slice(0, Math.max(0, last)).findLast(stays)
  return next?.sync_event_id ?? null
}

// as the server orders them, ties apart, which the next answer settles
function oldestFirst(a: SyncInboxRow, b: SyncInboxRow): number {
  return compare(a.effective_at, b.effective_at) || compare(b.event_type, a.event_type)
}

function latestAcknowledged(a: SyncInboxRow, b: SyncInboxRow): number {
  return compare(b.acknowledged_at ?? '', a.acknowledged_at ?? '')
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
