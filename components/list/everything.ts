import { MOST_SELECTED } from '@/lib/selection-limit'

/** How many rows "everything" takes of so many that matched. */
export function takenOf(total: number): number {
  return Math.min(total, MOST_SELECTED)
}

/** How many of those were changed since the list was read, or have gone, when so many rows are still as they were. */
export function leftOutOf({ total }: { readonly total: number }, rows: readonly unknown[]): number {
  return Math.max(0, takenOf(total) - rows.length)
}
