import 'server-only'
import { mentorNotFound } from '@/domain/mentors/lock'
import { type PhoneTime, phoneClockOf } from '@/domain/mentors/phone-clock'
import type { Answer, Call } from '@/lib/call'
import { type Db, first, join, type Sql, sql } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { type Instant, wireTime, wireTimeOrNull } from '@/lib/instant'
import { pageWithTotal } from '@/lib/list-total'
import { pageSlice } from '@/lib/pagination'
import { type List, listOf } from '@/lib/wire'
import { certStatusAt } from './cert-status'
import type {
  BlocEntry,
  BlocEventDetail,
  BlocEventType,
  BlocSnapshot,
  CertStatus,
  ListBlocEntriesQuery,
} from './schema'

interface EntryRow {
  mentor_id: string
  last_expiry: Instant | null
  holds_any: boolean
  courses: string[]
  last_event: BlocEventType | null
  last_event_at: Instant | null
}

// OFFSET 0 keeps both a probe of an index for each mentor: hashed, every page would read all events there are
const holdsAny = sql`EXISTS (SELECT FROM certification AS c WHERE c.mentor_key = m.key OFFSET 0)`
const hasEvent = sql`EXISTS (SELECT FROM bloc_event AS e WHERE e.mentor_key = m.key AND e.deleted_at IS NULL OFFSET 0)`

/** Each course once, in the order of first enrolment. A removed event leaves no trace, nor does one not processed. */
const courses = sql`ARRAY (
  SELECT enrolled.course_id FROM (
    SELECT DISTINCT ON (e.payload ->> 'course_id') e.payload ->> 'course_id' AS course_id, e.fired_at, e.key
    FROM bloc_event AS e
    WHERE e.mentor_key = m.key AND e.deleted_at IS NULL AND e.event_type = 'EnrolInCourseEvent' AND e.processed
    ORDER BY e.payload ->> 'course_id', e.fired_at, e.key
  ) AS enrolled ORDER BY enrolled.fired_at, enrolled.key
) AS courses`

const orders: Record<ListBlocEntriesQuery['sort'], Sql> = {
  mentor_id: sql`m.mentor_id`,
  '-mentor_id': sql`m.mentor_id DESC`,
  expires_at: sql`m.last_expiry, m.mentor_id`,
  '-expires_at': sql`m.last_expiry DESC, m.mentor_id DESC`,
}

/** Every mentor for whom an event or a certification exists, by default in the order of their ids. */
export async function listBlocEntries(
  db: Db,
  call: Call,
  query: ListBlocEntriesQuery,
): Promise<Answer<List<BlocEntry>>> {
  const { org } = call.caller
  const { page, limit, sort, cert_status, mentor_id, course_id } = query
  const conditions = [
    sql`m.org_id = ${org}`,
    sql`m.erased_at IS NULL`,
    cert_status ? withStatus(cert_status, call.now) : sql`(m.last_expiry IS NOT NULL OR ${holdsAny} OR ${hasEvent})`,
  ]
  if (mentor_id) conditions.push(sql`m.mentor_id = ${mentor_id}`)
  if (course_id) {
    conditions.push(sql`m.key IN (SELECT e.mentor_key FROM bloc_event AS e WHERE e.org_id = ${org}
      AND e.event_type = 'EnrolInCourseEvent' AND e.payload ->> 'course_id' = ${course_id} AND e.deleted_at IS NULL AND e.processed)`)
  }
  const where = join(conditions, ' AND ')
  const found = await pageWithTotal<EntryRow>(
    db,
    sql`SELECT m.mentor_id, m.last_expiry, ${holdsAny} AS holds_any, ${courses}, last.event_type AS last_event, last.fired_at AS last_event_at
        FROM (SELECT m.key, m.mentor_id, m.last_expiry FROM mentor AS m WHERE ${where}
              ORDER BY ${orders[sort]} ${pageSlice({ page, limit })}) AS m
        LEFT JOIN LATERAL (
          SELECT e.event_type, e.fired_at FROM bloc_event AS e WHERE e.mentor_key = m.key AND e.deleted_at IS NULL
          ORDER BY e.fired_at DESC, e.key DESC LIMIT 1
        ) AS last ON true
        ORDER BY ${orders[sort]}`,
    sql`SELECT count(*) FROM mentor AS m WHERE ${where}`,
  )
  const data = found.rows.map((row) => ({
    id: `bloc-${row.mentor_id}`,
    mentor_id: row.mentor_id,
    cert_status: certStatusAt(row.last_expiry, row.holds_any, call.now),
    enrolled_course_ids: row.courses,
    last_event: row.last_event,
    last_event_at: wireTimeOrNull(row.last_event_at),
  }))
  return { body: listOf(data, query, found.total) }
}

function withStatus(status: CertStatus, now: Instant): Sql {
  if (status === 'active') return sql`m.last_expiry > ${now}`
  if (status === 'expired') return sql`m.last_expiry <= ${now}`
  if (status === 'revoked') return sql`m.last_expiry IS NULL AND ${holdsAny}`
  return sql`m.last_expiry IS NULL AND NOT ${holdsAny} AND ${hasEvent}`
}

interface StateRow {
  mentor_id: string
  revision: number
  holds_any: boolean
  courses: string[]
  history: BlocSnapshot['event_history']
  certification_type: string | null
  issued_at: Instant | null
  expires_at: Instant | null
}

/** One mentor's state with the last `historyLimit` events, in one statement. Throws `mentor_not_found`. */
export async function getBlocSnapshot(
  db: Db,
  call: Call,
  mentorId: string,
  historyLimit: number,
): Promise<Answer<BlocSnapshot>> {
  const mentor = await first<StateRow>(
    db,
    sql`SELECT m.mentor_id, m.revision, ${holdsAny} AS holds_any, ${courses},
          ARRAY (
            SELECT jsonb_build_object('event', recent.event_type,
              'fired_at', to_char(recent.fired_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))
            FROM (
              SELECT e.event_type, e.fired_at, e.key FROM bloc_event AS e WHERE e.mentor_key = m.key AND e.deleted_at IS NULL
              ORDER BY e.fired_at DESC, e.key DESC LIMIT ${historyLimit}
            ) AS recent ORDER BY recent.fired_at, recent.key
          ) AS history,
          held.certification_type, held.issued_at, held.expires_at
        FROM mentor AS m
        LEFT JOIN LATERAL (
          SELECT c.certification_type, c.issued_at, c.expires_at FROM certification AS c
          WHERE c.mentor_key = m.key AND c.is_current ORDER BY c.expires_at DESC, c.key DESC LIMIT 1
        ) AS held ON true
        WHERE m.org_id = ${call.caller.org} AND m.mentor_id = ${mentorId} AND m.erased_at IS NULL`,
  )
  if (!mentor) throw mentorNotFound(mentorId)
  return {
    version: mentor.revision,
    body: {
      mentor_id: mentor.mentor_id,
      cert_status: certStatusAt(mentor.expires_at, mentor.holds_any, call.now),
      cert_type: mentor.certification_type,
      issued_at: wireTimeOrNull(mentor.issued_at),
      expires_at: wireTimeOrNull(mentor.expires_at),
      enrolled_course_ids: mentor.courses,
      // jsonb does not keep the order of keys
      event_history: mentor.history.map(({ event, fired_at }) => ({ event, fired_at })),
    },
  }
}

interface EventRow extends PhoneTime {
  client_event_id: string | null
  number: number
  mentor_id: string
  event_type: BlocEventType
  payload: Record<string, unknown> | null
  processed: boolean
  error: string | null
  applied: BlocEventDetail['applied']
  fired_at: Instant
  updated_at: Instant
  version: number
}

/** One event whole. Throws `event_not_found`. */
export async function getBlocEvent(db: Db, call: Call, id: string): Promise<Answer<BlocEventDetail>> {
  const row = await first<EventRow>(
    db,
    sql`SELECT e.*, m.mentor_id FROM bloc_event AS e JOIN mentor AS m ON m.key = e.mentor_key
        WHERE e.org_id = ${call.caller.org} AND e.number = ${blocEventNumber(id)} AND e.deleted_at IS NULL`,
  )
  if (!row) throw blocEventNotFound(id)
  return {
    version: row.version,
    body: {
      id,
      mentor_id: row.mentor_id,
      event_type: row.event_type,
      payload: row.payload,
      processed: row.processed,
      error: row.error,
      applied: row.applied,
      ...(row.client_event_id !== null && { client_event_id: row.client_event_id }),
      ...(row.client_timestamp && { client_timestamp: wireTime(row.client_timestamp) }),
      ...phoneClockOf(row),
      created_at: wireTime(row.fired_at),
      updated_at: wireTime(row.updated_at),
    },
  }
}

export function blocEventNotFound(id: string): AppError {
  return new AppError('event_not_found', `There is no certification event ${id}; it may have been removed.`)
}

/** The number within `evt-bloc-0091`. */
export function blocEventNumber(id: string): number {
  return Number(id.slice('evt-bloc-'.length))
}

export function blocEventId(number: number): string {
  return `evt-bloc-${String(number).padStart(4, '0')}`
}
