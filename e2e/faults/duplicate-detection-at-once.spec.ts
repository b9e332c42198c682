import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '@/server/database/test-database'
import { type AppProcess, startApp, until } from './app-process'

let database: TestDatabase
let db: pg.Client
let apps: AppProcess[] = []

beforeAll(async () => {
  database = await createTestDatabase()
  const env = { DATABASE_URL: database.url }
  apps = [await startApp(env), await startApp(env)]
  db = new pg.Client({ connectionString: database.url, options: '-c timezone=UTC' })
  await db.connect()
}, 180_000)
afterAll(async () => {
  await Promise.all(apps.map((app) => app.stop()))
  await db.end()
  await database.drop()
})

// all on neighbouring days, so that their checks wait for each other's locks
const SESSIONS = [
  { date: '2026-03-17', title: 'Sorggruppe', location: 'Frivilligsentralen Grünerløkka', starts_at: '18:00' },
  { date: '2026-03-17', title: 'Gåtur rundt Sognsvann', location: 'Sognsvann', starts_at: '11:00' },
  { date: '2026-03-18', title: 'Strikkekafé', location: 'Kafé Hjerterom', starts_at: '12:00' },
  { date: '2026-03-18', title: 'Kurskveld om søvn', location: 'Biblioteket i Sandvika', starts_at: '17:30' },
  { date: '2026-03-19', title: 'Pårørendetreff', location: 'Menighetshuset på Nesodden', starts_at: '19:00' },
  { date: '2026-03-19', title: 'Svømming med ungdom', location: 'Pirbadet', starts_at: '15:00' },
]
const ROUNDS = 4

/** One session as it is logged: by its mentor, sent again, typed anew, told in English words, and by the other leader. */
function draftsOf(session: (typeof SESSIONS)[number], name: string) {
  const { date, ...told } = session
  const draft_activity = { ...told, duration_minutes: 90, participant_count: 8 }
  const own = { event_type: 'check', activity_type_id: 'group', date, peer_id: `${name}-own`, draft_activity }
  return [
    own,
    own,
    { ...own, draft_activity: { ...draft_activity, title: told.title.toUpperCase() } },
    { ...own, draft_activity: { ...draft_activity, title: `${told.title} kl. ${told.starts_at}`, starts_at: null } },
    { ...own, peer_id: `${name}-other` },
  ]
}

function shuffle<T>(all: readonly T[]): T[] {
  return all
    .map((one) => ({ one, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one)
}

it.each(Array.from({ length: ROUNDS }, (_, round) => round))(
  'keeps one activity of each session however its drafts arrive at once on two processes (round %i)',
  { timeout: 120_000 },
  async (round) => {
    const sent = shuffle(SESSIONS.flatMap((session, index) => draftsOf(session, `at-once-${round}-${index}`)))
    // a year apart, so that rounds do not meet
    const drafts = sent.map((draft) => ({ ...draft, date: draft.date.replace('2026', String(2020 + round)) }))
    const answers = await Promise.all(
      drafts.map((draft, index) =>
        fetch(`${apps[index % apps.length]?.url}/api/v1/duplicate-events`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(draft),
        }),
      ),
    )
    expect(answers.map(({ status }) => status)).toEqual(drafts.map(() => 201))
    await until('every check has ended', 60_000, async () => {
      const { rows } = await db.query(`SELECT count(*)::int AS open FROM duplicate_event WHERE state = 'checking'`)
      return rows[0].open === 0
    })
    const { rows } = await db.query(
      `SELECT regexp_replace(m.mentor_id, '-[a-z]+$', '') AS session, array_agg(e.state ORDER BY e.state) AS states,
         count(DISTINCT a.key)::int AS activities
       FROM duplicate_event e JOIN mentor m ON m.key = e.mentor_key LEFT JOIN activity a ON a.key = e.activity_key
       WHERE m.mentor_id LIKE $1 GROUP BY 1 ORDER BY 1`,
      [`at-once-${round}-%`],
    )
    expect(rows, `in the order ${JSON.stringify(drafts)}`).toEqual(
      SESSIONS.map((_, index) => ({
        session: `at-once-${round}-${index}`,
        states: ['clear', 'duplicate_found', 'duplicate_found', 'duplicate_found', 'duplicate_found'],
        activities: 1,
      })),
    )
  },
)
