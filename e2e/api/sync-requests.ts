import { expect } from 'vitest'
import { type Answered, type Api, ORG } from './harness'

export const BASE = '/api/v1/mentor-status-sync'
export const EVENTS = `${BASE}/events`
export const NOW = '2026-03-26T10:00:00Z'

interface Sent {
  mentor_id: string
  client_timestamp?: string | null
  reason?: string | null
}

export const pause = (api: Api, sent: Sent, headers = {}) =>
  api.post(EVENTS, { event_type: 'PauseMentorEvent', ...sent }, headers)
export const resume = (api: Api, sent: Sent, headers = {}) =>
  api.post(EVENTS, { event_type: 'ResumeMentorEvent', ...sent }, headers)
export const snapshot = async (api: Api, mentorId: string) => (await api.get(`${BASE}/${mentorId}`)).body
export const listed = async (api: Api, query: string) => (await api.get(`${BASE}?${query}`)).body

/** How many events are stored for a mentor, deleted ones included. */
export async function storedEvents(api: Api, mentorId: string): Promise<number> {
  const { rows } = await api.db.query(
    `SELECT count(*)::int AS n FROM sync_event e JOIN mentor m ON m.key = e.mentor_key WHERE m.mentor_id = $1`,
    [mentorId],
  )
  return rows[0].n
}

/** Gives a mentor one current certification that ends at `expiresAt`. */
export async function certify(api: Api, mentorId: string, expiresAt: string): Promise<void> {
  await api.db.query(
    `WITH holder AS (
       INSERT INTO mentor (org_id, mentor_id, full_name, search_text, status_updated_at, first_expiry, last_expiry, created_at, updated_at)
       VALUES ($1, $2, $2, '', $4, $3, $3, $4, $4)
       ON CONFLICT (org_id, mentor_id) DO UPDATE SET first_expiry = $3, last_expiry = $3, revision = mentor.revision + 1 RETURNING key
     )
     INSERT INTO certification (org_id, mentor_key, certification_type, issued_at, expires_at, is_current, created_at, updated_at)
     SELECT $1, key, 'peer_mentor_basic', '2020-01-01Z', $3, true, $4, $4 FROM holder`,
    [ORG, mentorId, expiresAt, NOW],
  )
}

export function expectProblem(answered: Answered, status: number, code: string): void {
  expect(answered.status, answered.text).toBe(status)
  expect(answered.headers.get('content-type')).toBe('application/problem+json')
  expect(answered.body).toMatchObject({ status, code })
}
