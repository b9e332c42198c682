type Row = Readonly<Record<string, unknown>>

export interface Kept<R extends Row> {
  readonly rows: readonly R[]
  /** Those of them that the list does not hold any more. */
  readonly gone: ReadonlySet<string>
}

/**
 * The rows of a list that has been read anew while somebody works in it. Down to the row at `place` they stay where they
 * were, whether they are still in the list or not, and so do those that are chosen: the next click would hit another row
 * otherwise. What has come stands below. Null where that is the list as it was read. Rows are known by whatever member
 * holds the ids that the screen knows them by.
 */
export function keepPlaces<R extends Row>(
  before: readonly R[],
  after: readonly R[],
  place: string | null,
  chosen: ReadonlySet<string>,
): Kept<R> | null {
  const known = place ?? [...chosen][0]
  const key = Object.keys(before[0] ?? {}).find((name) => before.some((row) => row[name] === known))
  if (key === undefined) return null
  const idOf = (row: R) => String(row[key])
  const now = new Map(after.map((row) => [idOf(row), row]))
  const kept = before.slice(0, before.findIndex((row) => idOf(row) === place) + 1)
  const keptIds = new Set(kept.map(idOf))
  const rows = [...kept.map((row) => now.get(idOf(row)) ?? row), ...after.filter((row) => !keptIds.has(idOf(row)))]
  for (const [index, row] of before.entries()) {
    const id = idOf(row)
    if (now.has(id) || keptIds.has(id) || !chosen.has(id)) continue
    const above = new Set(before.slice(0, index).map(idOf))
    rows.splice(rows.findLastIndex((one) => above.has(idOf(one))) + 1, 0, row)
  }
  const gone = new Set(rows.map(idOf).filter((id) => !now.has(id)))
  return rows.every((row, index) => row === after[index]) ? null : { rows, gone }
}
