import pg from 'pg'
import { createTestDatabase } from '@/server/database/test-database'
import { type Mount, openMount } from './mounts'

export const ORG = 'org_x9y8z7'
/** The time at which the contracts' examples were written. */
export const CONTRACT_NOW = '2026-03-26T10:00:00Z'

export interface Answered {
  status: number
  headers: Headers
  text: string
  // biome-ignore lint/suspicious/noExplicitAny: what the server sends is what the tests are about
  body: any
}

export interface RequestOptions {
  /** Sent as JSON; a string or bytes are sent as they are, as JSON too unless the headers say otherwise. */
  body?: unknown
  headers?: Record<string, string>
}

export interface Api {
  request(method: string, path: string, options?: RequestOptions): Promise<Answered>
  get(path: string, headers?: Record<string, string>): Promise<Answered>
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answered>
  put(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answered>
  delete(path: string, headers?: Record<string, string>): Promise<Answered>
  /** As it comes, for what is no single answer. */
  fetch(path: string, init: RequestInit): Promise<Response>
  /** The database underneath, for what no endpoint shows. */
  readonly db: pg.Pool
  readonly url: string
  setNow(time: string): Promise<void>
  /** Resolves when every background job that is due has been done. */
  finishJobs(): Promise<void>
  close(): Promise<void>
}

/**
 * A database of its own with the API on it. API_MOUNT chooses how it is served: `direct` (the handlers in this process,
 * the default), `server` (our own server) or `next` (Next's own, with its route files).
 */
export async function openApi(options: { sample?: boolean; now?: string } = {}): Promise<Api> {
  const database = await createTestDatabase()
  const db = new pg.Pool({ connectionString: database.url, options: '-c timezone=UTC' })
  db.on('error', () => {}) // a test may end the database's backends
  const now = options.now ?? CONTRACT_NOW
  if (options.sample) {
    const { loadSampleData } = await import('@/prisma/sample/load')
    await loadSampleData(database.url, { now })
  } else {
    await db.query(`INSERT INTO organisation (id, name) VALUES ($1, 'Likepersonene')`, [ORG])
  }
  const mount: Mount = await openMount(database.url, now)

  async function request(method: string, path: string, { body, headers = {} }: RequestOptions = {}): Promise<Answered> {
    const raw = typeof body === 'string' || body instanceof Uint8Array
    const init: RequestInit = {
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    }
    if (body !== undefined) init.body = raw ? (body as BodyInit) : JSON.stringify(body)
    const response = await mount.fetch(path, init)
    const text = await readText(response)
    const json = response.headers.get('content-type')?.includes('json') && text !== ''
    return { status: response.status, headers: response.headers, text, body: json ? JSON.parse(text) : undefined }
  }

  return {
    request,
    get: (path, headers = {}) => request('GET', path, { headers }),
    post: (path, body, headers = {}) => request('POST', path, { body, headers }),
    put: (path, body, headers = {}) => request('PUT', path, { body, headers }),
    delete: (path, headers = {}) => request('DELETE', path, { headers }),
    fetch: mount.fetch,
    db,
    url: database.url,
    setNow: mount.setNow,
    finishJobs: () => mount.finishJobs(db),
    async close() {
      await mount.close()
      await db.end()
      await database.drop()
    },
  }
}

/** The whole body; a stream, which never ends, is left at once. */
async function readText(response: Response): Promise<string> {
  if (response.headers.get('content-type') !== 'text/event-stream') return response.text()
  await response.body?.cancel()
  return ''
}

let counter = 0
/** A mentor id that no other test uses. */
export function newMentorId(): string {
  return `mentor-t${process.pid}-${++counter}`
}

/** The documented, doubled form of a short path. */
export function doubledPath(path: string): string {
  return path.replace(/^(\/api\/v1\/[a-z-]+)/, '$1$1')
}
