import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { EmbeddedDatabase } from './embedded-database'
import { migrate } from './migrate'

export interface TestServer {
  /** Of the template. Hand it to the processes that call `createTestDatabase`, as TEST_DATABASE_URL; never connect to it. */
  readonly url: string
  stop(): Promise<void>
}

export interface TestDatabase {
  readonly url: string
  drop(): Promise<void>
}

/**
 * A PostgreSQL that keeps nothing, with a migrated template database. It ends with this process, however that ends.
 * With `migrations` another folder of migrations is used.
 */
export async function startTestServer(migrations?: string): Promise<TestServer> {
  const folder = mkdtempSync(path.join(tmpdir(), 'test-database-'))
  const database = await EmbeddedDatabase.open({ dataDir: folder, role: 'command' }, 'throw-away')
  const undertaker = endWithUs(database.serverPid, folder)
  await migrate(database.url, migrations ? { folder: migrations } : {})
  return {
    url: database.url,
    async stop() {
      await database.close()
      undertaker.kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

// Our end of the pipe closes when this process is gone, even by `kill -9`; only then does `read` come back.
function endWithUs(pid: number | undefined, folder: string) {
  const script = 'trap "" INT TERM HUP; read _; kill -QUIT "$0"; sleep 1; rm -rf "$1"'
  const undertaker = spawn('sh', ['-c', script, String(pid), folder], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  undertaker.unref()
  return { kill: () => undertaker.kill('SIGKILL') }
}

/** A database of its own for a test, migrated and empty (or bare, of `template1`). Takes some tens of milliseconds. */
export async function createTestDatabase(
  templateUrl = process.env.TEST_DATABASE_URL,
  template = 'app',
): Promise<TestDatabase> {
  if (!templateUrl) throw new Error('TEST_DATABASE_URL is not set: the test was started without its global set-up.')
  const name = `test_${process.pid}_${crypto.randomUUID().slice(0, 8)}`
  const url = new URL(templateUrl)
  url.pathname = `/${name}`
  const maintenance = new URL(templateUrl)
  maintenance.pathname = '/postgres'
  await run(maintenance.href, `CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY file_copy`) // half the time of wal_log
  return { url: url.href, drop: () => drop(maintenance.href, name) }
}

/** Lets connections that are being closed end by themselves: a client that is cut off while it closes reports a fault. */
async function drop(maintenance: string, name: string): Promise<void> {
  const db = new pg.Client({ connectionString: maintenance })
  await db.connect()
  try {
    for (const deadline = Date.now() + 2000; Date.now() < deadline; await wait(20)) {
      const { rows } = await db.query('SELECT FROM pg_stat_activity WHERE datname = $1', [name])
      if (rows.length === 0) break
    }
    await db.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
  } finally {
    await db.end()
  }
}

async function run(url: string, statement: string): Promise<void> {
  const db = new pg.Client({ connectionString: url })
  await db.connect()
  try {
    await db.query(statement)
  } finally {
    await db.end()
  }
}
