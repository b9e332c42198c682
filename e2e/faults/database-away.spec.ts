import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openStream } from '@/e2e/api/event-stream'
import { createTestDatabase, type TestDatabase } from '@/server/database/test-database'
import { type AppProcess, startApp, until } from './app-process'

/** Stands between the app and PostgreSQL, so that the database can go away and come back at the same address. */
class Line {
  readonly #target: URL
  #server: Server | undefined
  #sockets = new Set<Socket>()
  port = 0

  constructor(url: string) {
    this.#target = new URL(url)
  }

  async open(): Promise<void> {
    this.#server = createServer((inner) => {
      const outer = connect(Number(this.#target.port), this.#target.hostname)
      for (const [socket, other] of [
        [inner, outer],
        [outer, inner],
      ] as const) {
        this.#sockets.add(socket)
        socket.on('error', () => other.destroy())
        socket.on('close', () => this.#sockets.delete(socket))
        socket.pipe(other)
      }
    }).listen(this.port, '127.0.0.1')
    await once(this.#server, 'listening')
    this.port = (this.#server.address() as { port: number }).port
  }

  async cut(): Promise<void> {
    const server = this.#server
    if (!server) return
    this.#server = undefined
    server.close()
    for (const socket of this.#sockets) socket.destroy()
    await once(server, 'close')
  }

  url(): string {
    const url = new URL(this.#target)
    url.port = String(this.port)
    return url.href
  }
}

let database: TestDatabase
let line: Line
let app: AppProcess

beforeAll(async () => {
  database = await createTestDatabase()
  line = new Line(database.url)
  await line.open()
  app = await startApp({ DATABASE_URL: line.url(), STREAM_PATIENCE_SECONDS: '1' })
}, 180_000)
afterAll(async () => {
  await app.stop()
  await line.cut()
  await database.drop()
})

const post = (mentor_id = 'away-1', event_type = 'PauseMentorEvent') =>
  fetch(`${app.url}/api/v1/mentor-status-sync/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      mentor_id,
      event_type,
      client_timestamp: event_type === 'PauseMentorEvent' ? '2026-03-01T10:00:00Z' : '2026-03-02T10:00:00Z',
    }),
  })

it('answers 503 with Retry-After while the database is away, and is well again by itself', {
  timeout: 120_000,
}, async () => {
  expect((await post()).status).toBe(201)
  for (let time = 0; time < 2; time++) {
    await line.cut()
    for (const response of [await post(), await fetch(`${app.url}/api/v1/certifications`)]) {
      expect(response.status).toBe(503)
      expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
      expect(response.headers.get('content-type')).toBe('application/problem+json')
      expect(await response.json()).toMatchObject({ code: 'database_unavailable' })
    }
    expect((await fetch(`${app.url}/readyz`)).status).toBe(503)
    expect((await fetch(`${app.url}/healthz`)).status).toBe(200)
    await line.open()
    await until('the app is ready again', 20_000, async () => (await fetch(`${app.url}/readyz`)).status === 200)
    expect((await post()).status).toBe(201)
    expect((await fetch(`${app.url}/api/v1/certifications`)).status).toBe(200)
  }
})

it('ends its streams when the database stays away, and tells what came meanwhile to whoever comes back', async () => {
  const api = { fetch: (path: string, init: RequestInit) => fetch(app.url + path, init) }
  const stream = await openStream(api, '/api/v1/changes/stream?mentor_id=away-2')
  expect((await post('away-2')).status).toBe(201)
  await stream.find({ action: 'paused' })
  await line.cut()
  await stream.ended
  expect(stream.retry()).toBeGreaterThanOrEqual(1000)
  await line.open()
  await until('the app is ready again', 20_000, async () => (await fetch(`${app.url}/readyz`)).status === 200)
  expect((await post('away-2', 'ResumeMentorEvent')).status).toBe(201)
  const again = await openStream(api, '/api/v1/changes/stream?mentor_id=away-2', {
    'last-event-id': stream.lastEventId(),
  })
  await again.find({ action: 'resumed' })
  expect(again.changes().map(({ action }) => action)).toEqual(['resumed'])
  await again.close()
})
