// What was read and what happened, compared by transactions: `as_of` is `<time>~<database>~<xmin>:<xmax>:<running, …>`,
// a cursor of the change feed `<database>.<transaction>.<position>`.

interface Snapshot {
  readonly database: string
  /** All transactions before it had ended. */
  readonly from: number
  /** None from it on had. */
  readonly until: number
  /** Of those between, the ones that had not. */
  readonly running: ReadonlySet<number>
}

function snapshotOf(asOf: string): Snapshot | null {
  const [, database, snapshot] = asOf.split('~')
  if (!database || !snapshot) return null
  const [from = '', until = '', running = ''] = snapshot.split(':')
  return {
    database,
    from: Number(from),
    until: Number(until),
    running: new Set(running.split(',').filter(Boolean).map(Number)),
  }
}

/** Whether what was read at `asOf` shows the change at `cursor`; false where it cannot be told. */
export function shows(asOf: string, cursor: string): boolean {
  const snapshot = snapshotOf(asOf)
  const [database, transaction] = cursor.split('.')
  if (snapshot === null || snapshot.database !== database) return false
  const id = Number(transaction)
  return id < snapshot.from || (id < snapshot.until && !snapshot.running.has(id))
}

/** Whether it shows all changes up to `cursor`. The feed tells a transaction once all before it have ended. */
export function showsAllUpTo(asOf: string, cursor: string): boolean {
  const snapshot = snapshotOf(asOf)
  const [database, transaction, position] = cursor.split('.')
  if (snapshot === null || snapshot.database !== database) return false
  return Number(transaction) < snapshot.from + (position === '0' ? 1 : 0)
}

/** From where on changes may be missing in what was read at `asOf`; null where it cannot be told. */
export function cursorOf(asOf: string): string | null {
  const snapshot = snapshotOf(asOf)
  return snapshot && `${snapshot.database}.${snapshot.from}.0`
}
