import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { Logger, runMigrations } from 'graphile-worker'
import pg from 'pg'
import { type Migration, readMigrations } from './migrations'
import { settleCopy } from './settle-copy'

const PRISMAS_LOCK = 72_707_369
const OLDEST_VERSION = 150_000
const SILENT = new Logger(() => () => {})

// The table of `prisma migrate`, so that its commands see the same history.
const TABLE = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL, logs TEXT, rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0)`

export interface MigrateOptions {
  readonly folder?: string
  readonly log?: (message: string) => void
  /** How long to wait for a database that does not answer, in milliseconds. */
  readonly patience?: number
}

/**
 * Brings the database up to date, job tables included, and returns the names of what was applied of ours. Each file is one transaction with its record,
 * so a migration is there completely or not at all, and the next start tries again. Instances that start together queue.
 */
export async function migrate(url: string, options: MigrateOptions = {}): Promise<string[]> {
  const log = options.log ?? (() => {})
  const db = await connect(url, options.patience ?? 30_000, log)
  try {
    await refuseUnsuitable(db)
    const { rows } = await db.query('SELECT pg_try_advisory_lock($1) AS free', [PRISMAS_LOCK])
    if (!rows[0].free) {
      log('Another instance is migrating the database; waiting for it.')
      await db.query('SELECT pg_advisory_lock($1)', [PRISMAS_LOCK])
    }
    await db.query(TABLE)
    const applied: string[] = []
    for (const migration of await findPending(db, readMigrations(options.folder), log)) {
      await apply(db, migration)
      applied.push(migration.name)
    }
    await settleCopy(db, log)
    // jobs are added in the transactions of writes: their tables have to be there before the first one
    await runMigrations({ connectionString: url, logger: SILENT })
    return applied
  } finally {
    await db.end() // and with the session its lock
  }
}

async function connect(url: string, patience: number, log: (message: string) => void): Promise<pg.Client> {
  const deadline = Date.now() + patience
  for (let told = false; ; told = true) {
    const options = '-c timezone=UTC -c lock_timeout=0 -c statement_timeout=0'
    const db = new pg.Client({ connectionString: url, options, connectionTimeoutMillis: 5000 })
    db.on('error', () => {}) // what is running then fails by itself
    try {
      await db.connect()
      return db
    } catch (cause) {
      const { code, message } = cause as { code?: string; message: string }
      // a server that starts (57P03) or cannot be reached may come; a wrong password or name will not mend itself
      const mayCome = code === '57P03' || !/^[0-9A-Z]{5}$/.test(code ?? '')
      if (!mayCome || Date.now() > deadline) {
        const { host, pathname } = new URL(url)
        throw new Error(`The database ${host}${pathname} cannot be used: ${message || code}. Check DATABASE_URL.`, {
          cause,
        })
      }
      if (!told) log(`The database does not answer yet (${message || code}); waiting for it.`)
      await wait(500)
    }
  }
}

async function refuseUnsuitable(db: pg.Client): Promise<void> {
  const { rows } = await db.query(
    `SELECT current_setting('server_version_num')::int AS version, current_setting('server_version') AS name,
            current_setting('server_encoding') AS encoding`,
  )
  const { version, name, encoding } = rows[0]
  if (version < OLDEST_VERSION) throw new Error(`PostgreSQL ${name} is too old: version 15 or later is needed.`)
  if (encoding !== 'UTF8') throw new Error(`The database is encoded in ${encoding}: create one in UTF8.`)
}

async function findPending(
  db: pg.Client,
  migrations: Migration[],
  log: (message: string) => void,
): Promise<Migration[]> {
  const { rows } = await db.query(
    'SELECT migration_name AS name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL',
  )
  const failed = rows.find((row) => row.finished_at === null)
  if (failed) {
    throw new Error(
      `The migration ${failed.name} was begun by other means and has not ended. Mend the database and then run "npx prisma migrate resolve".`,
    )
  }
  const known = new Map<string, string>(rows.map((row) => [row.name, row.checksum]))
  for (const { name, checksum } of migrations) {
    if (known.has(name) && known.get(name) !== checksum)
      log(`The migration ${name} was edited after it had been applied.`)
  }
  return migrations.filter((migration) => !known.has(migration.name))
}

async function apply(db: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  try {
    await db.query('BEGIN')
    await db.query(sql)
    await db.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    )
    await db.query('COMMIT')
  } catch (cause) {
    await db.query('ROLLBACK').catch(() => {})
    const { message, position } = cause as { message: string; position?: string }
    const line = position ? ` in line ${sql.slice(0, Number(position)).split('\n').length}` : ''
    throw new Error(`The migration ${name} failed${line}: ${message}. Nothing of it was kept.`, { cause })
  }
}
