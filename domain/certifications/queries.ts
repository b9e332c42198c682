import 'server-only'
import type { Answer, Call } from '@/lib/call'
import { type Db, first, join, rows, type Sql, sql } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { wireTimeOrNull } from '@/lib/instant'
import { pageWithTotal } from '@/lib/list-total'
import { pageSlice } from '@/lib/pagination'
import { type List, listOf } from '@/lib/wire'
import { type CertificationRow, certificationColumns, toItem } from './row'
import type { CertificationItem, CertificationRecord, ListCertificationsQuery } from './schema'

const ORDER = {
  created_at: sql`picked.key`,
  '-created_at': sql`picked.key DESC`,
  issued_at: sql`picked.issued_at, picked.key`,
  '-issued_at': sql`picked.issued_at DESC, picked.key DESC`,
  expires_at: sql`picked.expires_at, picked.key`,
  '-expires_at': sql`picked.expires_at DESC, picked.key DESC`,
} as const

export function certificationNotFound(id: string): AppError {
  return new AppError('certification_not_found', `There is no certification ${id}.`)
}

/** One page of certifications with the exact total, in one statement: the busiest read of the API. */
export async function listCertifications(
  db: Db,
  call: Call,
  query: ListCertificationsQuery,
): Promise<Answer<List<CertificationItem>>> {
  const where = join(conditions(call, query), ' AND ')
  const { page, limit, sort } = query
  // rows that the page skips are counted in the index and never joined
  const found = await pageWithTotal<CertificationRow & { mentor_id: string }>(
    db,
    sql`SELECT picked.*, mentor.mentor_id
        FROM (SELECT key, id, mentor_key, certification_type, issued_at, expires_at, revoked_at, auto_pause_applied_at
              FROM certification AS picked WHERE ${where} ORDER BY ${ORDER[sort]} ${pageSlice({ page, limit })}) AS picked
        JOIN mentor ON mentor.key = picked.mentor_key ORDER BY ${ORDER[sort]}`,
    sql`SELECT count(*) FROM certification WHERE ${where}`,
  )
  const data = found.rows.map((row) => toItem(row, row.mentor_id, call.now))
  return { body: listOf(data, query, found.total) }
}

function conditions(call: Call, query: ListCertificationsQuery): Sql[] {
  const { org } = call.caller
  const all = [sql`org_id = ${org}`]
  if (query.mentor_id !== undefined)
    all.push(
      sql`mentor_key = (SELECT m.key FROM mentor AS m WHERE m.org_id = ${org} AND m.mentor_id = ${query.mentor_id} AND m.erased_at IS NULL)`,
    )
  if (query.status === 'valid') all.push(sql`revoked_at IS NULL AND expires_at > ${call.now}`)
  if (query.status === 'expired') all.push(sql`revoked_at IS NULL AND expires_at <= ${call.now}`)
  if (query.status === 'revoked') all.push(sql`revoked_at IS NOT NULL`)
  if (query.certification_type !== undefined) all.push(sql`certification_type = ${query.certification_type}`)
  if (query.expires_after !== undefined) all.push(sql`expires_at > ${query.expires_after}`)
  if (query.expires_before !== undefined) all.push(sql`expires_at < ${query.expires_before}`)
  if (query.expiring_within_days !== undefined)
    all.push(
      sql`is_current AND expires_at > ${call.now} AND expires_at < (${startOfDay(call, query.expiring_within_days + 1)})`,
    )
  if (query.current !== undefined) all.push(query.current ? sql`is_current` : sql`NOT is_current`)
  if (query.auto_pause_applied !== undefined)
    all.push(query.auto_pause_applied ? sql`auto_pause_applied_at IS NOT NULL` : sql`auto_pause_applied_at IS NULL`)
  return all
}

/** SQL: the moment at which the day that lies `days` days ahead begins in the organisation's zone. */
export function startOfDay(call: Call, days: number): Sql {
  return sql`SELECT ((${call.now}::timestamptz AT TIME ZONE o.time_zone)::date + ${days}::integer)::timestamp AT TIME ZONE o.time_zone
    FROM organisation AS o WHERE o.id = ${call.caller.org}`
}

/** SQL: what `expiryReason` says, of a row of `certification` beside the organisation's `time_zone`. */
export const expiryReasonSql = sql`format('Certification %s expired on %s', certification_type,
  to_char(expires_at AT TIME ZONE time_zone, 'YYYY-MM-DD'))`

/** One certification. Throws `certification_not_found`. */
export async function getCertification(db: Db, call: Call, id: string): Promise<Answer<CertificationRecord>> {
  const row = await first<CertificationRow & { mentor_id: string }>(
    db,
    sql`SELECT c.*, m.mentor_id FROM certification AS c JOIN mentor AS m ON m.key = c.mentor_key
        WHERE c.org_id = ${call.caller.org} AND c.id = ${id} AND m.erased_at IS NULL`,
  )
  if (!row) throw certificationNotFound(id)
  return {
    body: {
      ...toItem(row, row.mentor_id, call.now),
      auto_pause_applied_at: wireTimeOrNull(row.auto_pause_applied_at),
    },
    version: row.version,
  }
}

/** The mentor's current certifications, one of each type at most, the latest expiry first. Not locked. */
export async function listCurrentCertifications(
  db: Db,
  call: Call,
  mentor: { readonly key: number },
): Promise<CertificationRow[]> {
  return rows(
    db,
    sql`SELECT ${certificationColumns} FROM certification
        WHERE org_id = ${call.caller.org} AND mentor_key = ${mentor.key} AND is_current ORDER BY expires_at DESC, key DESC`,
  )
}
