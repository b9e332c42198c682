/** A row of a plan: whose draft it decides about, and whose drafts are checked anew by its being carried out. */
export interface OrderedRow {
  readonly event_key: number
  readonly rechecks: ReadonlySet<number>
}

/**
 * The rows, each after those about drafts that it has checked anew, so that these are decided before; otherwise in their
 * own order. Where rows do that to each other, the first of them comes first.
 */
export function orderRows<Row extends OrderedRow>(rows: readonly Row[]): Row[] {
  const left = [...rows]
  const ordered: Row[] = []
  while (left.length > 0) {
    const waiting = new Set(left.map(({ event_key }) => event_key))
    const free = left.findIndex(({ rechecks }) => [...rechecks].every((key) => !waiting.has(key)))
    ordered.push(...left.splice(Math.max(free, 0), 1))
  }
  return ordered
}
