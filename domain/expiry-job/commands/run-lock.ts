import 'server-only'
import { setTimeout as wait } from 'node:timers/promises'
import type { PoolClient } from 'pg'
import { announceCommit, type Db, one, pool, sql, type Tx } from '@/lib/db'

/** One connection that holds the organisation's run lock: the lock ends with the work, however that ends. */
export interface RunConnection {
  readonly db: Db
  transaction<T>(work: (tx: Tx) => Promise<T>, isolation?: Isolation): Promise<T>
  release(): Promise<void>
}

/** `REPEATABLE READ`: all statements see the database as the first one did. */
type Isolation = 'READ COMMITTED' | 'REPEATABLE READ'

const POLL_MS = 100

/**
 * Takes the lock that one run per organisation holds, waiting up to `patienceMs` for another run; null if that one goes
 * on. Between attempts no connection is kept: waiting runs do not use up the pool.
 */
export async function takeRunLock(org: string, patienceMs: number): Promise<RunConnection | null> {
  const deadline = performance.now() + patienceMs
  for (;;) {
    const taken = await tryRunLock(org)
    if (taken || performance.now() >= deadline) return taken
    await wait(POLL_MS)
  }
}

async function tryRunLock(org: string): Promise<RunConnection | null> {
  const client = await pool().connect()
  let broken: Error | undefined
  const lost = (error: Error) => {
    broken = error
  }
  client.on('error', lost)
  const giveBack = () => {
    client.off('error', lost)
    client.release(broken)
  }
  try {
    const { taken } = await one<{ taken: boolean }>(
      client,
      sql`SELECT pg_try_advisory_lock(hashtextextended(${`expiry-job ${org}`}, 0)) AS taken`,
    )
    if (!taken) {
      giveBack()
      return null
    }
  } catch (error) {
    lost(error as Error)
    giveBack()
    throw error
  }
  return {
    db: client,
    transaction: (work, isolation = 'READ COMMITTED') => runTransaction(client, work, isolation, lost),
    async release() {
      await client.query(sql`SELECT pg_advisory_unlock(hashtextextended(${`expiry-job ${org}`}, 0))`).catch(lost)
      giveBack()
    },
  }
}

async function runTransaction<T>(
  client: PoolClient,
  work: (tx: Tx) => Promise<T>,
  isolation: Isolation,
  lost: (error: Error) => void,
): Promise<T> {
  await client.query(`BEGIN ISOLATION LEVEL ${isolation}`)
  try {
    const result = await work(client as unknown as Tx)
    await client.query('COMMIT')
    announceCommit()
    return result
  } catch (error) {
    await client.query('ROLLBACK').catch(lost)
    throw error
  }
}
