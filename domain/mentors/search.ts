import 'server-only'
import type { OrganisationSettings } from '@/domain/organisations/queries'
import { addDays, localDate } from '@/lib/calendar'
import type { Call } from '@/lib/call'
import { type Sql, sql } from '@/lib/db'

/**
 * A condition on `mentor m`: part of its name, e-mail address or id, without regard to case or accents.
 * Wildcards in `words` stand for themselves. Served by a trigram index from three characters on.
 */
export function matchesWords(words: string): Sql {
  return sql`m.search_text LIKE '%' || regexp_replace(search_text(${words}), '([\\\\%_])', '\\\\\\1', 'g') || '%'`
}

/**
 * A condition on `mentor m`: the latest expiry has not passed and lies at most `days` calendar days ahead in the
 * organisation's zone.
 */
export function expiresWithin(call: Call, settings: OrganisationSettings, days: number): Sql {
  return sql`m.last_expiry > ${call.now} AND m.last_expiry < ${startOfDay(call, settings, days + 1)}`
}

/** SQL: the moment at which the day `days` days from today begins in the organisation's zone. */
export function startOfDay(call: Call, { time_zone }: OrganisationSettings, days: number): Sql {
  return sql`(${addDays(localDate(call.now, time_zone), days)}::date::timestamp AT TIME ZONE ${time_zone})`
}
