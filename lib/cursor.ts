import 'server-only'
import { createHash } from 'node:crypto'
import type pg from 'pg'
import { type Db, one, pool, sql } from './db'
import { AppError } from './errors'

interface Known {
  id: Promise<string>
  read?: { at: number; text: Promise<string> } | undefined
}

declare global {
  var __positions: WeakMap<object, Known> | undefined
}

globalThis.__positions ??= new WeakMap()
const positions = globalThis.__positions
const watched = new WeakSet<pg.Pool>()

/** Where a change stands in the order of the feed: by transaction, then by its number. */
export interface Position {
  /** An `xid8` as text. */
  readonly transaction: string
  readonly position: number
}

const FRESH_MS = 500

/**
 * A position in the change log, no later than anything read after this call: `<database>.<transaction id>.0`.
 * Everything of older transactions is visible from here on, so going on from it skips nothing.
 */
export function currentCursor(): Promise<string> {
  const db = pool()
  const position = positionOf(db)
  if (position.read && performance.now() - position.read.at < FRESH_MS) return position.read.text
  const text = readPosition(db, position.id)
  position.read = { at: performance.now(), text }
  text.catch(() => positions.delete(db))
  return text
}

/** `<database>.<transaction id>.<position>` */
export async function formatCursor({ transaction, position }: Position): Promise<string> {
  return `${await databaseId()}.${transaction}.${position}`
}

/** Reads a cursor that a schema has found well formed. Throws `reload_required` for one of another database. */
export async function requirePosition(cursor: string): Promise<Position> {
  const [database, transaction = '', position = ''] = cursor.split('.')
  if (database !== (await databaseId()))
    throw reloadRequired('belongs to another database, or to this one before it was restored')
  return { transaction, position: Number(position) }
}

/** Negative where `a` comes first, 0 where they are the same. */
export function comparePositions(a: Position, b: Position): number {
  const apart = BigInt(a.transaction) - BigInt(b.transaction)
  return apart === 0n ? a.position - b.position : apart < 0n ? -1 : 1
}

/** 410: what lies between this cursor and now cannot be told any more. `why` completes the sentence. */
export function reloadRequired(why: string): AppError {
  return new AppError(
    'reload_required',
    `This cursor ${why}. Nothing was lost: load the snapshots again and go on from their Changes-Cursor.`,
  )
}

/** Names the database that a cursor belongs to. */
export function databaseId(): Promise<string> {
  return positionOf(pool()).id
}

function positionOf(db: pg.Pool): Known {
  const known = positions.get(db)
  if (known) return known
  const position: Known = { id: readDatabaseId(db) }
  positions.set(db, position)
  if (!watched.has(db)) {
    watched.add(db)
    // behind the same address there may be another database afterwards
    db.on('remove', () => positions.delete(db))
  }
  position.id.catch(() => positions.delete(db))
  return position
}

/** As `currentCursor`, of the statement's own moment: for answers of a transaction, which must not ask for a second connection. */
export function cursorIn(tx: Db): Promise<string> {
  return readPosition(tx, databaseId())
}

/** As `currentCursor`, as a position. */
export async function currentPosition(db: Db): Promise<Position> {
  const { horizon } = await one<{ horizon: string }>(
    db,
    sql`SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS horizon`,
  )
  return { transaction: horizon, position: 0 }
}

async function readPosition(db: Db, id: Promise<string>): Promise<string> {
  const { transaction, position } = await currentPosition(db)
  return `${await id}.${transaction}.${position}`
}

/** Names this database in this cluster: transaction ids mean nothing in another one, restored copies included. */
async function readDatabaseId(db: Db): Promise<string> {
  const { id } = await one<{ id: string }>(
    db,
    sql`SELECT concat_ws(' ', (SELECT id FROM database_identity), (SELECT system_identifier FROM pg_control_system()),
          (SELECT oid FROM pg_database WHERE datname = current_database())) AS id`,
  )
  return createHash('sha256').update(id).digest('base64url').slice(0, 10)
}
