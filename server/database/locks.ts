import { setTimeout as wait } from 'node:timers/promises'
import type { Control } from './control'

// Advisory locks in the database `postgres`, where nothing of the app's own lives.
const SPACE = 0x706d
const USERS = 1 // shared: one for each process that has the database open
const SERVER = 2 // exclusive: the one server

/** Counts this process among the users. Waits while the last user is stopping the server: then the session breaks off. */
export async function enter(control: Control): Promise<void> {
  await control.query('SELECT pg_advisory_lock_shared($1, $2)', [SPACE, USERS])
}

/** Leaves; true when nobody else has the database open. From then on until the session ends nobody can enter. */
export async function leave(control: Control): Promise<boolean> {
  await control.query('SELECT pg_advisory_unlock_shared($1, $2)', [SPACE, USERS])
  const { rows } = await control.query('SELECT pg_try_advisory_lock($1, $2) AS alone', [SPACE, USERS])
  return rows[0].alone
}

/**
 * Becomes the one server; false when there is another one. A server that was killed a moment ago is not another one:
 * PostgreSQL needs a moment to notice that its session is gone.
 */
export async function becomeServer(control: Control, patience: number): Promise<boolean> {
  const deadline = Date.now() + patience
  for (;;) {
    const { rows } = await control.query('SELECT pg_try_advisory_lock($1, $2) AS mine', [SPACE, SERVER])
    if (rows[0].mine) return true
    if (Date.now() > deadline) return false
    await wait(50)
  }
}

/** What the server that holds the lock calls itself. */
export async function nameOfServer(control: Control): Promise<string | undefined> {
  const { rows } = await control.query(
    `SELECT application_name AS name FROM pg_locks JOIN pg_stat_activity USING (pid)
     WHERE locktype = 'advisory' AND classid = $1 AND objid = $2 AND granted`,
    [SPACE, SERVER],
  )
  return rows[0]?.name
}

/**
 * Waits, at most a second, until the connections that this app has just closed are gone: the server would tell those of
 * its stop, and an error on a connection that nobody watches any more ends the process.
 */
export async function othersGone(control: Control): Promise<void> {
  for (const deadline = Date.now() + 1000; Date.now() < deadline; await wait(10)) {
    const { rows } = await control.query(
      "SELECT count(*)::int AS others FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()",
    )
    if (rows[0].others === 0) return
  }
}
