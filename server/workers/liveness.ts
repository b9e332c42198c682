import { randomInt } from 'node:crypto'
import pg from 'pg'
import { log } from '@/lib/log'

/** Shows the other instances that this one lives, and takes over from those that do not. */
export interface Liveness {
  /** Names a worker of this instance, before it takes its first job. */
  register(workerId: string): Promise<void>
  /** Leaves in order: call it when no worker of this instance holds a job any more. */
  close(): Promise<void>
}

// pg_locks shows the two halves of such a lock as they are, so that others can see who holds theirs
const LOCK_CLASS = 1_717_658_482
const SWEEP_MS = 15_000
const RETRY_MS = 1000

/**
 * Each instance holds a session advisory lock, which ends with its connection, however the process ends. What it had
 * locked is then unlocked by the next sweep of any other instance: within half a minute instead of the four hours after
 * which graphile-worker gives up on a worker. A worker whose instance only lost its connection comes back by itself; its
 * job may run twice meanwhile, which all our jobs allow.
 */
export async function openLiveness(url: string): Promise<Liveness> {
  const workerIds = new Set<string>()
  let client: pg.Client | null = null
  let lockNumber = 0
  let timer: NodeJS.Timeout | undefined
  let closed = false

  // one statement at a time: workers register at once, and a sweep may be under way
  let turn: Promise<unknown> = Promise.resolve()
  function exclusively<T>(work: (db: pg.Client) => Promise<T>): Promise<T> {
    const result = turn.then(async () => work(client ?? (await connect())))
    turn = result.catch(() => {})
    return result
  }

  async function connect(): Promise<pg.Client> {
    const made = new pg.Client({
      connectionString: url,
      application_name: 'peer-mentors-liveness',
      connectionTimeoutMillis: 3000,
      keepAlive: true,
      options: '-c timezone=UTC -c statement_timeout=15000',
    })
    made.on('error', () => lose(made))
    made.on('end', () => lose(made))
    await made.connect()
    try {
      lockNumber = await takeLock(made)
      for (const workerId of workerIds) await insert(made, workerId, lockNumber)
    } catch (error) {
      await made.end().catch(() => {})
      throw error
    }
    client = made
    return made
  }

  function lose(lost: pg.Client): void {
    if (client !== lost) return
    client = null
    schedule(RETRY_MS)
  }

  function schedule(delay: number): void {
    clearTimeout(timer)
    if (!closed) timer = setTimeout(() => void keepUp(), delay).unref()
  }

  async function keepUp(): Promise<void> {
    try {
      await exclusively(sweep)
      schedule(SWEEP_MS)
    } catch (error) {
      log.warn({ err: error }, 'the jobs of instances that are gone could not be looked for')
      const failed = client
      client = null
      await failed?.end().catch(() => {})
      schedule(RETRY_MS)
    }
  }

  await exclusively(sweep)
  schedule(SWEEP_MS)
  return {
    async register(workerId) {
      if (workerIds.has(workerId)) {
        await turn
        return
      }
      workerIds.add(workerId)
      await exclusively((db) => insert(db, workerId, lockNumber))
    },
    async close() {
      closed = true
      clearTimeout(timer)
      await turn
      const last = client
      client = null
      if (!last) return
      await last.query('DELETE FROM worker_instance WHERE worker_id = ANY ($1)', [[...workerIds]]).catch(() => {})
      await last.end().catch(() => {})
    },
  }
}

async function takeLock(client: pg.Client): Promise<number> {
  for (;;) {
    const number = randomInt(1, 2 ** 31)
    const { rows } = await client.query('SELECT pg_try_advisory_lock($1, $2) AS taken', [LOCK_CLASS, number])
    if (rows[0].taken) return number
  }
}

async function insert(client: pg.Client, workerId: string, lockNumber: number): Promise<void> {
  await client.query(
    `INSERT INTO worker_instance (worker_id, lock_number) VALUES ($1, $2)
     ON CONFLICT (worker_id) DO UPDATE SET lock_number = excluded.lock_number`,
    [workerId, lockNumber],
  )
}

async function sweep(client: pg.Client): Promise<void> {
  const { rows } = await client.query(
    `WITH dead AS (
       DELETE FROM worker_instance AS instance WHERE NOT EXISTS (
         SELECT FROM pg_locks AS held
         WHERE held.locktype = 'advisory' AND held.objsubid = 2 AND held.granted AND held.classid = $1
           AND held.objid = instance.lock_number::oid
           AND held.database = (SELECT oid FROM pg_database WHERE datname = current_database()))
       RETURNING worker_id)
     SELECT array_agg(worker_id) AS worker_ids, graphile_worker.force_unlock_workers(array_agg(worker_id)) FROM dead
     HAVING count(*) > 0`,
    [LOCK_CLASS],
  )
  if (rows[0]) log.info({ workers: rows[0].worker_ids }, 'unlocked the jobs of workers whose instance is gone')
}
