import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { getMentorDetail } from '@/domain/mentors/detail'
import { listMentors } from '@/domain/mentors/queries'
import { type MentorListQuery, mentorListQuery } from '@/domain/mentors/schema'
import { type Api, CONTRACT_NOW, ORG, openApi } from '@/e2e/api/harness'
import type { Call } from '@/lib/call'
import { pool } from '@/lib/db'
import type { Instant } from '@/lib/instant'

// The screens read the domain directly; the API under test is only what made the facts.
let api: Api
const call: Call = {
  caller: { org: ORG, actor: 'open' },
  now: '2026-03-26T10:00:00.000000Z' as Instant,
  requestId: 'test',
  ifMatch: null,
  afterCommit: () => {},
}
const list = (query: Record<string, string> = {}) =>
  listMentors(pool(), call, mentorListQuery.parse(query) as MentorListQuery)
const idsOf = async (query: Record<string, string>) => (await list(query)).data.map((row) => row.mentor_id)

async function certify(mentor: string, type: string, expires: string) {
  const answer = await api.post('/api/v1/certifications', {
    mentor_id: mentor,
    certification_type: type,
    issued_at: '2024-01-01T00:00:00Z',
    expires_at: expires,
  })
  expect(answer.status).toBe(201)
}

beforeAll(async () => {
  api = await openApi()
  await api.put('/api/v1/mentors/m-valid', { full_name: 'Anne Valid', email: 'anne@example.no' })
  await certify('m-valid', 'basic', '2027-03-26T10:00:00Z')
  await api.put('/api/v1/mentors/m-soon', { full_name: 'Bjørn Soon' })
  await certify('m-soon', 'basic', '2026-04-25T10:00:00Z')
  await api.put('/api/v1/mentors/m-lapsed', { full_name: 'Cecilie Lapsed' })
  await certify('m-lapsed', 'basic', '2026-03-01T10:00:00Z')
  await api.post('/api/v1/certifications/expiry-job/run', {})
  await api.put('/api/v1/mentors/m-none', { full_name: 'Dag None' })
  await api.post('/api/v1/mentor-status-sync/events', {
    event_type: 'PauseMentorEvent',
    mentor_id: 'm-none',
    reason: 'Taking a short break',
    client_timestamp: '2026-03-26T09:00:00Z',
  })
  await api.db.query(
    `INSERT INTO activity_type (org_id, id, name_nb, name_en, counts_as_session) VALUES ($1, 'talk', 't', 't', true)`,
    [ORG],
  )
  await api.db.query(
    `INSERT INTO activity (org_id, mentor_key, activity_type_id, date, created_at, updated_at)
     SELECT $1, key, t, d::date, $2, $2 FROM mentor,
       (VALUES ('talk', '2026-03-20'), ('talk', '2026-02-01'), ('other', '2026-02-02'), ('talk', '2025-04-01'), ('talk', '2025-03-31')) AS v(t, d)
     WHERE mentor_id = 'm-valid'`,
    [ORG, CONTRACT_NOW],
  )
  await api.db.query(
    `INSERT INTO assignment (org_id, id, mentor_key, contact_name, status, opened_at, closed_at)
     SELECT $1, s, key, 'Per', s, $2::timestamptz, CASE WHEN s = 'closed' THEN $2::timestamptz END FROM mentor, (VALUES ('open'), ('closed')) AS v(s)
     WHERE mentor_id = 'm-valid'`,
    [ORG, CONTRACT_NOW],
  )
  await api.post('/api/v1/certification-bloc/events', {
    mentor_id: 'm-valid',
    event_type: 'EnrolInCourseEvent',
    payload: { course_id: 'course-1' },
  })
})
afterAll(() => api?.close())

describe('the list of mentors', () => {
  test('a row holds what a coordinator asks first', async () => {
    const { data, pagination } = await list()
    expect(pagination).toEqual({ page: 1, limit: 20, total: 4 })
    expect(data[0]).toEqual({
      mentor_id: 'm-valid',
      full_name: 'Anne Valid',
      email: 'anne@example.no',
      incomplete: false,
      status: 'active',
      causes: [],
      certification: {
        certification_type: 'basic',
        expires_at: '2027-03-26T10:00:00Z',
        days_left: 365,
        state: 'valid',
      },
      open_assignments: 1,
      sessions_30_days: 1,
      last_heard_at: data[0]?.last_heard_at,
    })
    expect(data.map((row) => [row.mentor_id, row.status, row.causes, row.certification?.state])).toEqual([
      ['m-valid', 'active', [], 'valid'],
      ['m-soon', 'active', [], 'expiring'],
      ['m-lapsed', 'paused', ['by_certification'], 'expired'],
      ['m-none', 'paused', ['by_hand'], undefined],
    ])
  })

  test.each([
    [{ certification: 'valid' }, ['m-valid']],
    [{ certification: 'expiring' }, ['m-soon']],
    [{ certification: 'expired' }, ['m-lapsed']],
    [{ certification: 'none' }, ['m-none']],
    [{ status: 'paused' }, ['m-lapsed', 'm-none']],
    [{ status: 'active', q: 'ANNE' }, ['m-valid']],
    [{ expiring_within_days: '30' }, ['m-soon']],
    [{ expiring_within_days: '29' }, []],
    [{ sort: 'expires_at' }, ['m-lapsed', 'm-soon', 'm-valid', 'm-none']],
    [{ sort: '-mentor_id', limit: '2', page: '2' }, ['m-none', 'm-lapsed']],
  ])('%o', async (query, expected) => {
    expect(await idsOf(query as unknown as Record<string, string>)).toEqual(expected)
  })
})

describe("a mentor's page", () => {
  test('brings certifications, assignments, courses, months and the timeline', async () => {
    const detail = await getMentorDetail(pool(), call, 'm-valid')
    expect(detail.profile).toMatchObject({ mentor_id: 'm-valid', full_name: 'Anne Valid', org_id: ORG })
    expect(detail.eligibility).toEqual({ eligible: true, reasons: [] })
    expect(detail.pauses).toEqual([])
    expect(detail.certifications).toMatchObject([
      { certification_type: 'basic', status: 'valid', is_current: true, days_left: 365 },
    ])
    expect(detail.assignments.map((assignment) => assignment.status).toSorted()).toEqual(['closed', 'open'])
    expect(detail.courses).toMatchObject([{ course_id: 'course-1', name_nb: null }])
    expect(detail.activity).toHaveLength(12)
    expect(detail.activity[0]).toEqual({ month: '2025-04', activities: 1, sessions: 1 })
    expect(detail.activity[10]).toEqual({ month: '2026-02', activities: 2, sessions: 1 })
    expect(detail.activity[11]).toEqual({ month: '2026-03', activities: 1, sessions: 1 })
    expect(detail.timeline.entries.at(-1)).toMatchObject({ type: 'mentor', action: 'registered', actor: 'open' })
    expect(detail.timeline.entries.map((entry) => entry.type)).toEqual(
      expect.arrayContaining(['certification', 'bloc_event']),
    )
  })

  test('says why a mentor is paused and since when', async () => {
    expect(await getMentorDetail(pool(), call, 'm-none')).toMatchObject({
      status: 'paused',
      pauses: [{ cause: 'by_hand', since: '2026-03-26T09:00:00.000000Z', reason: 'Taking a short break' }],
      eligibility: { eligible: false, reasons: ['paused', 'no_valid_certification'] },
    })
    expect(await getMentorDetail(pool(), call, 'm-lapsed')).toMatchObject({
      status: 'paused',
      pauses: [
        {
          cause: 'by_certification',
          since: '2026-03-26T10:00:00.000000Z',
          reason: 'Certification basic expired on 2026-03-01',
        },
      ],
      eligibility: { eligible: false, reasons: ['paused', 'lapsed', 'no_valid_certification'] },
    })
  })

  test('an unknown mentor is not found', async () => {
    await expect(getMentorDetail(pool(), call, 'nobody')).rejects.toMatchObject({ code: 'mentor_not_found' })
  })
})
