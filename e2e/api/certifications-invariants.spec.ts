import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Api, newMentorId, openApi } from './harness'

const LIST = '/api/v1/certifications'
let api: Api

beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api.close())

const DATES = ['2026-01-01T00:00:00Z', '2026-03-26T10:00:00Z', '2026-09-01T00:00:00Z', '2027-06-15T00:00:00Z']

const type = fc.constantFrom('basic', 'advanced')
const date = fc.constantFrom(...DATES)
const which = fc.nat(20)
const step = fc.oneof(
  fc.record({ kind: fc.constant('post' as const), mentor: fc.nat(2), type, date }),
  fc.record({ kind: fc.constant('renew' as const), which, date }),
  fc.record({ kind: fc.constant('retype' as const), which, type }),
  fc.record({ kind: fc.constant('status' as const), which, status: fc.constantFrom('valid', 'expired', 'revoked') }),
  fc.record({ kind: fc.constant('delete' as const), which }),
  fc.record({ kind: fc.constant('run' as const) }),
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

/** Rows that break a promise; all at 2026-03-26T10:00:00Z. */
const BROKEN = `
  WITH latest AS (
    SELECT DISTINCT ON (mentor_key, certification_type) key FROM certification WHERE revoked_at IS NULL
    ORDER BY mentor_key, certification_type, expires_at DESC, key DESC
  ), expiry AS (
    SELECT m.key, m.mentor_id, min(c.expires_at) AS first, max(c.expires_at) AS last
    FROM mentor AS m LEFT JOIN certification AS c ON c.mentor_key = m.key AND c.is_current GROUP BY m.key
  )
  SELECT 'current is not the latest' AS what, id FROM certification WHERE is_current <> (key IN (SELECT key FROM latest))
  UNION ALL
  SELECT 'handled, but not current and expired', id FROM certification
  WHERE auto_pause_applied_at IS NOT NULL AND NOT (is_current AND expires_at <= '2026-03-26T10:00:00Z')
  UNION ALL
  SELECT 'handled, but the mentor is not paused', c.id FROM certification AS c JOIN mentor AS m ON m.key = c.mentor_key
  WHERE c.auto_pause_applied_at IS NOT NULL AND NOT m.paused_by_certification
  UNION ALL
  SELECT 'first or last expiry', m.mentor_id FROM mentor AS m JOIN expiry USING (key)
  WHERE (m.first_expiry, m.last_expiry) IS DISTINCT FROM (expiry.first, expiry.last)
  UNION ALL
  SELECT 'the last event for the app is not the status', m.mentor_id FROM mentor AS m
  WHERE m.paused_by_certification IS DISTINCT FROM coalesce(
    (SELECT resulting_status = 'paused' FROM sync_event AS e WHERE e.mentor_key = m.key ORDER BY e.key DESC LIMIT 1), false)
  UNION ALL
  SELECT 'revisions of the change log', m.mentor_id FROM mentor AS m
  WHERE m.revision <> (SELECT max(revision) FROM change WHERE change.mentor_key = m.key)`

async function take(one: Step, mentors: string[], ids: string[]): Promise<number> {
  if (one.kind === 'run') return (await api.post(`${LIST}/expiry-job/run`)).status
  if (one.kind === 'post') {
    const body = {
      mentor_id: mentors[one.mentor],
      certification_type: one.type,
      issued_at: '2024-01-01T00:00:00Z',
      expires_at: one.date,
    }
    const answer = await api.post(LIST, body)
    if (answer.status === 201) ids.push(answer.body.certification_id)
    return answer.status
  }
  const path = `${LIST}/${ids[one.which % Math.max(ids.length, 1)] ?? 'cert_00000000'}`
  if (one.kind === 'delete') return (await api.delete(path)).status
  if (one.kind === 'renew') return (await api.put(path, { expires_at: one.date })).status
  if (one.kind === 'retype') return (await api.put(path, { certification_type: one.type })).status
  return (await api.put(path, { status: one.status })).status
}

test.each([
  ['one after the other', 1],
  ['five at a time', 5],
])(
  'whatever is done, %s, the records agree with each other',
  async (_name, together) => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
        const mentors = [newMentorId(), newMentorId(), newMentorId()]
        const ids: string[] = []
        for (let start = 0; start < steps.length; start += together) {
          const group = steps.slice(start, start + together)
          const statuses = await Promise.all(group.map((one) => take(one, mentors, ids)))
          // 400: `valid` without a later date, 404: deleted meanwhile, 409: `expired` for a revoked one
          for (const status of statuses) expect([200, 201, 400, 404, 409]).toContain(status)
        }
        expect((await api.db.query(BROKEN)).rows).toEqual([])
      }),
      { numRuns: 40 },
    )
  },
  120_000,
)
