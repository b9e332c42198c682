import path from 'node:path'
import pg from 'pg'
import { findCandidates } from '@/domain/duplicate-events/candidates'
import { type EventRow, findEvent } from '@/domain/duplicate-events/event-row'
import { runDuplicateCheck } from '@/domain/duplicate-events/run-check'
import type { Call } from '@/lib/call'
import { closePool, pool, sql } from '@/lib/db'
import { migrate } from '@/server/database/migrate'
import { openDatabase } from '@/server/database/open-database'
import { loadActivities, ORG } from './duplicate-load'
import { simulateYear } from './duplicate-year'
import { median } from './load'

const SIZES = [10_000, 1_000_000] as const
const CHECKS = 400
const ROUNDS = 8
/** Checks of each round that do not count: connections are new, and statements yet to be prepared. */
const WARM_UP = 15
const WANTED = 2
const UNTIL = '2026-03-26'
const benchCall: Call = {
  caller: { org: ORG, actor: 'bench' },
  now: '2026-03-26T10:00:00.000000Z' as Call['now'],
  requestId: 'bench',
  ifMatch: null,
  afterCommit: () => {},
}

/** What one check costs among few and among many activities, and how often checks are wrong over a year. */
export async function benchDuplicates(folder: string): Promise<void> {
  const costs = await measureCosts(folder)
  const [few, many] = SIZES.map((size) => ({
    whole: median(costs.get(size)?.whole ?? []),
    search: median(costs.get(size)?.search ?? []),
  }))
  if (few && many) {
    console.log(
      `one duplicate check among ${SIZES[1].toLocaleString('en')} activities: ${(many.whole / few.whole).toFixed(2)} × its time among ` +
        `${SIZES[0].toLocaleString('en')} (wanted: at most ${WANTED}), its search alone ${(many.search / few.search).toFixed(2)} ×` +
        `  [medians of ${CHECKS} checks: ${few.whole.toFixed(1)} and ${many.whole.toFixed(1)} ms, search ${few.search.toFixed(1)} and ${many.search.toFixed(1)} ms]`,
    )
  }
  const year = await openDatabase({ dataDir: path.join(folder, 'year'), role: 'command' })
  try {
    await migrate(year.url)
    await withConnection(year.url, simulateYear)
  } finally {
    await year.close()
  }
}

interface Times {
  /** Milliseconds of whole checks: locks, search, and the draft kept or put in the queue. */
  readonly whole: number[]
  readonly search: number[]
}

/** Both sizes in turn, so that a drift of the machine meets both. */
async function measureCosts(folder: string): Promise<ReadonlyMap<number, Times>> {
  const times = new Map(SIZES.map((size) => [size as number, { whole: [], search: [] } as Times]))
  const databases = new Map<number, Awaited<ReturnType<typeof openDatabase>>>()
  try {
    for (const size of SIZES) {
      const database = await openDatabase({ dataDir: path.join(folder, `activities-${size}`), role: 'command' })
      databases.set(size, database)
      await migrate(database.url)
      await withConnection(database.url, async (db) => {
        await loadActivities(db, size, UNTIL)
        await showPlan(db, size)
      })
    }
    for (let round = 0; round < ROUNDS; round++) {
      for (const [size, { url }] of databases) {
        await withConnection(url, (db) => measureChecks(db, round, times.get(size) as Times))
      }
    }
  } finally {
    for (const database of databases.values()) await database.close()
  }
  return times
}

async function withConnection(url: string, work: (db: pg.Client) => Promise<void>): Promise<void> {
  process.env.DATABASE_URL = url
  const db = new pg.Client({ connectionString: url, options: '-c timezone=UTC' })
  await db.connect()
  try {
    await work(db)
  } finally {
    await closePool()
    await db.end()
  }
}

async function measureChecks(db: pg.Client, round: number, times: Times): Promise<void> {
  for (let turn = -WARM_UP; turn < CHECKS / ROUNDS; turn++) {
    const key = await insertDraft(db, round * 1000 + turn + WARM_UP)
    const event = (await findEvent(pool(), benchCall, sql`e.key = ${key}`)) as EventRow
    const begun = performance.now()
    await findCandidates(pool(), benchCall, event)
    const found = performance.now()
    await runDuplicateCheck(key, ORG)
    if (turn < 0) continue
    times.search.push(found - begun)
    times.whole.push(performance.now() - found)
  }
}

/** Half of the drafts tell a session anew that is there, a third of those by another mentor; half are of the day before. */
async function insertDraft(db: pg.Client, turn: number): Promise<number> {
  const { rows } = await db.query<{ key: string }>(
    `INSERT INTO duplicate_event (org_id, event_type, mentor_key, activity_type_id, date, draft, state, check_number, dispatched_at)
     SELECT org_id, 'check', CASE WHEN $1 % 6 = 0 THEN (SELECT key FROM mentor WHERE mentor_id = 'm-' || 1 + $1 % 100) ELSE mentor_key END,
       activity_type_id, CASE WHEN $1 % 2 = 0 THEN date ELSE date - 1 END,
       json_build_object('title', title, 'location', location, 'duration_minutes', duration_minutes, 'starts_at', starts_at,
         'participant_count', participant_count),
       'checking', nextval('duplicate_check_number'), $2
     FROM activity WHERE key = (SELECT 1 + ($1::bigint * 7919 * 104729) % max(key) FROM activity) RETURNING key`,
    [turn, UNTIL],
  )
  return Number(rows[0]?.key)
}

/** The plan of the candidate search, as the server makes it once the statement is prepared. */
async function showPlan(db: pg.Client, size: number): Promise<void> {
  const event = (await findEvent(pool(), benchCall, sql`e.key = ${await insertDraft(db, 11)}`)) as EventRow
  const lines: string[] = []
  const explaining = {
    query: async (statement: { text: string; values: unknown[] }) => {
      const { rows } = await db.query({
        text: `EXPLAIN (ANALYZE, TIMING OFF, SUMMARY OFF, BUFFERS OFF) ${statement.text}`,
        values: statement.values,
      })
      lines.push(...rows.map((row) => row['QUERY PLAN'] as string))
      return { rows: [] }
    },
  }
  await findCandidates(explaining as unknown as Parameters<typeof findCandidates>[0], benchCall, event)
  const sequential = lines.filter((line) => /Seq Scan on (activity|duplicate_event)\b/.test(line))
  console.log(`plan of the search among ${size.toLocaleString('en')} activities:\n${lines.join('\n')}`)
  console.log(`sequential scans of activity or duplicate_event: ${sequential.length} (wanted: 0)`)
}
