import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LIST } from './certification-requests'
import { eraseMeanwhile } from './erase-meanwhile'
import { type Api, CONTRACT_NOW, doubledPath, newMentorId, openApi } from './harness'
import { expectProblem } from './sync-requests'
import { RENEWALS, SOON, warningSteps } from './warning-steps'

let api: Api

beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api.close())

const { warn } = warningSteps(() => api)
const LATER = '2029-04-15T10:00:00Z'

const renew = (renewals: object[], headers = {}) => api.post(RENEWALS, { renewals }, headers)
const renewal = (certification_id: string, given: object = {}) => ({
  certification_id,
  version: 1,
  expires_at: LATER,
  ...given,
})
const statusOf = async (mentor: string) => (await api.get(`/api/v1/mentor-status-sync/${mentor}`)).body

/** A mentor whom the expiry job has paused. */
async function pausedByJob() {
  const own = await warn({ expires_at: '2026-03-20T10:00:00Z' })
  expect((await api.post(`${LIST}/expiry-job/run`)).status).toBe(200)
  expect((await statusOf(own.mentor)).status).toBe('paused')
  return own
}

async function logOf(id: string): Promise<{ action: string }[]> {
  const { rows } = await api.db.query(
    'SELECT action, before, after, revision FROM change WHERE id = $1 ORDER BY position',
    [id],
  )
  return rows
}

describe('POST /certifications/renewals', () => {
  test('names the keys of a renewal that are not known, and refuses them when strict', async () => {
    const [a, b] = [await warn(), await warn()]
    const sent = [renewal(a.id), renewal(b.id, { 'expires/At': LATER })]
    const refused = await renew(sent, { prefer: 'handling=strict' })
    expectProblem(refused, 400, 'invalid_request')
    expect(refused.body.errors).toEqual([{ pointer: '/renewals/1/expires~1At', message: expect.any(String) }])
    const taken = await renew(sent)
    expect(taken.headers.get('x-ignored')).toBe('/renewals/1/expires~1At')
    expect(taken.body.results).toMatchObject([{ outcome: 'done' }, { outcome: 'done' }])
    expect((await renew([renewal(a.id)], { prefer: 'handling=strict' })).status).toBe(200)
  })

  test('refuses the rows of a mentor who is erased while it waits, and does the rest', async () => {
    const [gone, still] = [await warn(), await warn()]
    const answer = await eraseMeanwhile(api, gone.mentor, () => renew([renewal(gone.id), renewal(still.id)]))
    expect(answer.status, answer.text).toBe(200)
    expect(answer.body.results).toMatchObject([
      { certification_id: gone.id, outcome: 'refused', code: 'certification_not_found' },
      { certification_id: still.id, outcome: 'done', expires_at: LATER },
    ])
  })

  test.each([
    ['short', (path: string) => path],
    ['doubled', doubledPath],
  ])('renews each as a PUT would, in the order sent, on the %s path', async (_name, form) => {
    const [a, b] = [await warn(), await warn()]
    const sent = [
      renewal(b.id),
      renewal(a.id, { expires_at: '2028-01-01T00:00:00Z', issued_at: '2026-03-26T09:00:00Z' }),
    ]
    const answer = await api.post(form(RENEWALS), { renewals: sent })
    expect([answer.status, answer.body]).toEqual([
      200,
      {
        results: [
          { certification_id: b.id, outcome: 'done', expires_at: LATER, version: 2 },
          { certification_id: a.id, outcome: 'done', expires_at: '2028-01-01T00:00:00Z', version: 2 },
        ],
      },
    ])
    const stored = (await api.get(`${LIST}/${a.id}`)).body
    expect(stored).toMatchObject({
      issued_at: '2026-03-26T09:00:00Z',
      expires_at: '2028-01-01T00:00:00Z',
      status: 'valid',
    })
    expect((await logOf(a.id)).map(({ action }) => action)).toEqual(['recorded', 'renewed'])
  })

  test('says for each row why it was refused, and stores the others', async () => {
    const [fine, moved, past, before, revoked] = [await warn(), await warn(), await warn(), await warn(), await warn()]
    expect((await api.put(`${LIST}/${moved.id}`, { expires_at: '2026-04-20T10:00:00Z' })).status).toBe(200)
    expect((await api.put(`${LIST}/${revoked.id}`, { status: 'revoked' })).status).toBe(200)
    const { body } = await renew([
      renewal('cert_00000000'),
      renewal('no such thing'),
      renewal(moved.id),
      renewal(past.id, { expires_at: '2026-03-26T10:00:00Z' }),
      renewal(before.id, { issued_at: LATER }),
      renewal(revoked.id),
      renewal(fine.id),
    ])
    expect(body.results.map((one: { outcome: string; code?: string }) => one.code ?? one.outcome)).toEqual([
      'certification_not_found',
      'certification_not_found',
      'precondition_failed',
      'invalid_request',
      'invalid_request',
      'precondition_failed',
      'done',
    ])
    expect(body.results[3].detail).toContain('future')
    for (const untouched of [past, before]) {
      expect((await api.get(`${LIST}/${untouched.id}`)).body.expires_at).toBe(SOON)
      expect(await logOf(untouched.id)).toHaveLength(1)
    }
    expect((await api.get(`${LIST}/${moved.id}`)).body.expires_at).toBe('2026-04-20T10:00:00Z')
    // the same ones with what was wrong put right
    const { body: again } = await renew([
      renewal(moved.id, { version: 2 }),
      renewal(past.id, { expires_at: '2026-03-26T10:00:01Z' }),
      renewal(revoked.id, { version: 2 }),
    ])
    expect(again.results.map((one: { outcome: string }) => one.outcome)).toEqual(['done', 'done', 'done'])
  })

  test('sent again without a key, what is done is unchanged', async () => {
    const { id } = await warn()
    expect((await renew([renewal(id)])).body.results[0].outcome).toBe('done')
    expect((await renew([renewal(id)])).body.results).toEqual([
      { certification_id: id, outcome: 'unchanged', expires_at: LATER, version: 2 },
    ])
    expect(await logOf(id)).toHaveLength(2)
  })

  test('under one key it happens once, byte for byte; another request under it is refused', async () => {
    const { id } = await warn()
    const key = { 'idempotency-key': `renew-${id}` }
    const first = await renew([renewal(id)], key)
    expect((await api.put(`${LIST}/${id}`, { expires_at: SOON })).status).toBe(200)
    const again = await renew([renewal(id)], key)
    expect([again.text, again.headers.get('idempotent-replayed')]).toEqual([first.text, 'true'])
    expect((await api.get(`${LIST}/${id}`)).body.expires_at).toBe(SOON)
    expectProblem(await renew([renewal(id, { version: 3 })], key), 422, 'idempotency_key_reused')
  })

  test('lifts the pause that the job had set, and tells the app', async () => {
    const { id, mentor } = await pausedByJob()
    const { version } = (await api.db.query('SELECT version FROM certification WHERE id = $1', [id])).rows[0]
    const { body } = await renew([renewal(id, { version })])
    const stored = await api.get(`${LIST}/${id}`)
    expect(body.results[0].outcome).toBe('done')
    // the version that is told is the one that the next change names
    expect(stored.headers.get('etag')).toContain(`"${body.results[0].version}.`)
    expect(stored.body).toMatchObject({ auto_pause_applied: false, status: 'valid' })
    const { status, pending_events } = await statusOf(mentor)
    expect(status).toBe('active')
    expect(pending_events.map((one: { event_type: string }) => one.event_type)).toContain('ResumeMentorEvent')
  })

  test('two of one mentor make the mentor active once, in one revision', async () => {
    const mentor = newMentorId()
    const basic = await warn({ mentor_id: mentor, expires_at: '2026-03-20T10:00:00Z' })
    const advanced = await api.post(LIST, {
      mentor_id: mentor,
      certification_type: 'peer_mentor_advanced',
      issued_at: '2023-03-01T00:00:00Z',
      expires_at: '2026-03-21T00:00:00Z',
    })
    expect((await api.post(`${LIST}/expiry-job/run`)).status).toBe(200)
    const { revision } = (await api.db.query('SELECT revision::int FROM mentor WHERE mentor_id = $1', [mentor])).rows[0]
    const { body } = await renew([
      renewal(advanced.body.certification_id, { version: 2 }),
      renewal(basic.id, { version: 2 }),
    ])
    expect(body.results.map((one: { outcome: string }) => one.outcome)).toEqual(['done', 'done'])
    expect((await statusOf(mentor)).status).toBe('active')
    const { rows } = await api.db.query(
      `SELECT count(*) FILTER (WHERE e.event_type = 'ResumeMentorEvent')::int AS resumes, max(m.revision)::int AS revision
       FROM mentor m JOIN sync_event e ON e.mentor_key = m.key WHERE m.mentor_id = $1`,
      [mentor],
    )
    expect(rows[0]).toEqual({ resumes: 1, revision: revision + 1 })
  })

  test('a renewal can be taken back with its old dates, as long as nothing followed', async () => {
    const [a, b] = [await warn(), await warn()]
    const { body } = await renew([renewal(a.id), renewal(b.id)])
    expect((await api.put(`${LIST}/${b.id}`, { expires_at: '2030-01-01T00:00:00Z' })).status).toBe(200)
    const back = (id: string) =>
      api.put(
        `${LIST}/${id}`,
        { issued_at: '2023-04-15T10:00:00Z', expires_at: SOON },
        { 'if-match': `"${body.results[0].version}"` },
      )
    expect((await back(a.id)).body).toMatchObject({ expires_at: SOON, status: 'valid' })
    expectProblem(await back(b.id), 412, 'precondition_failed')
    expect((await logOf(a.id)).map(({ action }) => action)).toEqual(['recorded', 'renewed', 'updated'])
  })

  test.each([
    [{}, '/renewals'],
    [{ renewals: [] }, '/renewals'],
    [{ renewals: [{ certification_id: 'cert_00000000', expires_at: LATER }] }, '/renewals/0/version'],
    [{ renewals: [{ certification_id: 'cert_00000000', version: 0, expires_at: LATER }] }, '/renewals/0/version'],
    [{ renewals: [{ certification_id: 'cert_00000000', version: 1 }] }, '/renewals/0/expires_at'],
    [{ renewals: [renewal('cert_00000000'), renewal('cert_00000000')] }, '/renewals'],
    [{ renewals: Array.from({ length: 501 }, (_, n) => renewal(`cert_${n}`)) }, '/renewals'],
  ])('refuses a body such as %j', async (body, pointer) => {
    const answer = await api.post(RENEWALS, body)
    expectProblem(answer, 400, 'invalid_request')
    expect(answer.body.errors[0].pointer).toBe(pointer)
  })

  test('two batches over the same mentors, in opposite order, wait for each other', async () => {
    const all = [await warn(), await warn(), await warn(), await warn()]
    const batch = all.map(({ id }) => renewal(id))
    const [one, other] = await Promise.all([
      renew(batch),
      renew([...batch].reverse().map((sent) => ({ ...sent, expires_at: '2030-01-01T00:00:00Z' }))),
    ])
    const outcomes = [one, other].map(
      ({ body }) => new Set(body.results.map((row: { outcome: string }) => row.outcome)),
    )
    expect(outcomes).toEqual(expect.arrayContaining([new Set(['done']), new Set(['refused'])]))
  })

  test('takes 500 at once, some of them refused', async () => {
    const made = await api.db.query(
      `WITH made AS (
         INSERT INTO mentor (org_id, mentor_id, full_name, search_text, status_updated_at, first_expiry, last_expiry, created_at, updated_at)
         SELECT 'org_x9y8z7', 'bulk-' || n, 'Bulk ' || n, '', $1::timestamptz, $2::timestamptz, $2::timestamptz, $1::timestamptz, $1::timestamptz
         FROM generate_series(1, 500) AS n RETURNING key)
       INSERT INTO certification (org_id, mentor_key, certification_type, issued_at, expires_at, is_current, created_at, updated_at)
       SELECT 'org_x9y8z7', key, 'peer_mentor_basic', '2023-04-15T10:00:00Z', $2, true, $1, $1 FROM made RETURNING id`,
      [CONTRACT_NOW, SOON],
    )
    const ids: string[] = made.rows.map(({ id }) => id)
    const started = performance.now()
    const answer = await renew(ids.map((id, n) => renewal(id, n % 10 === 0 ? { version: 7 } : {})))
    console.log(`500 renewals: ${Math.round(performance.now() - started)} ms`)
    expect(answer.status, answer.text).toBe(200)
    expect(answer.body.results.map((one: { certification_id: string }) => one.certification_id)).toEqual(ids)
    const outcomes = answer.body.results.map((one: { outcome: string }) => one.outcome)
    expect(outcomes.filter((outcome: string) => outcome === 'refused')).toHaveLength(50)
    expect(outcomes.filter((outcome: string) => outcome === 'done')).toHaveLength(450)
  })
})
