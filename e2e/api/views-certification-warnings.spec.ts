import { afterAll, beforeAll, expect, test } from 'vitest'
import { LIST } from './certification-requests'
import { type Api, CONTRACT_NOW, newMentorId, openApi } from './harness'
import { RUNS_NIGHTLY } from './mounts'
import { expectProblem } from './sync-requests'
import { VIEW, warningSteps } from './warning-steps'

let api: Api

beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api.close())

const { warn, snooze, view, shown } = warningSteps(() => api)

interface Warning {
  certification_id: string
  expires_at: string
}
const ids = (data: Warning[]) => data.map((one) => one.certification_id)

async function select(window: string, asOf: string) {
  const answer = await api.get(`${VIEW}/selection?window=${window}&as_of=${encodeURIComponent(asOf)}`)
  expect(answer.status, answer.text).toBe(200)
  return answer.body
}

test('a row says what the screen needs', async () => {
  const mentor = newMentorId()
  const { id } = await warn({ mentor_id: mentor, expires_at: '2026-03-27T10:00:00Z' })
  const { data } = await view('7')
  expect(data.find((one: Warning) => one.certification_id === id)).toEqual({
    certification_id: id,
    mentor_id: mentor,
    full_name: mentor,
    certification_type: 'peer_mentor_basic',
    issued_at: '2023-04-15T10:00:00Z',
    expires_at: '2026-03-27T10:00:00Z',
    version: 1,
    days_left: 1,
    auto_pause_applied: false,
    state: 'expiring',
    paused: false,
    paused_from: RUNS_NIGHTLY ? '2026-03-28T01:00:00Z' : null,
    open_assignments: 0,
    snooze: null,
  })
})

test('the windows stand beside the counts of all, whichever is read', async () => {
  await warn({ expires_at: '2026-03-01T10:00:00Z' })
  await warn({ expires_at: '2026-06-20T10:00:00Z' })
  await snooze((await warn()).id)
  const counts = (await view('30')).counts
  for (const window of ['expired', '7', '30', '60', '90', 'snoozed']) {
    const body = await view(window)
    expect(body.counts).toEqual(counts)
    expect(body.pagination.total).toBe(counts[window])
    expect(body.data).toHaveLength(counts[window])
    expect(counts[window]).toBeGreaterThan(0)
  }
})

test('pages in either order hold every row once', async () => {
  for (let day = 10; day < 17; day++) await warn({ expires_at: `2026-05-${day}T10:00:00Z` })
  for (const sort of ['expires_at', '-expires_at', 'until', '-until']) {
    const all: Warning[] = []
    for (let page = 1; ; page++) {
      const { data } = (await api.get(`${VIEW}?window=90&limit=3&page=${page}&sort=${sort}`)).body
      if (data.length === 0) break
      all.push(...data)
    }
    const ordered = all.map((one) => one.expires_at)
    const sorted = [...ordered].sort()
    expect(ordered).toEqual(sort.startsWith('-') ? sorted.reverse() : sorted)
    expect(ids(all).sort()).toEqual((await shown('90')).sort())
  }
})

test('snoozed ones are in the order in which they come back, or in that of their expiry', async () => {
  const made: string[] = []
  for (const [until, expires_at] of [
    ['2026-05-03', '2026-04-20T10:00:00Z'],
    ['2026-05-01', '2026-04-22T10:00:00Z'],
    ['2026-05-02', '2026-04-21T10:00:00Z'],
  ]) {
    const { id } = await warn({ expires_at: expires_at ?? '' })
    await snooze(id, { until })
    made.push(id)
  }
  const [a, b, c] = made
  const ordered = async (sort: string) =>
    ids((await view('snoozed', sort)).data).filter((id: string) => made.includes(id))
  expect(await ordered('')).toEqual([b, c, a])
  expect(await ordered('&sort=-until')).toEqual([a, c, b])
  expect(await ordered('&sort=expires_at')).toEqual([a, c, b])
  expect(await ordered('&sort=-expires_at')).toEqual([b, c, a])
})

test.each(['window=14', 'window=', 'limit=0', 'page=0', 'sort=name', 'sort=--until'])('refuses ?%s', async (query) => {
  expectProblem(await api.get(`${VIEW}?${query}`), 400, 'invalid_request')
})

test('a selection is what matched when the view was read, without what came or was touched since', async () => {
  const old = [await warn(), await warn(), await warn(), await warn(), await warn()] as const
  const [kept, renewed, snoozed, deleted, revoked] = old
  const twice = newMentorId()
  const second = await warn({ mentor_id: twice })
  const read = await view('30')
  expect(ids(read.data)).toEqual(expect.arrayContaining([...old.map(({ id }) => id), second.id]))

  await api.setNow('2026-03-26T10:05:00Z')
  await api.put(`${LIST}/${renewed.id}`, { expires_at: '2026-04-18T10:00:00Z' })
  await snooze(snoozed.id)
  await api.delete(`${LIST}/${deleted.id}`)
  await api.put(`${LIST}/${revoked.id}`, { status: 'revoked' })
  const arrived = await warn()
  await api.post(LIST, {
    mentor_id: twice,
    certification_type: 'peer_mentor_advanced',
    issued_at: '2024-01-01T00:00:00Z',
    expires_at: '2030-01-01T00:00:00Z',
  })
  // what is changed of a mentor beyond certifications leaves the row as it was read
  expect((await api.put(`/api/v1/mentors/${kept.mentor}`, { full_name: 'Kari Nordmann' })).status).toBe(200)

  const { data, left_out } = await select('30', read.as_of)
  const gone = [renewed, snoozed, deleted, revoked, second].map(({ id }) => id)
  expect(ids(data).sort()).toEqual(
    ids(read.data)
      .filter((id: string) => !gone.includes(id))
      .sort(),
  )
  expect(ids(data)).not.toContain(arrived.id)
  // of those that still match: the renewed one, the new one, and the one of a mentor with another certification
  expect(left_out).toBe(3)
  await api.setNow(CONTRACT_NOW)
})

test('what the clock has moved on is still what matched then', async () => {
  const { id } = await warn({ expires_at: '2026-03-26T12:00:00Z' })
  const waiting = await warn()
  await snooze(waiting.id, { until: '2026-03-27' })
  const [week, snoozed] = [await view('7'), await view('snoozed')]
  await api.setNow('2026-03-27T09:00:00Z')
  expect(await shown('7')).not.toContain(id)
  expect(ids((await select('7', week.as_of)).data)).toContain(id)
  expect(ids((await select('snoozed', snoozed.as_of)).data)).toContain(waiting.id)
  await api.setNow(CONTRACT_NOW)
})

test('a change under way when the list was read is no part of the selection', async () => {
  const { id } = await warn()
  const writer = await api.db.connect()
  try {
    await writer.query('BEGIN')
    await writer.query(
      `INSERT INTO change (org_id, type, id, mentor_key, revision, action, actor, at)
       SELECT org_id, 'certification', id, mentor_key, 2, 'updated', 'open', now() FROM certification WHERE id = $1`,
      [id],
    )
    const read = await view('30')
    expect(ids((await select('30', read.as_of)).data)).toContain(id)
    await writer.query('COMMIT')
    expect(ids((await select('30', read.as_of)).data)).not.toContain(id)
    expect(ids((await select('30', (await view('30')).as_of)).data)).toContain(id)
  } finally {
    writer.release()
  }
})

test('an as_of of another database is refused, and so is one that is none', async () => {
  const { as_of } = await view('30')
  const foreign = as_of.replace(/~[\w-]{10}~/, '~AAAAAAAAAA~')
  expectProblem(await api.get(`${VIEW}/selection?window=30&as_of=${encodeURIComponent(foreign)}`), 409, 'list_outdated')
  expectProblem(await api.get(`${VIEW}/selection?window=30&as_of=yesterday`), 400, 'invalid_request')
  expectProblem(await api.get(`${VIEW}/selection?window=30`), 400, 'invalid_request')
  expect((await select('30', as_of)).left_out).toBe(0)
})

test('an as_of holds a time that exists, of the last 24 hours', async () => {
  const { as_of } = await view('30')
  const [at, ...rest] = as_of.split('~')
  const read = (time: string) =>
    api.get(`${VIEW}/selection?window=30&as_of=${encodeURIComponent([time, ...rest].join('~'))}`)
  for (const time of ['2026-13-99T99:99:99.000000Z', '2026-02-30T10:00:00.000000Z', '0000-01-01T00:00:00.000000Z']) {
    const answer = await read(time)
    expectProblem(answer, 400, 'invalid_request')
    expect(answer.body.errors[0].pointer).toBe('as_of')
  }
  for (const time of ['2026-03-25T09:59:59.999999Z', '9999-12-31T23:59:59.999999Z']) {
    expectProblem(await read(time), 409, 'list_outdated')
  }
  for (const time of ['2026-03-25T10:00:00.000000Z', at]) expect((await read(time)).status).toBe(200)
})
