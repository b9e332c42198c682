import 'server-only'
import { sumActivities } from '@/domain/activities/queries'
import { mentorNotFound } from '@/domain/mentors/lock'
import { expiresWithin, matchesWords } from '@/domain/mentors/search'
import { type OrganisationSettings, requireSettings } from '@/domain/organisations/queries'
import { daysUntil } from '@/lib/calendar'
import type { Answer, Call } from '@/lib/call'
import { type Db, first, join, type Sql, sql } from '@/lib/db'
import { type Instant, wireTime } from '@/lib/instant'
import { pageWithTotal } from '@/lib/list-total'
import { pageSlice } from '@/lib/pagination'
import { type List, listOf } from '@/lib/wire'
import type {
  ActivityPeriod,
  MentorDetail,
  MentorDetailListItem,
  MentorDetailListQuery,
  MentorDetailState,
} from './schema'
import { loadingParts, type SnapshotBody } from './snapshot'

const PERIOD_DAYS: Record<ActivityPeriod, number> = { week: 7, month: 30, year: 365 }

interface DetailRow extends OrganisationSettings {
  mentor_id: string
  paused: boolean
  revision: number
  body: SnapshotBody | null
  loaded_at: Instant
  total_activities: number
  total_sessions: number
}

/**
 * One mentor whole: from its snapshot where that is of the mentor's revision, else loaded now. One statement either way;
 * the second is only needed where the first finds nothing cached. Throws `mentor_not_found`.
 */
export async function getMentorDetail(
  db: Db,
  call: Call,
  mentorId: string,
  period: ActivityPeriod,
): Promise<Answer<MentorDetail>> {
  const cached = await first<DetailRow>(db, cachedDetail(call, mentorId, PERIOD_DAYS[period]))
  if (!cached) throw mentorNotFound(mentorId)
  if (cached.body) return answerOf(call, cached, cached.body, period)
  const loaded = await first<DetailRow>(db, loadedDetail(call, mentorId, PERIOD_DAYS[period]))
  if (!loaded?.body) throw mentorNotFound(mentorId)
  return answerOf(call, loaded, loaded.body, period)
}

function cachedDetail(call: Call, mentorId: string, days: number): Sql {
  return sql`SELECT m.mentor_id, m.paused_by_hand OR m.paused_by_certification AS paused, m.revision, s.body, s.loaded_at,
      o.time_zone, o.warning_days, sums.total_activities, sums.total_sessions
    FROM mentor m
    JOIN organisation o ON o.id = m.org_id
    LEFT JOIN mentor_snapshot s ON s.mentor_key = m.key AND s.revision = m.revision AND s.state = 'loaded'
    ${sumActivities(call, days)}
    WHERE m.org_id = ${call.caller.org} AND m.mentor_id = ${mentorId} AND m.erased_at IS NULL`
}

function loadedDetail(call: Call, mentorId: string, days: number): Sql {
  return sql`WITH ${loadingParts(call, mentorId)}
    SELECT m.mentor_id, m.paused_by_hand OR m.paused_by_certification AS paused, m.revision, fresh.body,
      ${call.now}::timestamptz AS loaded_at, o.time_zone, o.warning_days, sums.total_activities, sums.total_sessions
    FROM fresh JOIN mentor m ON m.key = fresh.key JOIN organisation o ON o.id = m.org_id
    ${sumActivities(call, days)}`
}

function answerOf(call: Call, row: DetailRow, body: SnapshotBody, period: ActivityPeriod): Answer<MentorDetail> {
  return {
    version: row.revision,
    body: {
      mentor_id: row.mentor_id,
      state: 'loaded',
      profile: {
        full_name: body.full_name,
        email: body.email,
        org_id: call.caller.org,
        status: row.paused ? 'paused' : 'active',
        is_paused: row.paused,
      },
      certification: body.expires_at === null ? null : certificationOf(call, row, body.expires_at),
      activity_summary: { total_sessions: row.total_sessions, total_activities: row.total_activities, period },
      active_assignments: body.active_assignments.map(({ assignment_id, contact_name, status }) => ({
        assignment_id,
        contact_name,
        status,
      })),
      loaded_at: wireTime(row.loaded_at),
    },
  }
}

function certificationOf(
  call: Call,
  settings: OrganisationSettings,
  expiresAt: Instant,
): MentorDetail['certification'] {
  const days = daysUntil(expiresAt, call.now, settings.time_zone)
  return {
    expiry_date: wireTime(expiresAt),
    days_until_expiry: days,
    is_within_warning_window: days <= settings.warning_days,
  }
}

interface ListRow {
  mentor_id: string
  state: MentorDetailState
  full_name: string
  paused: boolean
  open_assignment_count: number
  last_expiry: Instant | null
}

const ORDERS: Record<MentorDetailListQuery['sort'], Sql> = {
  full_name: sql`m.full_name COLLATE "nb-NO-x-icu", m.mentor_id`,
  '-full_name': sql`m.full_name COLLATE "nb-NO-x-icu" DESC, m.mentor_id DESC`,
  mentor_id: sql`m.mentor_id`,
  '-mentor_id': sql`m.mentor_id DESC`,
  days_until_expiry: sql`m.last_expiry, m.mentor_id`,
  '-days_until_expiry': sql`m.last_expiry DESC, m.mentor_id DESC`,
}

/** Every mentor of the organisation, cached or not, with figures that are true at `call.now`. */
export async function listMentorDetails(
  db: Db,
  call: Call,
  query: MentorDetailListQuery,
): Promise<Answer<List<MentorDetailListItem>>> {
  const settings = await requireSettings(db, call)
  const where = join(filters(call, settings, query), ' AND ')
  const { sort } = query
  const found = await pageWithTotal<ListRow>(
    db,
    // the figures of the page's rows alone: the inner query finds them by an index
    sql`SELECT p.mentor_id, coalesce(s.state, 'idle') AS state, p.full_name, p.paused, p.last_expiry,
          (SELECT count(*) FROM assignment a WHERE a.mentor_key = p.key AND a.status <> 'closed') AS open_assignment_count
        FROM (
          SELECT m.key, m.mentor_id, m.full_name, m.paused_by_hand OR m.paused_by_certification AS paused, m.last_expiry,
            row_number() OVER (ORDER BY ${ORDERS[sort]}) AS place
          FROM mentor m WHERE ${where} ORDER BY ${ORDERS[sort]} ${pageSlice(query)}
        ) AS p
        LEFT JOIN mentor_snapshot s ON s.mentor_key = p.key ORDER BY p.place`,
    sql`SELECT count(*) FROM mentor m WHERE ${where}`,
  )
  return {
    body: listOf(
      found.rows.map((row) => itemOf(call, settings, row)),
      query,
      found.total,
    ),
  }
}

function itemOf(call: Call, settings: OrganisationSettings, row: ListRow): MentorDetailListItem {
  return {
    mentor_id: row.mentor_id,
    state: row.state,
    full_name: row.full_name,
    status: row.paused ? 'paused' : 'active',
    open_assignment_count: row.open_assignment_count,
    days_until_expiry: row.last_expiry === null ? null : daysUntil(row.last_expiry, call.now, settings.time_zone),
  }
}

function filters(call: Call, settings: OrganisationSettings, query: MentorDetailListQuery): Sql[] {
  const where = [sql`m.org_id = ${call.caller.org}`, sql`m.erased_at IS NULL`]
  if (query.org_id !== undefined) where.push(sql`m.org_id = ${query.org_id}`)
  if (query.status === 'paused') where.push(sql`(m.paused_by_hand OR m.paused_by_certification)`)
  if (query.status === 'active') where.push(sql`NOT (m.paused_by_hand OR m.paused_by_certification)`)
  if (query.state === 'idle') where.push(sql`NOT EXISTS (SELECT FROM mentor_snapshot s WHERE s.mentor_key = m.key)`)
  else if (query.state !== undefined)
    where.push(sql`EXISTS (SELECT FROM mentor_snapshot s WHERE s.mentor_key = m.key AND s.state = ${query.state})`)
  if (query.q) where.push(matchesWords(query.q))
  if (query.expiring_within_days !== undefined) {
    where.push(expiresWithin(call, settings, query.expiring_within_days))
  }
  return where
}
