import { expect, it } from 'vitest'
import { until } from './app-process'
import { KilledApp } from './killed-app'

const PAIRS = 12
/** The row that the run waits at while its process is killed. */
const HELD = 5
const EVENTS = '/api/v1/duplicate-events'

const app = new KilledApp()

async function post(path: string, body: object) {
  const response = await app.post(path, body)
  expect(response.ok, await response.clone().text()).toBe(true)
  return response.json()
}

const get = async (path: string) => (await app.get(path)).json()
const checked = () =>
  until('every check has ended', 60_000, async () => {
    const { rows } = await app.db.query(`SELECT count(*)::int AS open FROM duplicate_event WHERE state = 'checking'`)
    return rows[0].open === 0
  })

/** An activity and a draft beside it for each of these mentors; the ids of the drafts. */
async function makePairs(mentors: string[]): Promise<string[]> {
  const draft = (peer_id: string) => ({
    event_type: 'check',
    peer_id,
    activity_type_id: `type-${peer_id}`,
    date: '2026-03-20',
    draft_activity: { title: 'Samtalegruppe', duration_minutes: 60 },
  })
  for (const mentor of mentors) await post(EVENTS, draft(mentor))
  await checked()
  const ids: string[] = []
  for (const mentor of mentors) ids.push((await post(EVENTS, draft(mentor))).id)
  await checked()
  return ids
}

it('goes on with a batch after the process was killed in the middle, each row once', { timeout: 180_000 }, async () => {
  const mentors = Array.from({ length: PAIRS }, (_, n) => `batch-${n}`)
  const ids = await makePairs(mentors)
  const { data } = await get('/api/v1/views/duplicate-queue?limit=100')
  const decisions = ids.map((id) => ({
    id,
    review_version: data.find((row: { id: string }) => row.id === id).review_version,
    resolution: 'keep_both',
  }))
  const { batch_id } = await post(`${EVENTS}/batches`, { decisions })
  const batch = () => get(`${EVENTS}/batches/${batch_id}`)

  const release = await app.hold(mentors[HELD] ?? '')
  await post(`${EVENTS}/batches/${batch_id}/run`, {})
  await until('the rows before the held one are done', 30_000, async () => (await batch()).counts.done === HELD)
  const half = await batch()
  await app.kill()
  const left = await app.db.query(`SELECT count(*)::int AS planned FROM duplicate_batch_item WHERE outcome = 'planned'`)
  expect(left.rows).toEqual([{ planned: PAIRS - HELD }])
  await release()

  await app.start()
  await until('the batch has ended by itself', 90_000, async () => (await batch()).state === 'done')
  const whole = await batch()
  expect(whole.counts).toMatchObject({ done: PAIRS, planned: 0, refused: 0 })
  expect(whole.items.slice(0, HELD)).toEqual(half.items.slice(0, HELD))
  const { rows } = await app.db.query(
    `SELECT (SELECT count(*)::int FROM activity) AS activities,
       (SELECT count(*)::int FROM duplicate_receipt) AS receipts,
       (SELECT count(*)::int FROM change WHERE type = 'duplicate_event' AND action = 'resolved') AS decisions`,
  )
  expect(rows).toEqual([{ activities: 2 * PAIRS, receipts: PAIRS, decisions: PAIRS }])

  // taken back from the end, and killed in the middle of that
  const releaseAgain = await app.hold(mentors[HELD] ?? '')
  await post(`${EVENTS}/batches/${batch_id}/undo`, {})
  const after = PAIRS - 1 - HELD
  await until('the rows after the held one are taken back', 30_000, async () => (await batch()).counts.undone === after)
  await app.kill()
  await releaseAgain()
  await app.start()
  await until('the batch is taken back by itself', 90_000, async () => (await batch()).state === 'undone')
  expect((await batch()).counts).toMatchObject({ undone: PAIRS, done: 0, undo_refused: 0 })
  const { rows: end } = await app.db.query(
    `SELECT (SELECT count(*)::int FROM activity) AS activities,
       (SELECT count(*)::int FROM duplicate_receipt WHERE undone_at IS NOT NULL) AS receipts,
       (SELECT count(*)::int FROM change WHERE type = 'duplicate_event' AND action = 'undone') AS undone`,
  )
  expect(end).toEqual([{ activities: PAIRS, receipts: PAIRS, undone: PAIRS }])
})
