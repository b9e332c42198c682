import type { BulkRow } from '@/components/list/send-in-chunks'
import type {
  SyncInboxCounts,
  SyncInboxRow,
  SyncInboxTab,
  SyncInboxView,
} from '@/domain/mentor-status-sync/inbox-schema'

/** An event that is dealt with, with the note it had and its version then; its row where it stands on the page. */
export interface InboxTarget extends BulkRow {
  readonly note: string | null
  readonly version: number
  readonly row?: SyncInboxRow | undefined
}

/** What is done with events. */
export interface Turn {
  /** What becomes of them in the tab where it is done. */
  readonly effect: 'leave' | 'return' | 'stay'
  readonly acknowledged: boolean
  /** Written on each of them; absent: the notes stay as they are. */
  readonly note?: string | null
  /** Gives each of them the note back that it had. */
  readonly restoreNotes?: boolean
}

export function targetOf(row: SyncInboxRow): InboxTarget {
  return { id: row.sync_event_id, name: row.mentor_name, note: row.note, version: row.version, row }
}

/** What has been done here and the server's list does not show yet. */
export interface Overlay {
  /** Rows that have left the tab, by the version that left: a later one is shown again. */
  readonly gone: ReadonlyMap<string, number>
  /** Rows taken back that the server's list does not hold yet. */
  readonly back: ReadonlyMap<string, SyncInboxRow>
  /** Notes on their way, by the version they were written to: a later one knows better. A null text removes the note. */
  readonly notes: ReadonlyMap<string, { readonly text: string | null; readonly version: number }>
  /** Events, on other pages as well, that have left the tab or come back to it since the list was read at `asOf`. */
  readonly moves: ReadonlyMap<string, { readonly left: boolean; readonly asOf: string }>
}

export const NOTHING_DONE: Overlay = { gone: new Map(), back: new Map(), notes: new Map(), moves: new Map() }

/** The rows as they will be: the server's, without those that have left, with those taken back, in their order. */
export function shownRows(rows: readonly SyncInboxRow[], overlay: Overlay, descending: boolean): SyncInboxRow[] {
  const listed = new Set(rows.map((row) => row.sync_event_id))
  const back = [...overlay.back.values()].filter((row) => !listed.has(row.sync_event_id))
  const shown = [...rows, ...back]
    .filter((row) => overlay.gone.get(row.sync_event_id) !== row.version)
    .map((row) => withNoteOf(row, overlay))
  const direction = descending ? -1 : 1
  return back.length > 0 ? shown.toSorted((a, b) => direction * compare(a.place, b.place)) : shown
}

/** The very same row where there is no other note: it need not be drawn again. */
function withNoteOf(row: SyncInboxRow, overlay: Overlay): SyncInboxRow {
  const written = overlay.notes.get(row.sync_event_id)
  return written?.version === row.version && written.text !== row.note ? { ...row, note: written.text } : row
}

/** How many lie in each tab, with what has moved since the list was read. */
export function shownCounts({ counts, tab, as_of }: SyncInboxView, { moves }: Overlay): SyncInboxCounts {
  const sides = [...moves.values()].filter(({ asOf }) => asOf === as_of).map(({ left }): number => (left ? 1 : -1))
  const left = sides.reduce((sum, side) => sum + side, 0)
  const other: SyncInboxTab = tab === 'acknowledged' ? 'pending' : 'acknowledged'
  return { ...counts, [tab]: Math.max(0, counts[tab] - left), [other]: Math.max(0, counts[other] + left) }
}

/** What a turn looks like from now on. Saying it twice changes nothing. */
export function showTurn(overlay: Overlay, targets: readonly InboxTarget[], turn: Turn, asOf: string): Overlay {
  if (turn.effect === 'leave') return leave(overlay, targets, asOf)
  if (turn.effect === 'return') return comeBack(overlay, targets, asOf)
  const { note = null, restoreNotes } = turn
  return targets.reduce(
    (all, { row, note: before }) => (row ? withNote(all, row, restoreNotes ? before : note) : all),
    overlay,
  )
}

/** As it was before the turn. */
export function hideTurn(overlay: Overlay, targets: readonly InboxTarget[], turn: Turn, asOf: string): Overlay {
  if (turn.effect === 'leave') return stay(overlay, targets, asOf)
  if (turn.effect === 'return') return leave(overlay, targets, asOf)
  return targets.reduce((all, { row }) => (row ? withoutNote(all, row) : all), overlay)
}

function leave(overlay: Overlay, targets: readonly InboxTarget[], asOf: string): Overlay {
  const gone = new Map(overlay.gone)
  const back = new Map(overlay.back)
  for (const { id, row } of targets) {
    back.delete(id)
    if (row) gone.set(id, row.version)
  }
  return { ...overlay, gone, back, moves: moved(overlay, targets, true, asOf) }
}

/** Where the server lists them: what somebody else has removed does not come back. */
function stay(overlay: Overlay, targets: readonly InboxTarget[], asOf: string): Overlay {
  const gone = new Map(overlay.gone)
  for (const { id } of targets) gone.delete(id)
  return { ...overlay, gone, moves: moved(overlay, targets, false, asOf) }
}

function comeBack(overlay: Overlay, targets: readonly InboxTarget[], asOf: string): Overlay {
  const back = new Map(overlay.back)
  for (const { id, row } of targets) if (row) back.set(id, row)
  return { ...stay(overlay, targets, asOf), back }
}

function moved(overlay: Overlay, targets: readonly InboxTarget[], left: boolean, asOf: string): Overlay['moves'] {
  const moves = new Map(overlay.moves)
  for (const { id } of targets) {
    const before = moves.get(id)
    // there and back again since the list was read: as if nothing had been
    if (before?.asOf === asOf && before.left !== left) moves.delete(id)
    else moves.set(id, { left, asOf })
  }
  return moves
}

function withNote(overlay: Overlay, row: SyncInboxRow, text: string | null): Overlay {
  return { ...overlay, notes: new Map(overlay.notes).set(row.sync_event_id, { text, version: row.version }) }
}

function withoutNote(overlay: Overlay, row: SyncInboxRow): Overlay {
  return { ...overlay, notes: new Map([...overlay.notes].filter(([id]) => id !== row.sync_event_id)) }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
