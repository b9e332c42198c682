import pg from 'pg'
import { expect } from 'vitest'
import { type Api, newMentorId } from './harness'

export const CERTIFICATIONS = '/api/v1/certifications'
export const RUN = `${CERTIFICATIONS}/expiry-job/run`
export const PLANS = `${CERTIFICATIONS}/expiry-job/plans`
export const LOGS = `${CERTIFICATIONS}/expiry-job/logs`

export const EXPIRED = { issued_at: '2023-03-01T00:00:00Z', expires_at: '2026-03-01T00:00:00Z' }
export const VALID = { issued_at: '2024-06-15T00:00:00Z', expires_at: '2027-06-15T00:00:00Z' }

export const PAUSED = {
  event_type: 'PauseMentorEvent',
  origin: 'server',
  accepted: true,
  resulting_status: 'paused',
  acknowledged_at: null,
}
export const RESUMED = { ...PAUSED, event_type: 'ResumeMentorEvent', resulting_status: 'active' }

interface MentorState {
  paused_by_hand: boolean
  paused_by_certification: boolean
  revision: number
}

/** What the specs of the expiry job do and look up; `api` is asked for when it is needed, as it opens in `beforeAll`. */
export function expiryJobSteps(api: () => Api) {
  async function record(mentor_id: string, given: object = EXPIRED): Promise<string> {
    const answer = await api().post(CERTIFICATIONS, { mentor_id, certification_type: 'peer_mentor_basic', ...given })
    expect(answer.status, answer.text).toBe(201)
    return answer.body.certification_id
  }

  async function lapsedMentor(): Promise<{ mentor: string; certification: string }> {
    const mentor = newMentorId()
    return { mentor, certification: await record(mentor) }
  }

  async function run(body?: object, headers?: Record<string, string>) {
    const answer = await api().post(RUN, body, headers)
    expect(answer.status, answer.text).toBe(200)
    return answer.body
  }

  const makePlan = async (): Promise<string> => (await run({ dry_run: true })).job_run_id

  /** Carries a plan out, and expects that to work. */
  async function carriedOut(plan: string, more = '') {
    const answer = await api().post(`${RUN}?plan=${plan}${more}`)
    expect(answer.status, answer.text).toBe(200)
    return answer.body
  }

  async function stateOf(mentor: string): Promise<MentorState> {
    const { rows } = await api().db.query(
      'SELECT paused_by_hand, paused_by_certification, revision::int FROM mentor WHERE mentor_id = $1',
      [mentor],
    )
    return rows[0]
  }

  async function eventsOf(mentor: string) {
    const { rows } = await api().db.query(
      `SELECT event_type, origin, accepted, resulting_status, acknowledged_at FROM sync_event
       WHERE mentor_key = (SELECT key FROM mentor WHERE mentor_id = $1) ORDER BY key`,
      [mentor],
    )
    return rows
  }

  const pauseByHand = (mentor: string) =>
    api().db.query('UPDATE mentor SET paused_by_hand = true WHERE mentor_id = $1', [mentor])

  const logsOf = async (mentor: string) => (await api().get(`${LOGS}?mentor_id=${mentor}`)).body.data

  /** Resolves once some connection waits for a lock in the test's database. */
  async function someoneWaits(): Promise<number> {
    for (;;) {
      const { rows } = await api().db.query(
        `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      )
      if (rows[0]) return rows[0].pid
    }
  }

  /** A connection of its own that holds the mentor's row. */
  async function holdMentor(mentor: string): Promise<pg.Client> {
    const holder = new pg.Client({ connectionString: api().url })
    await holder.connect()
    await holder.query('BEGIN')
    await holder.query('SELECT FROM mentor WHERE mentor_id = $1 FOR UPDATE', [mentor])
    return holder
  }

  return {
    record,
    lapsedMentor,
    run,
    makePlan,
    carriedOut,
    stateOf,
    eventsOf,
    pauseByHand,
    logsOf,
    someoneWaits,
    holdMentor,
  }
}
