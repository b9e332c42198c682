import { runMigrations } from 'graphile-worker'
import { startTestServer } from '@/server/database/test-database'

/** One throw-away PostgreSQL for a whole run; each spec takes a database of its own from its template. */
export default async function startDatabase(): Promise<() => Promise<void>> {
  const server = await startTestServer()
  await runMigrations({ connectionString: server.url, schema: 'graphile_worker' })
  process.env.TEST_DATABASE_URL = server.url
  return () => server.stop()
}
