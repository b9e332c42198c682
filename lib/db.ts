import 'server-only'
import { createHash } from 'node:crypto'
import pg from 'pg'
import sql, { type Sql } from 'sql-template-tag'
import { env } from './env'
import { AppError, toAppError } from './errors'
import { instantFromDatabase } from './instant'
import { log } from './log'

export { empty, join, raw } from 'sql-template-tag'
export { type Sql, sql }

/** Anything that runs statements: the pool or a transaction. */
export type Db = Pick<pg.Pool, 'query'>

declare const open: unique symbol
/** An open transaction. Commands ask for this type, so that a write outside of one does not compile. */
export type Tx = Db & { readonly [open]: true }

const types: pg.CustomTypesConfig = {
  getTypeParser(oid, format) {
    if (format === 'binary') return pg.types.getTypeParser(oid, format)
    if (oid === 1184) return instantFromDatabase
    if (oid === 1082) return (text: string) => text // date: YYYY-MM-DD
    if (oid === 20 || oid === 1700) return Number // bigint keys, counts and revisions stay below 2^53
    return pg.types.getTypeParser(oid, format)
  },
}

declare global {
  var __pool: pg.Pool | undefined
}

/** One pool per process, however often modules are loaded. */
export function pool(): pg.Pool {
  if (!globalThis.__pool) {
    // set late where the embedded database is started in this process
    const url = process.env.DATABASE_URL
    if (!url) throw new Error('No database is open: DATABASE_URL is not set and the embedded one has not been started.')
    const made = new pg.Pool({
      connectionString: url,
      types,
      max: env().DATABASE_POOL,
      connectionTimeoutMillis: 3000,
      idleTimeoutMillis: 60_000,
      application_name: 'peer-mentors',
      // UTC: times are read and written as text; the time-outs bound what a lost client can hold
      options: '-c timezone=UTC -c statement_timeout=15000 -c idle_in_transaction_session_timeout=15000',
    })
    made.on('error', (error) => log.warn({ err: error }, 'an idle database connection was lost'))
    globalThis.__pool = made
  }
  return globalThis.__pool
}

/** A connection of its own, for whoever listens. Times are read as by the pool. The caller minds its errors and ends it. */
export async function openConnection(name: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: pool().options.connectionString,
    types,
    connectionTimeoutMillis: 3000,
    keepAlive: true,
    application_name: name,
    options: '-c timezone=UTC -c statement_timeout=15000',
    // a server that is gone without a word answers nothing at all
    query_timeout: 20_000,
  })
  await client.connect()
  return client
}

export async function closePool(): Promise<void> {
  const made = globalThis.__pool
  globalThis.__pool = undefined
  await made?.end()
}

// Statements are prepared once per connection and text; composed filters make few texts, and a bound keeps it so. The
// name is made of the text: modules may be loaded twice in a process, and both copies share the connections.
const names = new Map<string, string>()

function prepared(statement: Sql): pg.QueryConfig {
  const { text, values } = statement
  let name = names.get(text)
  if (!name && names.size < 1000) {
    name = createHash('sha1').update(text).digest('base64url')
    names.set(text, name)
  }
  return name ? { name, text, values } : { text, values }
}

/** All rows. `Row` names the columns as PostgreSQL returns them: timestamptz as Instant, date as text, bigint as number. */
export async function rows<Row>(db: Db, statement: Sql): Promise<Row[]> {
  const result = await db.query(prepared(statement))
  return result.rows as Row[]
}

/** The first row or null. */
export async function first<Row>(db: Db, statement: Sql): Promise<Row | null> {
  return (await rows<Row>(db, statement))[0] ?? null
}

/** The first row. Throws where there is none: for statements that always return one. */
export async function one<Row>(db: Db, statement: Sql): Promise<Row> {
  const row = await first<Row>(db, statement)
  if (row === null) throw new Error(`no row came back from: ${statement.text.slice(0, 200)}`)
  return row
}

/** The number of rows that a statement changed. */
export async function changed(db: Db, statement: Sql): Promise<number> {
  return (await db.query(prepared(statement))).rowCount ?? 0
}

declare const still: unique symbol
/** An open transaction that only reads, and in which the database stands still. */
export type Snapshot = Db & { readonly [still]: true }

declare global {
  var __snapshots: number | undefined
}

/**
 * What `work` yields of one state of the database. The transaction begins with the iteration and ends with it, also when
 * that is given up or fails. Throws `too_many_requests` while half of the pool is in use by others like it: how long they
 * last is up to who takes their rows, at most a minute for each piece.
 */
export async function* readSnapshot<T>(work: (snapshot: Snapshot) => AsyncIterable<T>): AsyncGenerator<T> {
  if ((globalThis.__snapshots ?? 0) >= env().DATABASE_POOL / 2) {
    throw new AppError('too_many_requests', 'Too many long lists are being read. Try again in a moment.', {
      headers: { 'retry-after': '10' },
    })
  }
  globalThis.__snapshots = (globalThis.__snapshots ?? 0) + 1
  let client: pg.PoolClient | undefined
  let broken: Error | undefined
  const lost = (error: Error) => {
    broken = error
  }
  try {
    client = await pool().connect()
    client.on('error', lost)
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY')
    await client.query(`SET LOCAL idle_in_transaction_session_timeout = '60s'`)
    yield* work(client as unknown as Snapshot)
  } finally {
    globalThis.__snapshots -= 1
    // nothing was written: there is nothing to commit
    await client?.query('ROLLBACK').catch(lost)
    client?.off('error', lost)
    client?.release(broken)
  }
}

const PIECE = 250

/** The rows of a statement in pieces, so that memory holds few of them and others get their turn between. One statement at a time. */
export async function* readInPieces<Row>(snapshot: Snapshot, { text, values }: Sql): AsyncGenerator<Row[]> {
  await snapshot.query({ text: `DECLARE pieces NO SCROLL CURSOR FOR ${text}`, values })
  for (;;) {
    const piece = (await snapshot.query(`FETCH ${PIECE} FROM pieces`)).rows as Row[]
    if (piece.length > 0) yield piece
    if (piece.length < PIECE) break
  }
  await snapshot.query('CLOSE pieces')
}

const ATTEMPTS = 4

/**
 * Runs `work` in one READ COMMITTED transaction and commits. Whatever it throws rolls everything back and is thrown on.
 * Deadlocks and serialisation failures are run again: `work` must not touch anything but the database.
 */
export async function transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await runOnce(work)
    } catch (error) {
      const code = (error as { code?: unknown }).code
      if (attempt === ATTEMPTS || (code !== '40P01' && code !== '40001')) throw error
    }
  }
}

async function runOnce<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  const client = await pool().connect()
  let broken: Error | undefined
  const lost = (error: Error) => {
    broken = error
  }
  client.on('error', lost)
  try {
    await client.query('BEGIN')
    const result = await work(client as unknown as Tx)
    await commit(client)
    announceCommit()
    return result
  } catch (error) {
    await client.query('ROLLBACK').catch(lost)
    throw error
  } finally {
    client.off('error', lost)
    client.release(broken)
  }
}

/** The channel on which each instance tells all that something was committed. */
export const COMMITTED = 'committed'
const ANNOUNCED_TOGETHER_MS = 30

let announcing = false

/** Tells all instances that something was committed: apart from the transaction, where a NOTIFY makes commits wait for each other. */
export function announceCommit(): void {
  if (announcing) return
  announcing = true
  setTimeout(() => {
    announcing = false
    // whoever listens looks by himself as well
    globalThis.__pool?.query(`NOTIFY ${COMMITTED}`).catch(() => {})
  }, ANNOUNCED_TOGETHER_MS).unref()
}

async function commit(client: pg.PoolClient): Promise<void> {
  try {
    await client.query('COMMIT')
  } catch (error) {
    if (toAppError(error).code !== 'database_unavailable') throw error
    // the connection may have been lost before or after the database had decided
    throw new AppError(
      'database_unavailable',
      'The database went away while it was storing this. It may or may not have been stored: send the same request with the same Idempotency-Key again, or look first.',
      { headers: { 'retry-after': '2' }, cause: error },
    )
  }
}
