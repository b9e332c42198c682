import 'server-only'
import { sumActivities } from '@/domain/activities/queries'
import { touchedSince } from '@/domain/changes/queries'
import { type OrganisationSettings, requireSettings } from '@/domain/organisations/queries'
import { daysUntil } from '@/lib/calendar'
import type { Answer, Call } from '@/lib/call'
import { type Db, first, join, one, readInPieces, rows, type Snapshot, type Sql, sql } from '@/lib/db'
import { type Instant, wireTime, wireTimeOrNull } from '@/lib/instant'
import { type ListCursor, readListCursor, writeListCursor } from '@/lib/list-cursor'
import { pageWithTotal } from '@/lib/list-total'
import { ALL_ROWS, pageSlice } from '@/lib/pagination'
import { MOST_SELECTED } from '@/lib/selection-limit'
import { listOf } from '@/lib/wire'
import { type LockedMentor, mentorNotFound, statusOf } from './lock'
import type {
  CertificationState,
  MentorExportQuery,
  MentorListItem,
  MentorListQuery,
  MentorProfile,
  MentorSelection,
  MentorSelectionQuery,
  MentorsView,
  PauseCause,
} from './schema'
import { expiresWithin, matchesWords, startOfDay } from './search'

/** What a profile is made of. */
export type ProfileFacts = Pick<LockedMentor, 'mentor_id' | 'full_name' | 'email' | 'incomplete' | 'revision'>

/** A profile as the API shows it, with the mentor's revision. */
export function profileOf(call: Call, mentor: ProfileFacts): Answer<MentorProfile> {
  const { mentor_id, full_name, email, incomplete, revision } = mentor
  return { version: revision, body: { mentor_id, full_name, email, org_id: call.caller.org, incomplete } }
}

/** Who a mentor is. Throws `mentor_not_found`, also for an erased one. */
export async function getMentorProfile(db: Db, call: Call, mentorId: string): Promise<Answer<MentorProfile>> {
  const mentor = await first<ProfileFacts>(
    db,
    sql`SELECT mentor_id, full_name, email, incomplete, revision FROM mentor
        WHERE org_id = ${call.caller.org} AND mentor_id = ${mentorId} AND erased_at IS NULL`,
  )
  if (!mentor) throw mentorNotFound(mentorId)
  return profileOf(call, mentor)
}

interface ListRow extends Pick<LockedMentor, 'paused_by_hand' | 'paused_by_certification' | 'last_expiry'> {
  mentor_id: string
  full_name: string
  email: string | null
  incomplete: boolean
  last_heard_at: Instant | null
  certification_type: string | null
  open_assignments: number
  total_sessions: number
}

const ORDERS: Record<MentorListQuery['sort'], Sql> = {
  full_name: sql`m.full_name COLLATE "nb-NO-x-icu", m.mentor_id`,
  '-full_name': sql`m.full_name COLLATE "nb-NO-x-icu" DESC, m.mentor_id DESC`,
  mentor_id: sql`m.mentor_id`,
  '-mentor_id': sql`m.mentor_id DESC`,
  expires_at: sql`m.last_expiry, m.mentor_id`,
  '-expires_at': sql`m.last_expiry DESC, m.mentor_id DESC`,
}

/** The mentors of the organisation as the coordinators list them; whoever lacks a date comes last, in descending order first. */
export async function listMentors(db: Db, call: Call, query: MentorListQuery): Promise<MentorsView> {
  const settings = await requireSettings(db, call)
  const where = join(conditions(call, settings, query), ' AND ')
  const found = await pageWithTotal<ListRow>(
    db,
    pageOf(call, where, query),
    sql`SELECT count(*) FROM mentor m WHERE ${where}`,
  )
  const data = found.rows.map((row) => toListItem(call, settings, row))
  return { ...listOf(data, query, found.total), as_of: await writeListCursor(call, found.snapshot) }
}

/**
 * All that `listMentors` would page through, in its order and in pieces; of them those that `ids` names, or those that
 * `selectMentors` would select by the same `as_of`, however many. Throws `list_outdated`.
 */
export async function* readAllMentors(
  snapshot: Snapshot,
  call: Call,
  { ids, as_of, ...query }: MentorExportQuery,
): AsyncGenerator<MentorListItem[]> {
  const settings = await requireSettings(snapshot, call)
  const cursor = as_of === undefined ? null : await readListCursor(call, as_of)
  const matching = conditions(cursor ? { ...call, now: cursor.at } : call, settings, query)
  if (ids) matching.push(sql`m.mentor_id = ANY (${ids}::text[])`)
  if (cursor) matching.push(sql`m.key NOT IN (${touchedMentors(call, cursor)})`)
  const where = join(matching, ' AND ')
  const all = pageOf(call, where, { ...query, ...ALL_ROWS })
  for await (const piece of readInPieces<ListRow>(snapshot, all)) {
    yield piece.map((row) => toListItem(call, settings, row))
  }
}

function pageOf(call: Call, where: Sql, query: Pick<MentorListQuery, 'page' | 'limit' | 'sort'>): Sql {
  return sql`SELECT m.mentor_id, m.full_name, m.email, m.incomplete, m.paused_by_hand, m.paused_by_certification, m.last_expiry,
      m.last_heard_at, sums.total_sessions,
      (SELECT c.certification_type FROM certification c WHERE c.mentor_key = m.key AND c.is_current
       ORDER BY c.expires_at DESC, c.key DESC LIMIT 1) AS certification_type,
      (SELECT count(*) FROM assignment a WHERE a.mentor_key = m.key AND a.status <> 'closed') AS open_assignments
    FROM (SELECT m.* FROM mentor m WHERE ${where} ORDER BY ${ORDERS[query.sort]} ${pageSlice(query)}) AS m
    JOIN organisation o ON o.id = m.org_id
    ${sumActivities(call, 30)}
    ORDER BY ${ORDERS[query.sort]}`
}

/**
 * Who matched when a view was read, in its order, and has not been changed since in anything that the filters ask for:
 * profile, certifications, pauses. 10,000 at most. Throws `list_outdated`.
 */
export async function selectMentors(
  db: Db,
  call: Call,
  { as_of, ...query }: MentorSelectionQuery,
): Promise<MentorSelection> {
  const cursor = await readListCursor(call, as_of)
  const settings = await requireSettings(db, call)
  const where = join(conditions({ ...call, now: cursor.at }, settings, query), ' AND ')
  const found = await rows<Pick<ListRow, 'mentor_id' | 'full_name' | 'paused_by_hand' | 'paused_by_certification'>>(
    db,
    sql`SELECT m.mentor_id, m.full_name, m.paused_by_hand, m.paused_by_certification
        FROM mentor m WHERE ${where} AND m.key NOT IN (${touchedMentors(call, cursor)})
        ORDER BY ${ORDERS[query.sort]} LIMIT ${MOST_SELECTED}`,
  )
  const { matching } = await one<{ matching: number }>(
    db,
    sql`SELECT count(*) AS matching FROM mentor m WHERE ${where}`,
  )
  return {
    data: found.map((row) => ({ mentor_id: row.mentor_id, full_name: row.full_name, status: statusOf(row) })),
    left_out: Math.max(0, matching - found.length),
  }
}

/** SQL: the mentors who were changed since in anything that a filter asks for. */
function touchedMentors(call: Call, cursor: ListCursor): Sql {
  return sql`SELECT mentor_key FROM (${touchedSince(call, cursor)}) AS touched
    WHERE mentor_key IS NOT NULL AND (type IN ('mentor', 'certification') OR type = 'sync_event' AND action IN ('paused', 'resumed'))`
}

function toListItem(call: Call, settings: OrganisationSettings, row: ListRow): MentorListItem {
  const { mentor_id, full_name, email, incomplete, last_expiry, certification_type } = row
  return {
    mentor_id,
    full_name,
    email,
    incomplete,
    status: statusOf(row),
    causes: causesOf(row),
    certification:
      last_expiry === null
        ? null
        : {
            certification_type: certification_type ?? '',
            expires_at: wireTime(last_expiry),
            days_left: daysUntil(last_expiry, call.now, settings.time_zone),
            state: certificationStateAt(last_expiry, call, settings),
          },
    open_assignments: row.open_assignments,
    sessions_30_days: row.total_sessions,
    last_heard_at: wireTimeOrNull(row.last_heard_at),
  }
}

/** Why a mentor is paused; both causes may hold at once. */
function causesOf(mentor: Pick<LockedMentor, 'paused_by_hand' | 'paused_by_certification'>): PauseCause[] {
  return [
    ...(mentor.paused_by_hand ? (['by_hand'] as const) : []),
    ...(mentor.paused_by_certification ? (['by_certification'] as const) : []),
  ]
}

/** `expired` from the very moment, `expiring` within the organisation's warning window before it. */
function certificationStateAt(
  expiresAt: Instant,
  call: Call,
  settings: OrganisationSettings,
): Exclude<CertificationState, 'none'> {
  if (expiresAt <= call.now) return 'expired'
  return daysUntil(expiresAt, call.now, settings.time_zone) <= settings.warning_days ? 'expiring' : 'valid'
}

type Filters = Omit<MentorListQuery, 'page' | 'limit' | 'sort'>

function conditions(call: Call, settings: OrganisationSettings, query: Filters): Sql[] {
  const where = [sql`m.org_id = ${call.caller.org}`, sql`m.erased_at IS NULL`]
  if (query.q) where.push(matchesWords(query.q))
  if (query.status === 'paused') where.push(sql`(m.paused_by_hand OR m.paused_by_certification)`)
  if (query.status === 'active') where.push(sql`NOT (m.paused_by_hand OR m.paused_by_certification)`)
  const warningEnds = startOfDay(call, settings, settings.warning_days + 1)
  if (query.certification === 'none') where.push(sql`m.last_expiry IS NULL`)
  if (query.certification === 'expired') where.push(sql`m.last_expiry <= ${call.now}`)
  if (query.certification === 'expiring')
    where.push(sql`m.last_expiry > ${call.now} AND m.last_expiry < ${warningEnds}`)
  if (query.certification === 'valid') where.push(sql`m.last_expiry >= ${warningEnds}`)
  if (query.expiring_within_days !== undefined) where.push(expiresWithin(call, settings, query.expiring_within_days))
  return where
}
