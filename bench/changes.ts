import { once } from 'node:events'
import { Agent, get, type IncomingMessage } from 'node:http'
import path from 'node:path'
import pg from 'pg'
import { migrate } from '@/server/database/migrate'
import { openDatabase } from '@/server/database/open-database'
import { median } from './load'
import { type Running, start } from './processes'

const CLIENTS = 1000
const TOLD = 10
const PAGES = 200
const SIZES = [10_000, 1_000_000] as const
const EVENTS = 500
const ROUNDS = 5
const ORG = 'org_x9y8z7'

/** The feed, its stream and the batch, on databases of their own within `folder`. */
export async function benchChanges(folder: string): Promise<void> {
  const [few, many] = [path.join(folder, 'few-changes'), path.join(folder, 'many-changes')]
  await fill(few, SIZES[0])
  await fill(many, SIZES[1])
  const [small, large] = [await startOn(few), await startOn(many)]
  try {
    await benchPages(small, large)
    await benchBatch(small)
    await benchListeners(small)
  } finally {
    await small.stop()
    await large.stop()
  }
}

function startOn(dataDir: string): Promise<Running> {
  const args = ['--expose-gc', '--import', './bench/heap-probe.mjs', '--import', 'tsx', 'server/main.ts', 'start']
  const env = { DATA_DIR: dataDir, EXPIRY_JOB_AT: 'off', LOG_LEVEL: 'warn', ORG_ID: ORG }
  return start(process.execPath, () => args, '/readyz', { env })
}

/** `changes` of a hundred mentors, as if all the transactions that this database has known had written them. */
async function fill(dataDir: string, changes: number): Promise<void> {
  const database = await openDatabase({ dataDir, role: 'command' })
  await migrate(database.url)
  const db = new pg.Client({ connectionString: database.url })
  await db.connect()
  await db.query(`INSERT INTO organisation (id, name) VALUES ($1, 'Likepersonene')`, [ORG])
  await db.query(
    `INSERT INTO mentor (org_id, mentor_id, full_name, search_text, status_updated_at, created_at, updated_at)
     SELECT $1, 'mentor-' || n, 'Mentor ' || n, '', now(), now(), now() FROM generate_series(1, 100) AS n`,
    [ORG],
  )
  await db.query(
    `INSERT INTO change (transaction_id, org_id, type, id, mentor_key, revision, action, actor, at, before, after)
     SELECT (n::bigint * (pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 10) / $2 + 3)::text::xid8, $1, 'sync_event', 'evt_' || n, n % 100 + 1, n / 100, 'paused', 'open', now(),
       '{"status": "active"}', '{"status": "paused", "reason": "På ferie", "accepted": true}'
     FROM generate_series(1, $2::int) AS n`,
    [ORG, changes],
  )
  await db.query('VACUUM ANALYZE change')
  await db.end()
  await database.close()
}

async function benchPages(small: Running, large: Running): Promise<void> {
  const times: [number[], number[]] = [[], []]
  const cursors = await Promise.all([small, large].map(({ url }) => middleOf(url)))
  for (let page = -20; page < PAGES; page++) {
    for (const [index, { url }] of [small, large].entries()) {
      const begun = performance.now()
      const response = await fetch(`${url}/api/v1/changes?since=${cursors[index]}`)
      const { data, next } = await response.json()
      if (data.length !== 500) throw new Error(`a page held ${data.length} changes`)
      if (page >= 0) times[index]?.push(performance.now() - begun)
      cursors[index] = page % 5 === 0 ? await middleOf(url) : next
    }
  }
  const [few, much] = times.map(median) as [number, number]
  console.log(
    `a page of the feed at ${SIZES[1].toLocaleString('en')} changes: ${(much / few).toFixed(2)} × the time at ${SIZES[0].toLocaleString('en')} (wanted: at most 1.3)` +
      `  [${much.toFixed(1)} ms against ${few.toFixed(1)} ms for 500 changes]`,
  )
}

/** The cursor in the middle of what was filled in. */
async function middleOf(url: string): Promise<string> {
  const { next } = await (await fetch(`${url}/api/v1/changes?limit=1`)).json()
  const [database] = next.split('.')
  return `${database}.300.0`
}

async function benchBatch(app: Running): Promise<void> {
  const ratios: number[] = []
  const took: [number[], number[]] = [[], []]
  for (let round = 0; round <= ROUNDS; round++) {
    const events = (part: number) =>
      Array.from({ length: EVENTS }, (_, index) => ({
        event_type: index % 2 ? 'ResumeMentorEvent' : 'PauseMentorEvent',
        mentor_id: `mentor-${(index % 100) + 1}`,
        client_timestamp: new Date(1_600_000_000_000 + ((round * 2 + part) * EVENTS + index) * 1000).toISOString(),
      }))
    const batched = await timed(() => post(`${app.url}/api/v1/mentor-status-sync/events/batch`, { events: events(0) }))
    const single = await timed(async () => {
      for (const event of events(1)) await post(`${app.url}/api/v1/mentor-status-sync/events`, event)
    })
    if (round === 0) continue
    ratios.push(batched / single)
    took[0].push(batched)
    took[1].push(single)
  }
  console.log(
    `a batch of ${EVENTS} events: ${median(ratios).toFixed(3)} × the time of ${EVENTS} single posts (wanted: at most 0.1)` +
      `  [${median(took[0]).toFixed(0)} ms against ${median(took[1]).toFixed(0)} ms]`,
  )
}

async function timed(work: () => Promise<void>): Promise<number> {
  const begun = performance.now()
  await work()
  return performance.now() - begun
}

async function post(url: string, body: object): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  await response.arrayBuffer()
  if (!response.ok) throw new Error(`${url} was answered with ${response.status}`)
}

async function benchListeners(app: Running): Promise<void> {
  const args = ['--expose-gc', '--import', './bench/heap-probe.mjs', 'bench/floor/event-stream.mjs']
  const bare = await start(process.execPath, () => args, '/tell')
  try {
    const change = (told: number) =>
      post(`${app.url}/api/v1/mentor-status-sync/events`, {
        event_type: told % 2 ? 'ResumeMentorEvent' : 'PauseMentorEvent',
        mentor_id: 'mentor-1',
      })
    const floor = await listenMany(bare, '/', 0, () => fetch(`${bare.url}/tell`))
    const ours = await listenMany(app, '/api/v1/changes/stream', 0, change)
    const following = await listenMany(app, '/api/v1/mentor-status-sync/mentor-1', 1, change)
    const memory = (one: number) =>
      `${(one / floor.memory).toFixed(2)} × a bare Node server's (wanted: at most 2)` +
      `  [${(one / 1024).toFixed(1)} kB against ${(floor.memory / 1024).toFixed(1)} kB]`
    console.log(
      `${CLIENTS.toLocaleString('en')} listeners: an event reaches the last one within ${ours.slowest.toFixed(0)} ms (wanted: 1000), ` +
        `memory per listener ${memory(ours.memory)}`,
    )
    console.log(
      `${CLIENTS.toLocaleString('en')} who follow one mentor: the new state reaches the last one within ${following.slowest.toFixed(0)} ms, ` +
        `memory of each ${memory(following.memory)}`,
    )
  } finally {
    await bare.stop()
  }
}

/**
 * The longest time in milliseconds that an event takes to the last listener, and the bytes that each further one costs.
 * Each begins with `greetings` events.
 */
async function listenMany(
  server: Running,
  at: string,
  greetings: number,
  tell: (told: number) => Promise<unknown>,
): Promise<{ memory: number; slowest: number }> {
  const agent = new Agent({ maxSockets: Number.POSITIVE_INFINITY })
  const listeners = await connect(server, at, agent, CLIENTS)
  const slowest = await tellAll(listeners, greetings, tell)
  const before = await memoryOf(server)
  // what the first ones made the server load and keep in store is not theirs; and few would be lost in what it keeps
  const further = await connect(server, at, agent, 7 * CLIENTS)
  const memory = ((await memoryOf(server)) - before) / further.length
  for (const listener of [...listeners, ...further]) listener.destroy()
  return { memory, slowest }
}

function connect(server: Running, at: string, agent: Agent, clients: number): Promise<IncomingMessage[]> {
  return Promise.all(
    Array.from({ length: clients }, async () => {
      const [response] = (await once(
        get(server.url + at, { agent, headers: { accept: 'text/event-stream' } }),
        'response',
      )) as [IncomingMessage]
      return response.setEncoding('utf8')
    }),
  )
}

async function tellAll(
  listeners: readonly IncomingMessage[],
  greetings: number,
  tell: (told: number) => Promise<unknown>,
): Promise<number> {
  const heard = listeners.map(() => 0)
  for (const [index, listener] of listeners.entries()) {
    listener.on('data', (text: string) => {
      heard[index] = (heard[index] ?? 0) + text.split('event: ').length - 1
    })
  }
  await until(() => heard.every((count) => count >= greetings))
  let slowest = 0
  for (let told = 0; told < TOLD; told++) {
    const before = [...heard]
    const begun = performance.now()
    await tell(told)
    await until(() => heard.every((count, index) => count !== before[index]))
    slowest = Math.max(slowest, performance.now() - begun)
  }
  return slowest
}

async function until(reached: () => boolean): Promise<void> {
  const begun = performance.now()
  while (!reached()) {
    if (performance.now() - begun > 10_000) throw new Error('an event did not reach all listeners within 10 s')
    await new Promise(setImmediate)
  }
}

async function memoryOf(server: Running): Promise<number> {
  const answer = once(server.child, 'message') as Promise<[{ resident: number }]>
  server.child.send('heap')
  return (await answer)[0].resident
}
