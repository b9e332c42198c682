import type pg from 'pg'
import { findCandidates } from '@/domain/duplicate-events/candidates'
import { findEvent } from '@/domain/duplicate-events/event-row'
import { THRESHOLD } from '@/domain/duplicate-events/weights'
import type { Call } from '@/lib/call'
import { pool, sql } from '@/lib/db'
import { planYear, type Report, YEAR_MENTORS } from './duplicate-year-plan'

const ORG = 'year'
const CALL: Call = {
  caller: { org: ORG, actor: 'bench' },
  now: '2026-01-05T10:00:00.000000Z' as Call['now'],
  requestId: 'bench',
  ifMatch: null,
  afterCommit: () => {},
}

/**
 * Checks a year of a mid-sized organisation report by report, in the order of arrival, with a coordinator who decides
 * each at once and rightly. A false alarm is a check that holds a report against another session only.
 */
export async function simulateYear(db: pg.Client): Promise<void> {
  await db.query(`INSERT INTO organisation (id, name) VALUES ($1, 'Year')`, [ORG])
  await db.query(
    `INSERT INTO mentor (org_id, mentor_id, full_name, search_text, status_updated_at, created_at, updated_at)
     SELECT $1, 'm-' || n, 'Mentor ' || n, '', $3, $3, $3 FROM generate_series(0, $2::integer) AS n ORDER BY n`,
    [ORG, YEAR_MENTORS, CALL.now],
  )
  const sessionOf = new Map<number, number>()
  const count = { checks: 0, byScore: 0, bySlot: 0, entered: 0, missed: 0, missedByScore: 0 }
  for (const [turn, report] of planYear().entries()) {
    // as autovacuum would, so that plans are made for the table as it is
    if (turn % 2000 === 1) await db.query('ANALYZE activity')
    const key = await insertDraft(db, report)
    const event = await findEvent(pool(), CALL, sql`e.key = ${key}`)
    if (!event) throw new Error('a draft is gone')
    const found = await findCandidates(pool(), CALL, event)
    const right = found.filter(({ activity_key }) => sessionOf.get(activity_key ?? 0) === report.session)
    const sure = (all: typeof found) => all.some(({ probability }) => probability >= THRESHOLD)
    count.checks++
    if (found.length > 0 && right.length === 0) {
      if (sure(found)) count.byScore++
      else count.bySlot++
    }
    if (report.again) {
      count.entered++
      if (right.length === 0) count.missed++
      if (!sure(right)) count.missedByScore++
    } else {
      sessionOf.set(await keepDraft(db, key), report.session)
    }
    await db.query(`UPDATE duplicate_event SET cancelled_at = $2 WHERE key = $1`, [key, CALL.now])
  }
  const perThousand = (amount: number) => ((amount / count.checks) * 1000).toFixed(1)
  console.log(
    `false alarms over a year of ${YEAR_MENTORS} mentors and ${count.checks.toLocaleString('en')} checks, per 1,000: ` +
      `${perThousand(count.byScore)} by the score, ${perThousand(count.bySlot)} more by the rule that same mentor, type and day is always shown` +
      `  [${count.entered} sessions were entered again: ${count.missed} not found, ${count.missedByScore} below the threshold]`,
  )
}

async function insertDraft(db: pg.Client, report: Report): Promise<number> {
  const { rows } = await db.query(
    `INSERT INTO duplicate_event (org_id, event_type, mentor_key, activity_type_id, date, draft, state, check_number, dispatched_at)
     SELECT $1, 'check', key, $3, $4, $5, 'checking', nextval('duplicate_check_number'), $6
     FROM mentor WHERE org_id = $1 AND mentor_id = $2 RETURNING key`,
    [ORG, `m-${report.mentor}`, report.type, report.date, JSON.stringify(report.draft), CALL.now],
  )
  return Number(rows[0].key)
}

async function keepDraft(db: pg.Client, eventKey: number): Promise<number> {
  const { rows } = await db.query(
    `INSERT INTO activity (org_id, mentor_key, activity_type_id, date, title, location, duration_minutes, starts_at,
       participant_count, created_at, updated_at)
     SELECT org_id, mentor_key, activity_type_id, date, draft ->> 'title', draft ->> 'location',
       (draft ->> 'duration_minutes')::float, draft ->> 'starts_at', (draft ->> 'participant_count')::int, $2, $2
     FROM duplicate_event WHERE key = $1 RETURNING key`,
    [eventKey, CALL.now],
  )
  return Number(rows[0].key)
}
