import { afterAll, beforeAll, expect, test } from 'vitest'
import { countExpiryWindows, listExpiryWarnings } from '@/domain/certifications/warning-queries'
import type { WarningWindow } from '@/domain/certifications/warning-schema'
import { getJobRun, listJobRuns } from '@/domain/expiry-job/queries'
import { type Api, CONTRACT_NOW, ORG, openApi } from '@/e2e/api/harness'
import type { Call } from '@/lib/call'
import { pool } from '@/lib/db'
import { parseInstant } from '@/lib/instant'

let api: Api

const now = parseInstant(CONTRACT_NOW)
if (!now) throw new Error('the time of the contracts is a time')
const call: Call = {
  caller: { org: ORG, actor: 'open' },
  now,
  requestId: 'windows',
  ifMatch: null,
  afterCommit: () => {},
}

beforeAll(async () => {
  api = await openApi()
  const expiries: [string, string][] = [
    ['lapsed', '2026-03-26T10:00:00Z'],
    ['today', '2026-03-26T10:00:01Z'],
    // midnight in Oslo is 23:00 UTC until 28 March, 22:00 UTC from 29 March on
    ['day-7', '2026-04-02T21:59:59Z'],
    ['day-8', '2026-04-02T22:00:00Z'],
    ['day-30', '2026-04-25T21:59:59Z'],
    ['day-31', '2026-04-25T22:00:00Z'],
    ['day-60', '2026-05-25T21:59:59Z'],
    ['day-90', '2026-06-24T21:59:59Z'],
    ['day-91', '2026-06-24T22:00:00Z'],
  ]
  for (const [mentor_id, expires_at] of expiries) await record({ mentor_id, expires_at })
  await record({ mentor_id: 'renewed', expires_at: '2026-03-01T00:00:00Z' })
  await record({ mentor_id: 'renewed', expires_at: '2030-03-01T00:00:00Z' })
  await api.db.query(
    `INSERT INTO assignment (org_id, id, mentor_key, contact_name, status, opened_at, closed_at)
     SELECT $1, 'as-' || status, key, 'Somebody', status, now(), CASE WHEN status = 'closed' THEN now() END
     FROM mentor, unnest(ARRAY['open', 'on_hold', 'closed']) AS status WHERE mentor_id = 'day-7'`,
    [ORG],
  )
})
afterAll(() => api.close())

async function record(given: object): Promise<void> {
  const certification = { certification_type: 'basic', issued_at: '2023-03-01T00:00:00Z', ...given }
  expect((await api.post('/api/v1/certifications', certification)).status).toBe(201)
}

test.each<[Exclude<WarningWindow, 'snoozed'>, string[]]>([
  ['expired', ['lapsed']],
  ['7', ['today', 'day-7']],
  ['30', ['today', 'day-7', 'day-8', 'day-30']],
  ['60', ['today', 'day-7', 'day-8', 'day-30', 'day-31', 'day-60']],
  ['90', ['today', 'day-7', 'day-8', 'day-30', 'day-31', 'day-60', 'day-90']],
])('the window %s holds the current certifications of its calendar days', async (window, mentors) => {
  const { data, pagination } = await listExpiryWarnings(pool(), call, { window, page: 1, limit: 20 })
  expect(data.map((warning) => warning.mentor_id)).toEqual(mentors)
  expect(pagination.total).toBe(mentors.length)
  expect((await countExpiryWindows(pool(), call))[window]).toBe(mentors.length)
})

test('a warning says what the expiry means', async () => {
  const { data } = await listExpiryWarnings(pool(), call, { window: '7', page: 2, limit: 1 })
  expect(data).toEqual([
    {
      certification_id: expect.stringMatching(/^cert_/),
      mentor_id: 'day-7',
      issued_at: '2023-03-01T00:00:00Z',
      full_name: 'day-7',
      certification_type: 'basic',
      expires_at: '2026-04-02T21:59:59Z',
      days_left: 7,
      version: 1,
      auto_pause_applied: false,
      state: 'expiring',
      paused: false,
      paused_from: '2026-04-03T01:00:00Z',
      open_assignments: 2,
      snooze: null,
    },
  ])
})

test('runs are listed the newest first, and found by their id', async () => {
  const dry = await api.post('/api/v1/certifications/expiry-job/run', { dry_run: true })
  const wet = await api.post('/api/v1/certifications/expiry-job/run')
  const { data, pagination } = await listJobRuns(pool(), call, { page: 1, limit: 20 })
  expect(pagination.total).toBe(2)
  expect(data.map((run) => run.job_run_id)).toEqual([wet.body.job_run_id, dry.body.job_run_id])
  expect(await getJobRun(pool(), call, wet.body.job_run_id)).toMatchObject({
    ...wet.body,
    trigger: 'manual',
    dry_run: false,
    actor: 'open',
    state: 'completed',
  })
  expect(await getJobRun(pool(), call, 'job_01JAN2020_01')).toBeNull()
  const { data: paused } = await listExpiryWarnings(pool(), call, { window: 'expired', page: 1, limit: 20 })
  expect(paused).toMatchObject([{ mentor_id: 'lapsed', paused: true, days_left: 0 }])
})
