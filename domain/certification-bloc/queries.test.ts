import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Api, CONTRACT_NOW, newMentorId, ORG, openApi } from '@/e2e/api/harness'
import type { Call } from '@/lib/call'
import { type Db, pool } from '@/lib/db'
import type { Instant } from '@/lib/instant'
import { getBlocSnapshot } from './queries'

let api: Api
beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api?.close())

const call: Call = {
  caller: { org: ORG, actor: 'open' },
  now: '2026-03-26T10:00:00.000000Z' as Instant,
  requestId: 'test',
  ifMatch: null,
  afterCommit: () => {},
}

/** The pool, with a count of the rows that came back from it. */
function countingPool(): { db: Db; read: () => number } {
  let read = 0
  const db = {
    async query(statement: { text: string; values?: unknown[] }) {
      const result = await pool().query(statement)
      read += result.rows.length
      return result
    },
  } as Db
  return { db, read: () => read }
}

it('reads one row of a mentor, however often somebody enrolled', async () => {
  const mentor = newMentorId()
  await api.put(`/api/v1/mentors/${mentor}`, { full_name: 'Kari' })
  // c first, then b, a and again c; the very first enrolment was never processed
  await api.db.query(
    `INSERT INTO bloc_event (org_id, mentor_key, event_type, payload, processed, error, fired_at, updated_at)
     SELECT org_id, key, 'EnrolInCourseEvent', jsonb_build_object('course_id', (ARRAY['a', 'c', 'b'])[1 + n % 3]), n > 0,
       CASE WHEN n = 0 THEN 'not now' END, t, t
     FROM mentor, generate_series(0, 299) AS n, LATERAL (SELECT $2::timestamptz - interval '1 day' + n * interval '1 minute') AS at (t)
     WHERE mentor_id = $1`,
    [mentor, CONTRACT_NOW],
  )
  const { db, read } = countingPool()
  const { body } = await getBlocSnapshot(db, call, mentor, 2)
  expect(body.enrolled_course_ids).toEqual(['c', 'b', 'a'])
  expect(body.event_history).toEqual([
    { event: 'EnrolInCourseEvent', fired_at: '2026-03-25T14:58:00Z' },
    { event: 'EnrolInCourseEvent', fired_at: '2026-03-25T14:59:00Z' },
  ])
  expect(read()).toBe(1)
})
