// Several processes on one database: what is written on one shows on the streams of all, and ends tidily.
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openStream, type Stream } from '@/e2e/api/event-stream'
import { type Api, newMentorId, openApi } from '@/e2e/api/harness'
import { createTestDatabase } from '@/server/database/test-database'
import { type AppProcess, startApp } from './app-process'

const STREAM = '/api/v1/changes/stream'
let api: Api
let apps: AppProcess[]
beforeAll(async () => {
  api = await openApi()
  apps = await Promise.all([1, 2, 3].map(() => startApp({ DATABASE_URL: api.url })))
})
afterAll(async () => {
  await Promise.all(apps.map((app) => app.stop()))
  await api.close()
})

const of = (app: AppProcess) => ({ fetch: (path: string, init: RequestInit) => fetch(app.url + path, init) })

function pause(app: AppProcess, mentor_id: string): Promise<Response> {
  return fetch(`${app.url}/api/v1/mentor-status-sync/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ event_type: 'PauseMentorEvent', mentor_id }),
  })
}

it('shows what is written on one of them on the streams of all, in one order', async () => {
  const streams = await Promise.all(apps.map((app) => openStream(of(app), STREAM)))
  const mentors = apps.map(() => newMentorId())
  await Promise.all(apps.map((app, index) => pause(app, mentors[index] ?? '')))
  for (const stream of streams) for (const mentor_id of mentors) await stream.find({ mentor_id, action: 'paused' })
  const orders = streams.map((stream) => stream.changes().map(({ position }) => position))
  expect(orders[1]).toEqual(orders[0])
  expect(orders[2]).toEqual(orders[0])
  await Promise.all(streams.map((stream) => stream.close()))
})

it('ends its streams with a hint when to come back, which any other one answers', async () => {
  const [stopping, living] = apps as [AppProcess, AppProcess, AppProcess]
  const mentor_id = newMentorId()
  const stream: Stream = await openStream(of(stopping), `${STREAM}?mentor_id=${mentor_id}`)
  await pause(living, mentor_id)
  await stream.find({ mentor_id, action: 'paused' })
  expect(await stopping.stop()).toBe(0)
  await stream.ended
  expect(stream.retry()).toBeGreaterThanOrEqual(1000)
  await pause(living, mentor_id)
  const again = await openStream(of(living), `${STREAM}?mentor_id=${mentor_id}`, {
    'last-event-id': stream.lastEventId(),
  })
  await again.find({ mentor_id, action: 'paused' })
  expect(again.changes().every(({ position }) => !stream.changes().some((one) => one.position === position))).toBe(true)
  await again.close()
})

it('answers cursors of the database that it was copied from with 410, and its own', async () => {
  const cursorOf = async (app: AppProcess) =>
    (await fetch(`${app.url}/api/v1/mentor-status-sync`)).headers.get('changes-cursor')
  const old = await cursorOf(apps[1] as AppProcess)
  await Promise.all(apps.map((app) => app.stop()))
  const source = new URL(api.url).pathname.slice(1)
  const elsewhere = new pg.Client({ connectionString: Object.assign(new URL(api.url), { pathname: '/postgres' }).href })
  await elsewhere.connect()
  // the test's own connections are in the way of the copy
  await elsewhere.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [source])
  await elsewhere.end()
  const copy = await createTestDatabase(api.url, source)
  const moved = await startApp({ DATABASE_URL: copy.url })
  const read = async (since: string | null) => fetch(`${moved.url}/api/v1/changes?since=${since}`)
  const refused = await read(old)
  expect([refused.status, (await refused.json()).code]).toEqual([410, 'reload_required'])
  expect((await read(await cursorOf(moved))).status).toBe(200)
  await moved.stop()
  await copy.drop()
})
