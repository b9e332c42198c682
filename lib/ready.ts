import 'server-only'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { closingSignal } from './closing'
import { one, pool, sql } from './db'
import { toAppError } from './errors'

let shipped: string[] | undefined

function shippedMigrations(): string[] {
  shipped ??= readdirSync(path.join(process.cwd(), 'prisma', 'migrations'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
  return shipped
}

/** Why this process should get no requests at the moment, as a sentence; null when it should. Never rejects. */
export async function findUnreadiness(): Promise<string | null> {
  if (closingSignal.aborted) return 'The server is closing.'
  try {
    const { time_zone, pending } = await one<{ time_zone: string; pending: string[] }>(
      pool(),
      sql`SELECT current_setting('timezone') AS time_zone, ARRAY(
            SELECT name FROM unnest(${shippedMigrations()}::text[]) AS name
            WHERE NOT EXISTS (SELECT FROM _prisma_migrations m
              WHERE m.migration_name = name AND m.finished_at IS NOT NULL AND m.rolled_back_at IS NULL)
            ORDER BY name) AS pending`,
    )
    // times travel as text without an offset: a session in another zone would shift them silently
    if (time_zone !== 'UTC') return `The database sessions run in the time zone ${time_zone}, not in UTC.`
    if (pending.length > 0) return `Migrations are still to be applied: ${pending.join(', ')}.`
    return null
  } catch (error) {
    return (error as { code?: unknown }).code === '42P01'
      ? 'No migration has been applied yet.'
      : toAppError(error).code === 'database_unavailable'
        ? 'The database does not answer.'
        : 'The database cannot be used.'
  }
}
