type Row = Readonly<Record<string, unknown>>

export interface Kept<R extends Row> {
  readonly rows: readonly R[]
  /** Those of them that the list does not hold any more. */
  readonly gone: ReadonlySet<string>
}

/**
 * The rows of a list that has been read anew while somebody works in it: what has left stays at its place where it is
 * chosen, or stands at or above the row at `place`, because the next click would hit another row otherwise. Null where
 * nothing has to be kept. Rows are known by whatever member holds the ids that the screen knows them by.
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
  const staying = new Set(after.map(idOf))
  const end = before.findIndex((row) => idOf(row) === place)
  const gone = before.filter((row, index) => !staying.has(idOf(row)) && (index <= end || chosen.has(idOf(row))))
  if (gone.length === 0) return null
  const rows = [...after]
  for (const row of gone) {
    const above = before.slice(0, before.indexOf(row)).toReversed()
    const ids = rows.map(idOf)
    const neighbour = above.map(idOf).find((id) => ids.includes(id))
    rows.splice(neighbour === undefined ? 0 : ids.indexOf(neighbour) + 1, 0, row)
  }
  return { rows, gone: new Set(gone.map(idOf)) }
}
