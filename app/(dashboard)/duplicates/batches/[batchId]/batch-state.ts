import type { DuplicateBatch } from '@/domain/duplicate-events/batch-schema'

interface Standing {
  /** Rows that are carried out, or taken back; what was refused when planned is none of them. */
  readonly total: number
  /** Of those, how many have come to their end. */
  readonly ended: number
}

/** How far a batch has come that is being carried out or taken back; null while nothing is under way. */
export function standingOf({ state, counts, items }: DuplicateBatch): Standing | null {
  if (state === 'running') {
    const total = items.filter((item) => item.plan !== null).length
    return { total, ended: total - counts.planned }
  }
  if (state === 'undoing') {
    const total = counts.done + counts.undone + counts.undo_refused
    return { total, ended: total - counts.done }
  }
  return null
}

/** By how much the number of countable activities changes: what is planned, or what has been done and stands. */
export function countableChangeOf({ items }: DuplicateBatch): number {
  return items.reduce((sum, { countable_change }) => sum + (countable_change ?? 0), 0)
}

/** What moves while a batch goes on: it stands still while this stays the same. */
export function markOf({ state, counts }: DuplicateBatch): string {
  return [state, ...Object.values(counts)].join(' ')
}
