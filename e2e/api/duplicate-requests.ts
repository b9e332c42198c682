import { expect } from 'vitest'
import { type Answered, type Api, newMentorId } from './harness'

export const EVENTS = '/api/v1/duplicate-events'
export const NOW = '2026-03-26T10:00:00Z'

export interface Draft {
  peer_id?: string
  activity_type_id?: string
  date?: string
  draft_activity?: Record<string, unknown>
}

let slots = 0
/** A mentor and an activity type that no other test uses, so that tests of one organisation do not meet. */
export function newSlot(): { peer_id: string; activity_type_id: string; date: string } {
  return { peer_id: newMentorId(), activity_type_id: `act-type-t${++slots}`, date: '2026-03-20' }
}

export const session = { title: 'Samtalegruppe', duration_minutes: 60, location: 'Rom 4B' }

export function postCheck(api: Api, draft: Draft, headers = {}): Promise<Answered> {
  return api.post(EVENTS, { event_type: 'check', draft_activity: session, ...draft }, headers)
}

export function postMerge(api: Api, body: Draft & { duplicate_check_id?: string }): Promise<Answered> {
  return api.post(EVENTS, { event_type: 'merge', ...body })
}

/** Posts a draft and lets its check end. Returns the event's id. */
export async function check(api: Api, draft: Draft, ends?: string): Promise<string> {
  const posted = await postCheck(api, draft)
  expect(posted.status, posted.text).toBe(201)
  await api.finishJobs()
  if (ends !== undefined) expect(await stateOf(api, posted.body.id)).toBe(ends)
  return posted.body.id
}

export const put = (api: Api, id: string, body: unknown, headers = {}) => api.put(`${EVENTS}/${id}`, body, headers)
export const resolve = (api: Api, id: string, decision: object = {}) => put(api, id, { state: 'resolved', ...decision })
export const stateOf = async (api: Api, id: string): Promise<string> => (await api.get(`${EVENTS}/${id}`)).body.state

/** As if no worker had come to this check yet: the event is `checking`, and no job is queued. */
export async function holdCheck(api: Api, id: string): Promise<void> {
  await api.db.query(
    `WITH held AS (UPDATE duplicate_event SET state = 'checking' WHERE number = $1 RETURNING key)
     DELETE FROM duplicate_candidate WHERE event_key IN (SELECT key FROM held)`,
    [id.slice(4)],
  )
}

export interface ActivityRow {
  id: string
  mentor_id: string
  activity_type_id: string
  date: string
  title: string | null
  duration_minutes: number | null
  location: string | null
  starts_at: string | null
  participant_count: number | null
  notes: string | null
  extra: Record<string, unknown>
  co_leaders: string[]
}

/** The kept activities of these mentors, oldest first. */
export async function activitiesOf(api: Api, ...mentorIds: string[]): Promise<ActivityRow[]> {
  const { rows } = await api.db.query(
    `SELECT a.id, m.mentor_id, a.activity_type_id, a.date::text AS date, a.title, a.duration_minutes, a.location, a.starts_at,
       a.participant_count, a.notes, a.extra,
       ARRAY(SELECT l.mentor_id FROM activity_co_leader c JOIN mentor l ON l.key = c.mentor_key WHERE c.activity_key = a.key) AS co_leaders
     FROM activity a JOIN mentor m ON m.key = a.mentor_key WHERE m.mentor_id = ANY($1) ORDER BY a.key`,
    [mentorIds],
  )
  return rows
}

export async function revisionOf(api: Api, mentorId: string): Promise<number> {
  const { rows } = await api.db.query('SELECT revision::int AS revision FROM mentor WHERE mentor_id = $1', [mentorId])
  return rows[0].revision
}

export async function actionsOf(api: Api, id: string): Promise<string[]> {
  const { rows } = await api.db.query('SELECT action FROM change WHERE id = $1 ORDER BY position', [id])
  return rows.map(({ action }) => action)
}

/** Queues the check of an event, as the server does. */
export async function enqueueCheck(api: Api, id: string): Promise<void> {
  await api.db.query(
    `SELECT graphile_worker.add_job('check-duplicates', json_build_object('org', org_id, 'event', key))
     FROM duplicate_event WHERE number = $1`,
    [id.slice(4)],
  )
}

/** A kept activity and a draft that may duplicate it, of one mentor or of two. */
export async function makePair(
  api: Api,
  draft_activity: object = session,
  options: { kept?: object; twoMentors?: boolean } = {},
) {
  const slot = newSlot()
  const peer_id = options.twoMentors ? newMentorId() : slot.peer_id
  await check(api, { ...slot, draft_activity: { ...session, ...options.kept } }, 'clear')
  const id = await check(
    api,
    { ...slot, peer_id, draft_activity: { ...session, ...draft_activity } },
    'duplicate_found',
  )
  const [kept] = await activitiesOf(api, slot.peer_id)
  if (!kept) throw new Error('nothing was kept')
  return { slot, id, kept, draftMentor: peer_id, activities: () => activitiesOf(api, slot.peer_id, peer_id) }
}

/** What the decision on an event did to each field; null where none stands. */
export async function receiptOf(api: Api, id: string) {
  const { rows } = await api.db.query(
    `SELECT r.content FROM duplicate_receipt r JOIN duplicate_event e ON e.key = r.event_key
     WHERE e.number = $1 AND r.undone_at IS NULL`,
    [id.slice(4)],
  )
  return rows[0]?.content ?? null
}
