import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LIST } from './certification-requests'
import { type Api, CONTRACT_NOW, doubledPath, openApi } from './harness'
import { expectProblem } from './sync-requests'
import { REASON, SOON, snoozeOf, warningSteps } from './warning-steps'

let api: Api

beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api.close())

const { warn, snooze, view, isShown, changesOf } = warningSteps(() => api)

/** Does something at another time, and comes back. */
async function at<T>(time: string, work: () => Promise<T>): Promise<T> {
  await api.setNow(time)
  try {
    return await work()
  } finally {
    await api.setNow(CONTRACT_NOW)
  }
}

describe('a snooze', () => {
  test.each([
    ['short', (path: string) => path],
    ['doubled', doubledPath],
  ])('is set, shown and ended on the %s path', async (_name, form) => {
    const { id, mentor } = await warn()
    expectProblem(await api.get(form(snoozeOf(id))), 404, 'snooze_not_found')
    const record = {
      certification_id: id,
      mentor_id: mentor,
      until: '2026-04-09',
      ...REASON,
      expires_at: SOON,
      created_at: CONTRACT_NOW,
      created_by: 'open',
    }
    const set = await api.put(form(snoozeOf(id)), { until: '2026-04-09', ...REASON })
    expect([set.status, set.text]).toEqual([200, JSON.stringify(record)])
    const got = await api.get(form(snoozeOf(id)))
    expect([got.status, got.body]).toEqual([200, record])
    expect(got.headers.get('etag')).toBe(set.headers.get('etag'))
    const ended = await api.delete(form(snoozeOf(id)))
    expect([ended.status, ended.body]).toEqual([200, { certification_id: id, ended: true, ended_at: CONTRACT_NOW }])
    expectProblem(await api.delete(form(snoozeOf(id))), 404, 'snooze_not_found')
  })

  test.each([
    [{ until: '2026-03-26' }, '/until'],
    [{ until: '2027-03-27' }, '/until'],
    [{ until: '2026-02-30' }, '/until'],
    [{ until: null }, '/until'],
    [{ reason: '  ' }, '/reason'],
    [{ reason: 'x'.repeat(501) }, '/reason'],
    [{ owner: '' }, '/owner'],
    [{ owner: 'x'.repeat(201) }, '/owner'],
  ])('is refused with %j', async (given, pointer) => {
    const { id } = await warn()
    const answer = await snooze(id, given)
    expectProblem(answer, 400, 'invalid_request')
    expect(answer.body.errors[0].pointer).toBe(pointer)
    expect(await isShown(id, '30')).toBe(true)
  })

  test.each([{ until: '2026-03-27' }, { until: '2027-03-26' }, { reason: 'x'.repeat(500), owner: 'ø'.repeat(200) }])(
    'is taken with %j',
    async (given) => {
      const { id } = await warn()
      const answer = await snooze(id, given)
      expect(answer.status, answer.text).toBe(200)
      expect(answer.body).toMatchObject(given)
    },
  )

  test('hides its warning from every window and every count but its own', async () => {
    const [{ id }, other] = [await warn(), await warn()]
    const before = await view('30')
    const rail = (await api.get('/api/v1/views/counts')).body.certifications
    expect((await snooze(id)).status).toBe(200)
    const after = await view('30')
    expect(after.pagination.total).toBe(before.pagination.total - 1)
    expect(after.counts).toEqual({
      ...before.counts,
      '30': before.counts['30'] - 1,
      '60': before.counts['60'] - 1,
      '90': before.counts['90'] - 1,
      snoozed: before.counts.snoozed + 1,
    })
    expect((await api.get('/api/v1/views/counts')).body.certifications).toBe(rail - 1)
    expect([await isShown(id, '30'), await isShown(id, '90'), await isShown(other.id, '30')]).toEqual([
      false,
      false,
      true,
    ])
    const { data } = await view('snoozed')
    expect(data.find((one: { certification_id: string }) => one.certification_id === id)).toMatchObject({
      snooze: { until: '2026-04-09', ...REASON },
      days_left: 20,
    })
    // and nothing else: the contract's own list shows it as ever
    expect((await api.get(`${LIST}?expiring_within_days=30&limit=100`)).text).toContain(id)
  })

  test('is replaced as a whole, and left alone where nothing changes', async () => {
    const { id, mentor } = await warn()
    const first = await snooze(id)
    expect((await snooze(id)).headers.get('etag')).toBe(first.headers.get('etag'))
    const second = await snooze(id, { until: '2026-04-20', owner: 'Per' })
    expect(second.body).toMatchObject({ until: '2026-04-20', owner: 'Per' })
    expect((await api.delete(snoozeOf(id))).status).toBe(200)
    const [set, replaced, ended] = await changesOf(id)
    const was = { until: '2026-04-09', ...REASON }
    const became = { ...was, until: '2026-04-20', owner: 'Per' }
    expect(set).toMatchObject({ action: 'snoozed', before: null, after: was })
    expect(replaced).toMatchObject({ action: 'snoozed', before: was, after: became })
    expect(ended).toMatchObject({ action: 'snooze_ended', before: became, after: null })
    expect([replaced.revision, ended.revision, ended.newest]).toEqual([
      set.revision + 1,
      set.revision + 2,
      set.revision + 2,
    ])
    expect((await api.get(`/api/v1/peer-mentor-bloc/${mentor}`)).status).toBe(200)
  })

  test('asks for If-Match what it was, also after it was ended and set anew', async () => {
    const { id } = await warn()
    const tag = (await snooze(id)).headers.get('etag') ?? ''
    expect((await api.delete(snoozeOf(id), { 'if-match': tag })).status).toBe(200)
    expectProblem(await snooze(id, {}, { 'if-match': tag }), 412, 'precondition_failed')
    expect((await snooze(id)).status).toBe(200)
    expectProblem(await api.delete(snoozeOf(id), { 'if-match': tag }), 412, 'precondition_failed')
    const present = (await api.get(snoozeOf(id))).headers.get('etag') ?? ''
    expect((await snooze(id, { owner: 'Per' }, { 'if-match': present })).status).toBe(200)
  })

  test('happens once under one key', async () => {
    const { id } = await warn()
    const key = { 'idempotency-key': `snooze-${id}` }
    const first = await snooze(id, {}, key)
    expect((await api.delete(snoozeOf(id))).status).toBe(200)
    const again = await snooze(id, {}, key)
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    expect(again.text).toBe(first.text)
    expect(await isShown(id, '30')).toBe(true)
  })

  test('two at once: both are answered, the later one holds, each is in the log', async () => {
    const { id } = await warn()
    const answers = await Promise.all(['Anne', 'Bjørn', 'Cato'].map((owner) => snooze(id, { owner })))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    const log = await changesOf(id)
    expect(log).toHaveLength(3)
    expect((await api.get(snoozeOf(id))).body.owner).toBe(log[2].after.owner)
  })

  test('is for a current certification, neither an older nor a revoked one', async () => {
    const { id, mentor } = await warn()
    const later = await warn({ mentor_id: mentor, expires_at: '2026-05-01T00:00:00Z' })
    expectProblem(await snooze(id), 409, 'certification_not_current')
    expect((await api.put(`${LIST}/${later.id}`, { status: 'revoked' })).status).toBe(200)
    expectProblem(await snooze(later.id), 409, 'certification_not_current')
    expect((await snooze(id)).status).toBe(200)
    expectProblem(await snooze('cert_00000000'), 404, 'certification_not_found')
    expectProblem(await api.get(snoozeOf('nothing')), 404, 'certification_not_found')
  })

  test("another organisation's is not found", async () => {
    const { id } = await warn()
    expect((await snooze(id)).status).toBe(200)
    await api.db.query(`INSERT INTO organisation (id, name) VALUES ('org_other', 'Other') ON CONFLICT DO NOTHING`)
    const { rows } = await api.db.query(
      `WITH m AS (INSERT INTO mentor (org_id, mentor_id, full_name, search_text, status_updated_at, created_at, updated_at)
         VALUES ('org_other', 'theirs', 'Theirs', '', $1, $1, $1) RETURNING key)
       INSERT INTO certification (org_id, mentor_key, certification_type, issued_at, expires_at, is_current, created_at, updated_at)
       SELECT 'org_other', key, 'basic', '2020-01-01Z', $2, true, $1, $1 FROM m RETURNING id, key`,
      [CONTRACT_NOW, SOON],
    )
    const [{ id: theirs, key }] = rows
    await api.db.query(
      `INSERT INTO certification_snooze (certification_key, org_id, reason, owner, until, expires_at, version, created_at, created_by)
       VALUES ($1, 'org_other', 'r', 'o', '2026-04-09', $2, 1, $3, 'open')`,
      [key, SOON, CONTRACT_NOW],
    )
    for (const answer of [await snooze(theirs), await api.get(snoozeOf(theirs)), await api.delete(snoozeOf(theirs))]) {
      expectProblem(answer, 404, 'certification_not_found')
    }
    expect([await isShown(theirs, 'snoozed'), await isShown(id, 'snoozed')]).toEqual([false, true])
  })
})

describe('a snoozed warning comes back', () => {
  test.each([
    // Oslo is an hour ahead of UTC until the clocks go forward on 29 March, two from then until 25 October
    ['2026-03-29', '2026-03-28T22:59:59Z', '2026-03-28T23:00:00Z'],
    ['2026-03-30', '2026-03-29T21:59:59Z', '2026-03-29T22:00:00Z'],
    ['2026-04-09', '2026-04-08T21:59:59Z', '2026-04-08T22:00:00Z'],
  ])('by itself when %s begins in Oslo', async (until, before, then) => {
    const { id } = await warn()
    expect((await snooze(id, { until })).status).toBe(200)
    await at(before, async () => {
      expect([await isShown(id, '30'), await isShown(id, 'snoozed')]).toEqual([false, true])
      expect((await api.get(snoozeOf(id))).status).toBe(200)
    })
    await at(then, async () => {
      expect([await isShown(id, '30'), await isShown(id, 'snoozed')]).toEqual([true, false])
      expectProblem(await api.get(snoozeOf(id)), 404, 'snooze_not_found')
      expectProblem(await api.delete(snoozeOf(id)), 404, 'snooze_not_found')
    })
  })

  test('and today ends when the day does in Oslo, not in UTC', async () => {
    const { id } = await warn()
    await at('2026-03-28T22:30:00Z', async () => expect((await snooze(id, { until: '2026-03-29' })).status).toBe(200))
    await at('2026-03-28T23:30:00Z', async () => {
      expectProblem(await snooze(id, { until: '2026-03-29' }), 400, 'invalid_request')
      expect((await snooze(id, { until: '2026-03-30' })).body.until).toBe('2026-03-30')
    })
  })

  test('once it is renewed to another date, for good', async () => {
    const { id } = await warn()
    expect((await snooze(id)).status).toBe(200)
    expect((await api.put(`${LIST}/${id}`, { expires_at: '2026-04-16T10:00:00Z' })).status).toBe(200)
    expect([await isShown(id, '30'), await isShown(id, 'snoozed')]).toEqual([true, false])
    expectProblem(await api.get(snoozeOf(id)), 404, 'snooze_not_found')
    expect((await snooze(id, { owner: 'Per' })).body).toMatchObject({
      owner: 'Per',
      expires_at: '2026-04-16T10:00:00Z',
    })
    expect((await changesOf(id)).map(({ before }) => before)).toEqual([null, null])
  })

  test('not of itself with a change that leaves the expiry alone', async () => {
    const { id } = await warn()
    expect((await snooze(id)).status).toBe(200)
    expect((await api.put(`${LIST}/${id}`, { issued_at: '2023-05-01T00:00:00Z' })).status).toBe(200)
    expect(await isShown(id, 'snoozed')).toBe(true)
  })

  test('neither in its tab nor elsewhere once it is not the current one, or deleted', async () => {
    const { id, mentor } = await warn()
    expect((await snooze(id)).status).toBe(200)
    await warn({ mentor_id: mentor, expires_at: '2029-01-01T00:00:00Z' })
    expect([await isShown(id, '30'), await isShown(id, 'snoozed')]).toEqual([false, false])
    expectProblem(await api.get(snoozeOf(id)), 404, 'snooze_not_found')
    const other = await warn()
    expect((await snooze(other.id)).status).toBe(200)
    expect((await api.delete(`${LIST}/${other.id}`)).status).toBe(200)
    expect(await isShown(other.id, 'snoozed')).toBe(false)
  })
})

test('a snooze delays no pause', async () => {
  const { id, mentor } = await warn({ expires_at: '2026-03-28T10:00:00Z' })
  expect((await snooze(id, { until: '2026-06-01' })).status).toBe(200)
  await at('2026-03-29T01:00:00Z', async () => {
    expect(await isShown(id, 'expired')).toBe(false)
    const run = await api.post(`${LIST}/expiry-job/run`)
    expect(run.body.auto_paused).toBe(1)
    expect((await api.get(`/api/v1/mentor-status-sync/${mentor}`)).body.status).toBe('paused')
    const { data } = await view('snoozed')
    expect(data.find((one: { certification_id: string }) => one.certification_id === id)).toMatchObject({
      state: 'expired',
      paused: true,
      auto_pause_applied: true,
    })
    // a renewal ends it and lifts the pause
    expect((await api.put(`${LIST}/${id}`, { expires_at: '2029-03-28T10:00:00Z' })).status).toBe(200)
    expect(await isShown(id, 'snoozed')).toBe(false)
    expect((await api.get(`/api/v1/mentor-status-sync/${mentor}`)).body.status).toBe('active')
  })
})
