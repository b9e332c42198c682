import { first, pool, sql } from '@/lib/db'
import { env } from '@/lib/env'

/** Makes the organisation that is served (ORG_ID) known to a database that is new; its name can be changed later. */
export async function ensureOrganisation(): Promise<void> {
  const id = env().ORG_ID
  await first(pool(), sql`INSERT INTO organisation (id, name) VALUES (${id}, ${id}) ON CONFLICT (id) DO NOTHING`)
}
