import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openDatabase } from '@/server/database/open-database'
import { type AppProcess, startApp, until } from './app-process'

const MENTORS = 20
const folder = mkdtempSync(path.join(tmpdir(), 'crash-'))
const env = { DATA_DIR: path.join(folder, 'data') }
let app: AppProcess

beforeAll(async () => {
  app = await startApp(env)
}, 180_000)
afterAll(async () => {
  await app.stop()
  rmSync(folder, { recursive: true, force: true })
})

interface Sent {
  path: string
  body: Record<string, unknown>
  key: string
  acknowledged: string | null
}

const sent: Sent[] = []
let serial = 0

function nextRequest(): Sent {
  const n = serial++
  const mentor = `crash-${n % MENTORS}`
  if (n % 5 === 0) {
    return {
      path: '/api/v1/duplicate-events',
      // dates far apart, so that no two drafts are duplicates of each other
      body: {
        event_type: 'check',
        peer_id: mentor,
        activity_type_id: `type-${n}`,
        date: new Date(n * 10 * 86_400_000).toISOString().slice(0, 10),
        draft_activity: { title: `Walk ${n}` },
      },
      key: `crash-${n}`,
      acknowledged: null,
    }
  }
  return {
    path: '/api/v1/mentor-status-sync/events',
    body: {
      mentor_id: mentor,
      event_type: n % 2 ? 'PauseMentorEvent' : 'ResumeMentorEvent',
      client_timestamp: new Date(1_770_000_000_000 + n).toISOString(),
    },
    key: `crash-${n}`,
    acknowledged: null,
  }
}

async function send(request: Sent): Promise<string> {
  const response = await fetch(app.url + request.path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': request.key },
    body: JSON.stringify(request.body),
  })
  const text = await response.text()
  if (response.status !== 201) throw new Error(`${response.status} ${text}`)
  const { id, sync_event_id } = JSON.parse(text)
  return sync_event_id ?? id
}

/** Sends over ten connections until the process is gone. */
async function sendUntilCrash(): Promise<void> {
  const lane = async () => {
    for (;;) {
      const request = nextRequest()
      sent.push(request)
      try {
        request.acknowledged = await send(request)
      } catch {
        return
      }
    }
  }
  await Promise.all(Array.from({ length: 10 }, lane))
}

it('keeps every acknowledged write exactly once over three crashes under load', { timeout: 300_000 }, async () => {
  for (let crash = 1; crash <= 3; crash++) {
    const before = sent.length
    const load = sendUntilCrash()
    await until('200 requests were sent', 60_000, async () => sent.length >= before + 200)
    await app.kill()
    await load
    app = await startApp(env)
  }
  const acknowledged = sent.filter((request) => request.acknowledged !== null)
  expect(acknowledged.length).toBeGreaterThan(300)

  const database = await openDatabase({ dataDir: env.DATA_DIR, role: 'command' })
  const db = new pg.Client({ connectionString: database.url })
  await db.connect()
  try {
    const stored = async (): Promise<string[]> => {
      const { rows } = await db.query(
        `SELECT id FROM sync_event UNION ALL SELECT 'evt-' || number FROM duplicate_event ORDER BY 1`,
      )
      return rows.map((row) => row.id)
    }
    const afterCrashes = new Set(await stored())
    for (const request of acknowledged) expect(afterCrashes).toContain(request.acknowledged)

    // what was in flight is taken up without anybody asking for it
    await until('every check has ended', 60_000, async () => {
      const { rows } = await db.query(`SELECT count(*)::int AS open FROM duplicate_event WHERE state = 'checking'`)
      return rows[0].open === 0
    })

    for (const request of sent) {
      const id = await send(request)
      if (request.acknowledged !== null) expect(id).toBe(request.acknowledged)
    }
    const ids = await stored()
    expect(ids.length).toBe(sent.length)
    expect(new Set(ids).size).toBe(ids.length)
    const { rows } = await db.query(
      'SELECT count(*)::int AS checks, count(DISTINCT activity_key)::int AS activities FROM duplicate_event',
    )
    expect(rows[0].checks).toBe(sent.filter((request) => request.path.includes('duplicate')).length)
  } finally {
    await db.end()
    await database.close()
  }
})

it('does a load that a crash interrupted at the next GET', { timeout: 120_000 }, async () => {
  const mentor = 'crash-1'
  const dispatched = await fetch(`${app.url}/api/v1/peer-mentor-bloc`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ event: 'LoadMentorDetail', mentor_id: mentor }),
  })
  expect(dispatched.status).toBe(202)
  await app.kill()
  app = await startApp(env)
  const response = await fetch(`${app.url}/api/v1/peer-mentor-bloc/${mentor}`)
  expect(response.status).toBe(200)
  expect(await response.json()).toMatchObject({ mentor_id: mentor, state: 'loaded' })
})

it('finishes a load that a crash interrupted without anybody asking for it', { timeout: 150_000 }, async () => {
  const mentor = 'crash-2'
  const database = await openDatabase({ dataDir: env.DATA_DIR, role: 'command' })
  const db = new pg.Client({ connectionString: database.url })
  await db.connect()
  try {
    // a load ends within milliseconds: what a crash between its dispatch and its work leaves is written here
    const left = await db.query(
      `INSERT INTO mentor_snapshot (mentor_key, state, dispatched_at) SELECT key, 'loading', now() FROM mentor WHERE mentor_id = $1
       ON CONFLICT (mentor_key) DO UPDATE SET state = 'loading', dispatched_at = now()`,
      [mentor],
    )
    expect(left.rowCount).toBe(1)
  } finally {
    await db.end()
    await database.close()
  }
  const idsOf = async (state: string): Promise<string[]> => {
    const response = await fetch(`${app.url}/api/v1/peer-mentor-bloc?limit=100&state=${state}`)
    const { data } = await response.json()
    return data.map((item: { mentor_id: string }) => item.mentor_id)
  }
  expect(await idsOf('loading')).toContain(mentor)
  await app.kill()
  app = await startApp(env)
  await until('the load is finished', 60_000, async () => (await idsOf('loaded')).includes(mentor))
})
