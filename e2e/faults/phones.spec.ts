// Phones on bad networks, with wrong clocks, sending twice and late, and a server that is killed: in the end every phone
// knows what the server knows, and every event is there once.
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Api, newMentorId, openApi } from '@/e2e/api/harness'
import { history, type Outcome, playHistory } from '@/e2e/phone/history'
import type { Network } from '@/e2e/phone/phone'
import { type AppProcess, startApp, until } from './app-process'

let api: Api
beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api.close())

async function expectSettled(server: Network, mentorId: string, { phones, acted }: Outcome): Promise<void> {
  const response = await server(`/api/v1/mentor-status-sync/${mentorId}`, {})
  const known = response.status === 404 ? null : await response.json()
  for (const phone of phones) {
    // a transaction anywhere in the cluster holds back what was committed after it began
    await vi.waitFor(
      async () => {
        await phone.sync()
        expect(phone.kept).toMatchObject({ snapshot: known, queue: [], refused: [] })
      },
      { timeout: 10_000, interval: 50 },
    )
  }
  const { rows } = await api.db.query(
    `SELECT e.event_type, to_char(e.client_timestamp, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS client_timestamp
     FROM sync_event e JOIN mentor m ON m.key = e.mentor_key WHERE m.mentor_id = $1 AND e.client_timestamp IS NOT NULL`,
    [mentorId],
  )
  const keyOf = (event: { event_type: string; client_timestamp: string }) =>
    `${event.client_timestamp} ${event.event_type}`
  expect(rows.map(keyOf).sort()).toEqual(acted.map(keyOf).sort())
}

describe('phones that lose, repeat and reorder what they send', () => {
  it('end where the server is, with every event there once', async () => {
    const now = Date.parse('2026-03-26T10:00:00Z')
    await fc.assert(
      // ten mentors at once, as it is in life
      fc.asyncProperty(fc.array(history, { minLength: 10, maxLength: 10 }), async (histories) => {
        const played = await Promise.all(
          histories.map(async (steps) => {
            const mentorId = newMentorId()
            return { mentorId, outcome: await playHistory(steps, mentorId, api.fetch, () => now) }
          }),
        )
        for (const { mentorId, outcome } of played) await expectSettled(api.fetch, mentorId, outcome)
      }),
      { numRuns: 50 },
    )
  }, 180_000)
})

describe('phones of a server that is killed', () => {
  it('end where the server is, with every event there once', async () => {
    let app: AppProcess = await startApp({ DATABASE_URL: api.url }, 'ignore')
    let answered = 0
    const server: Network = async (path, init) => {
      const answer = await fetch(app.url + path, init)
      answered++
      return answer
    }
    let playing = true
    let kills = 0
    const killing = (async () => {
      while (playing) {
        const enough = answered + 40
        await until('the server has work', 30_000, async () => answered >= enough || !playing)
        await app.kill()
        kills++
        app = await startApp({ DATABASE_URL: api.url }, 'ignore')
      }
    })()
    const outcomes = await Promise.all(
      fc.sample(history, 20).map(async (steps) => {
        const mentorId = newMentorId()
        const long = [...steps, ...steps, ...steps]
        return { mentorId, outcome: await playHistory(long, mentorId, server, Date.now, 60_000) }
      }),
    )
    playing = false
    await killing
    for (const { mentorId, outcome } of outcomes) {
      await expectSettled(server, mentorId, outcome)
    }
    expect(kills).toBeGreaterThanOrEqual(3)
    await app.stop()
  }, 120_000)
})
