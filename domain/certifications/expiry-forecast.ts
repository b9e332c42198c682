import 'server-only'
import type { Call } from '@/lib/call'
import { type Db, rows, sql } from '@/lib/db'

export interface MonthOfExpiries {
  /** `YYYY-MM` in the organisation's calendar. */
  readonly month: string
  /** Current certifications that expire in it; of the present month those that are yet to. */
  readonly expiring: number
}

/** How many current certifications expire in each of the next `months` months, the present one first. */
export async function forecastExpiries(db: Db, call: Call, months: number): Promise<MonthOfExpiries[]> {
  return rows(
    db,
    sql`SELECT to_char(span.first_day, 'YYYY-MM') AS month,
          (SELECT count(*) FROM certification AS c
           WHERE c.org_id = o.id AND c.is_current AND c.expires_at > ${call.now}::timestamptz
             AND c.expires_at >= span.first_day AT TIME ZONE o.time_zone
             AND c.expires_at < (span.first_day + interval '1 month') AT TIME ZONE o.time_zone) AS expiring
        FROM organisation AS o
        CROSS JOIN LATERAL generate_series(0, ${months - 1}::int) AS n
        CROSS JOIN LATERAL (SELECT date_trunc('month', ${call.now}::timestamptz AT TIME ZONE o.time_zone)
          + make_interval(months => n) AS first_day) AS span
        WHERE o.id = ${call.caller.org} ORDER BY span.first_day`,
  )
}
