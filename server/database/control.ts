import { randomUUID } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import type { Connection, DataFolder } from './data-folder'
import { tryLockFolder } from './file-lock'
import type { Profile } from './settings'
import { startServer } from './start-server'

const PATIENCE = 60_000

/** A session of the superuser. It holds this app's advisory locks, and its end is the first sign of trouble. */
export type Control = pg.Client

/**
 * Starts the server of a folder, or finds the one that runs already, and opens a control session to it.
 * `name` is what other apps see of this one.
 */
export async function reachServer(
  folder: DataFolder,
  name: string,
  profile: Profile,
  keepPort: boolean,
): Promise<Control> {
  const deadline = Date.now() + PATIENCE
  for (;;) {
    const lock = tryLockFolder(folder.path)
    if (lock !== undefined) await startServer(folder, lock, profile, keepPort)
    const control = await connectControl(folder, name)
    if (control) return control
    if (Date.now() > deadline) {
      throw new Error(
        `A PostgreSQL server holds ${folder.path} but does not answer. End it (its process id stands in the first line of ${folder.data}/postmaster.pid), or wait until it has ended, and start again. ${folder.log} says more.`,
      )
    }
    await wait(25)
  }
}

async function connectControl(folder: DataFolder, name: string): Promise<Control | undefined> {
  const connection = folder.readConnection()
  if (!connection || !folder.readPostmaster()?.ready) return undefined
  const control = new pg.Client({
    connectionString: databaseUrl(connection, 'postgres', 'postgres'),
    application_name: name,
    keepAlive: true,
    connectionTimeoutMillis: 5000,
  })
  // an error without a listener would end the process; the session's end is what the owner watches
  control.on('error', () => {})
  try {
    await control.connect()
    if (await serves(control, folder)) return control
  } catch {
    // starting, stopping, or another server on a port that an old file names: the caller tries again
  }
  await control.end().catch(() => {})
  return undefined
}

/** Whether the server works in this very folder. A copied folder names the port, and has the password, of the original. */
async function serves(control: Control, folder: DataFolder): Promise<boolean> {
  const proof = `proof-${randomUUID()}`
  const file = path.join(folder.data, proof)
  writeFileSync(file, proof, { mode: 0o644 })
  try {
    const { rows } = await control.query('SELECT pg_read_file($1, 0, 100, true) AS content', [proof])
    return rows[0]?.content === proof
  } finally {
    rmSync(file, { force: true })
  }
}

export function databaseUrl(
  { port, appPassword, adminPassword }: Connection,
  role: 'app' | 'postgres',
  database: string,
): string {
  return `postgresql://${role}:${role === 'app' ? appPassword : adminPassword}@127.0.0.1:${port}/${database}`
}
