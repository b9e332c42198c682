import 'server-only'
import type { Call } from '@/lib/call'
import { type Db, one, sql } from '@/lib/db'

/** What rules need to know of an organisation: its IANA time zone, and how many days before expiry a warning begins. */
export interface OrganisationSettings {
  readonly time_zone: string
  readonly warning_days: number
}

export async function requireSettings(db: Db, call: Call): Promise<OrganisationSettings> {
  return one(db, sql`SELECT time_zone, warning_days FROM organisation WHERE id = ${call.caller.org}`)
}
