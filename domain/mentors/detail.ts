import 'server-only'
import { hasLapsed, statusAt } from '@/domain/certifications/expiry-rules'
import type { CertificationStatus } from '@/domain/certifications/schema'
import { snoozeHolds } from '@/domain/certifications/snooze-queries'
import { requireSettings } from '@/domain/organisations/queries'
import { daysUntil } from '@/lib/calendar'
import type { Call } from '@/lib/call'
import { type Db, rows, sql } from '@/lib/db'
import { type Instant, instantFromDate } from '@/lib/instant'
import { prisma } from '@/lib/prisma'
import { mentorNotFound, statusOf } from './lock'
import type { MentorProfile, MentorStatus, PauseCause } from './schema'
import { readTimeline, type Timeline, type TimelinePage } from './timeline'

const MONTHS = 12

/** One mentor as the coordinators' page shows it. */
export interface MentorDetail {
  profile: MentorProfile
  revision: number
  status: MentorStatus
  last_heard_at: Instant | null
  /** What holds the pause, with what is known of it. */
  pauses: { cause: PauseCause; since: Instant | null; reason: string | null }[]
  /** `reasons` says what is missing; empty for an eligible mentor. */
  eligibility: { eligible: boolean; reasons: ('paused' | 'lapsed' | 'no_valid_certification')[] }
  certifications: {
    certification_id: string
    certification_type: string
    issued_at: Instant
    expires_at: Instant
    status: CertificationStatus
    is_current: boolean
    days_left: number
    auto_pause_applied_at: Instant | null
    version: number
    /** Of its warning, while that is hidden: until which day (`YYYY-MM-DD`), why, and whose it is. */
    snooze: { until: string; reason: string; owner: string } | null
  }[]
  assignments: {
    assignment_id: string
    contact_name: string
    status: 'open' | 'on_hold' | 'closed'
    opened_at: Instant
    closed_at: Instant | null
  }[]
  /** Names are null where the catalogue knows none. */
  courses: { course_id: string; name_nb: string | null; name_en: string | null; enrolled_at: Instant }[]
  /** The last twelve months of the organisation's calendar, oldest first; `month` is `YYYY-MM`. */
  activity: { month: string; activities: number; sessions: number }[]
  timeline: Timeline
}

/** Everything that is known of a mentor, with a page of what happened. Throws `mentor_not_found`, also for an erased one. */
export async function getMentorDetail(
  db: Db,
  call: Call,
  mentorId: string,
  { before }: TimelinePage = {},
): Promise<MentorDetail> {
  const mentor = await findMentor(call, mentorId)
  if (!mentor) throw mentorNotFound(mentorId)
  const [settings, courses, activity, timeline, snoozes] = await Promise.all([
    requireSettings(db, call),
    listCourses(db, call, mentor.key),
    listActivityByMonth(db, call, mentor.key),
    readTimeline(db, call, Number(mentor.key), { before }),
    listSnoozes(db, call, mentor.key),
  ])
  const snoozed = new Map(snoozes.map(({ id, ...snooze }) => [id, snooze]))
  const status = statusOf(mentor)
  return {
    profile: {
      mentor_id: mentor.mentor_id,
      full_name: mentor.full_name,
      email: mentor.email,
      org_id: mentor.org_id,
      incomplete: mentor.incomplete,
    },
    revision: Number(mentor.revision),
    status,
    last_heard_at: instantOrNull(mentor.last_heard_at),
    pauses: pausesOf(mentor),
    eligibility: eligibilityOf(call, status, instantOrNull(mentor.first_expiry), instantOrNull(mentor.last_expiry)),
    certifications: mentor.certification.map((row) => {
      const expiresAt = instantFromDate(row.expires_at)
      return {
        certification_id: row.id,
        certification_type: row.certification_type,
        issued_at: instantFromDate(row.issued_at),
        expires_at: expiresAt,
        status: statusAt({ revoked_at: instantOrNull(row.revoked_at), expires_at: expiresAt }, call.now),
        is_current: row.is_current,
        days_left: daysUntil(expiresAt, call.now, settings.time_zone),
        auto_pause_applied_at: instantOrNull(row.auto_pause_applied_at),
        version: row.version,
        snooze: snoozed.get(row.id) ?? null,
      }
    }),
    assignments: mentor.assignment.map((row) => ({
      assignment_id: row.id,
      contact_name: row.contact_name,
      status: row.status as 'open' | 'on_hold' | 'closed',
      opened_at: instantFromDate(row.opened_at),
      closed_at: instantOrNull(row.closed_at),
    })),
    courses,
    activity,
    timeline,
  }
}

type Found = NonNullable<Awaited<ReturnType<typeof findMentor>>>

function findMentor(call: Call, mentorId: string) {
  return prisma().mentor.findFirst({
    where: { org_id: call.caller.org, mentor_id: mentorId, erased_at: null },
    include: {
      certification: { orderBy: [{ is_current: 'desc' }, { expires_at: 'desc' }, { key: 'desc' }] },
      assignment: { orderBy: [{ opened_at: 'desc' }, { key: 'desc' }] },
      auto_pause_log: { orderBy: [{ applied_at: 'desc' }, { key: 'desc' }], take: 1 },
      // a pause by hand outlives its event, so a deleted one still tells since when
      sync_event: {
        where: { origin: 'app', accepted: true, event_type: 'PauseMentorEvent' },
        orderBy: [{ effective_at: 'desc' }, { key: 'desc' }],
        take: 1,
      },
    },
  })
}

function pausesOf(mentor: Found): MentorDetail['pauses'] {
  const [event] = mentor.sync_event
  const [entry] = mentor.auto_pause_log
  return [
    ...(mentor.paused_by_hand
      ? [
          {
            cause: 'by_hand' as const,
            since: instantOrNull(event?.effective_at ?? mentor.hand_effective_at),
            reason: event && !event.deleted_at ? event.reason : null,
          },
        ]
      : []),
    ...(mentor.paused_by_certification
      ? [
          {
            cause: 'by_certification' as const,
            since: instantOrNull(entry?.applied_at ?? null),
            reason: entry?.reason ?? null,
          },
        ]
      : []),
  ]
}

function eligibilityOf(
  call: Call,
  status: MentorStatus,
  firstExpiry: Instant | null,
  lastExpiry: Instant | null,
): MentorDetail['eligibility'] {
  const reasons = [
    ...(status === 'paused' ? (['paused'] as const) : []),
    ...(hasLapsed(firstExpiry, call.now) ? (['lapsed'] as const) : []),
    ...(lastExpiry === null || lastExpiry <= call.now ? (['no_valid_certification'] as const) : []),
  ]
  return { eligible: reasons.length === 0, reasons }
}

function listSnoozes(
  db: Db,
  call: Call,
  mentorKey: bigint,
): Promise<{ id: string; until: string; reason: string; owner: string }[]> {
  return rows(
    db,
    sql`SELECT c.id, s.until, s.reason, s.owner FROM certification AS c JOIN certification_snooze AS s ON ${snoozeHolds(call)}
        WHERE c.mentor_key = ${mentorKey} AND c.is_current`,
  )
}

function listCourses(db: Db, call: Call, mentorKey: bigint): Promise<MentorDetail['courses']> {
  return rows(
    db,
    sql`SELECT enrolled.course_id, c.name_nb, c.name_en, enrolled.enrolled_at
        FROM (
          SELECT e.payload ->> 'course_id' AS course_id, min(e.fired_at) AS enrolled_at FROM bloc_event e
          WHERE e.mentor_key = ${mentorKey} AND e.event_type = 'EnrolInCourseEvent' AND e.processed AND e.deleted_at IS NULL
          GROUP BY 1
        ) AS enrolled
        LEFT JOIN course c ON c.org_id = ${call.caller.org} AND c.id = enrolled.course_id
        ORDER BY enrolled.enrolled_at, enrolled.course_id`,
  )
}

function listActivityByMonth(db: Db, call: Call, mentorKey: bigint): Promise<MentorDetail['activity']> {
  return rows(
    db,
    sql`SELECT to_char(span.first_day, 'YYYY-MM') AS month, count(led.date) AS activities,
          count(*) FILTER (WHERE t.counts_as_session) AS sessions
        FROM organisation o
        CROSS JOIN LATERAL (SELECT date_trunc('month', ${call.now}::timestamptz AT TIME ZONE o.time_zone)::date AS this_month) AS now
        CROSS JOIN LATERAL generate_series(0, ${MONTHS - 1}) AS n
        CROSS JOIN LATERAL (SELECT (now.this_month - make_interval(months => n))::date AS first_day,
          (now.this_month - make_interval(months => n - 1))::date AS next_month) AS span
        LEFT JOIN LATERAL (
          SELECT a.activity_type_id, a.date FROM activity a WHERE a.mentor_key = ${mentorKey}
          UNION ALL
          SELECT a.activity_type_id, a.date FROM activity_co_leader c
          CROSS JOIN LATERAL (SELECT activity_type_id, date FROM activity WHERE key = c.activity_key OFFSET 0) AS a
          WHERE c.mentor_key = ${mentorKey}
        ) AS led ON led.date >= span.first_day AND led.date < span.next_month
        LEFT JOIN activity_type t ON t.org_id = o.id AND t.id = led.activity_type_id
        WHERE o.id = ${call.caller.org}
        GROUP BY span.first_day ORDER BY span.first_day`,
  )
}

function instantOrNull(date: Date | null | undefined): Instant | null {
  return date ? instantFromDate(date) : null
}
