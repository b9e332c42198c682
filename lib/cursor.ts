import 'server-only'
import { createHash } from 'node:crypto'
import { type Db, one, pool, sql } from './db'

declare global {
  var __cursor: { at: number; text: Promise<string> } | undefined
  var __databaseId: Promise<string> | undefined
}

const FRESH_MS = 500

/**
 * A position in the change log, no later than anything read after this call: `<database>.<transaction id>.0`.
 * Everything of older transactions is visible from here on, so going on from it skips nothing.
 */
export function currentCursor(): Promise<string> {
  const kept = globalThis.__cursor
  if (kept && performance.now() - kept.at < FRESH_MS) return kept.text
  const text = readCursor()
  globalThis.__cursor = { at: performance.now(), text }
  text.catch(() => {
    globalThis.__cursor = undefined
  })
  return text
}

async function readCursor(): Promise<string> {
  const id = await databaseId(pool())
  const { horizon } = await one<{ horizon: string }>(
    pool(),
    sql`SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS horizon`,
  )
  return `${id}.${horizon}.0`
}

/** Names this database in this cluster: transaction ids mean nothing in another one, restored copies included. */
function databaseId(db: Db): Promise<string> {
  globalThis.__databaseId ??= one<{ id: string }>(
    db,
    sql`SELECT concat_ws(' ', (SELECT id FROM database_identity), (SELECT system_identifier FROM pg_control_system()),
          (SELECT oid FROM pg_database WHERE datname = current_database())) AS id`,
  ).then(({ id }) => createHash('sha256').update(id).digest('base64url').slice(0, 10))
  globalThis.__databaseId.catch(() => {
    globalThis.__databaseId = undefined
  })
  return globalThis.__databaseId
}
