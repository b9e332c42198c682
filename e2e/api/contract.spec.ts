import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import examples from '@/lib/openapi/contract-examples.json'
import { type Api, openApi } from './harness'

interface Example {
  service: string
  method: string
  documentedPath: string
  path: string
  request?: unknown
  response: Record<string, unknown>
}

interface Expectation {
  status?: number
  /** What stands for the parameter in the path. */
  id?: string
  query?: string
  /** Members whose value cannot be the example's: what they must look like instead. */
  differs?: Record<string, unknown>
}

const now = '2026-03-26T10:00:00Z'
const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
const crockford = (prefix: string) => expect.stringMatching(new RegExp(`^${prefix}_[0-9A-HJKMNP-TV-Z]{8}$`))

// Why an answer differs from its example: a new id, the clock of the test, or one of the contracts' own contradictions.
const expectations: Record<string, Expectation> = {
  'GET /api/v1/certifications': { query: '?certification_type=peer_mentor_basic' },
  'GET /api/v1/certifications/:id': { id: 'cert_03PQ7SY1' },
  'POST /api/v1/certifications': { status: 201, differs: { certification_id: crockford('cert'), created_at: now } },
  'PUT /api/v1/certifications/:id': { id: 'cert_03PQ7SY1', differs: { updated_at: now } },
  'DELETE /api/v1/certifications/:id': { id: 'cert_03PQ7SY1', differs: { deleted_at: now } },
  'POST /api/v1/certifications/expiry-job/run': {
    differs: {
      job_run_id: expect.stringMatching(/^job_26MAR2026_\d\d$/),
      started_at: time,
      completed_at: time,
      mentors_scanned: expect.any(Number),
      expired_found: expect.any(Number),
      auto_paused: expect.any(Number),
    },
  },
  'GET /api/v1/certifications/expiry-job/logs': { query: '?mentor_id=mntr_02BY7M3RL' },
  // the snapshot wins over the list: the last event is the enrolment of 07:05
  'GET /api/v1/certification-bloc': {
    query: '?mentor_id=mentor-42',
    differs: { last_event: 'EnrolInCourseEvent', last_event_at: '2026-03-26T07:05:00Z' },
  },
  'GET /api/v1/certification-bloc/:mentorId': { id: 'mentor-42' },
  'POST /api/v1/certification-bloc/events': {
    status: 201,
    differs: { id: expect.stringMatching(/^evt-bloc-\d{4,}$/), created_at: now },
  },
  'PUT /api/v1/certification-bloc/events/:id': { id: 'evt-bloc-0091', differs: { updated_at: now } },
  'DELETE /api/v1/certification-bloc/events/:id': { id: 'evt-bloc-0091' },
  'GET /api/v1/peer-mentor-bloc/:mentor_id': { id: 'mentor_a1b2c3', differs: { loaded_at: time } },
  'GET /api/v1/peer-mentor-bloc': { query: '?q=kari.nordmann' },
  'POST /api/v1/peer-mentor-bloc': { status: 202 },
  'PUT /api/v1/peer-mentor-bloc/:mentor_id': {
    id: 'mentor_a1b2c3',
    differs: { previous_loaded_at: time, refresh_dispatched_at: now },
  },
  'DELETE /api/v1/peer-mentor-bloc/:mentor_id': { id: 'mentor_a1b2c3' },
  'GET /api/v1/mentor-status-sync': { query: '?mentor_id=mntr_01HX4V2K8P' },
  // the list shows the pause as pending, so the snapshot does too
  'GET /api/v1/mentor-status-sync/:id': {
    id: 'mntr_01HX4V2K8P',
    differs: { pending_events: [expect.objectContaining({ sync_event_id: 'evt_XP2KL9RQ' })] },
  },
  'POST /api/v1/mentor-status-sync/events': {
    status: 201,
    differs: { sync_event_id: crockford('evt'), server_timestamp: now, created_at: now },
  },
  'PUT /api/v1/mentor-status-sync/events/:id': { id: 'evt_XP2KL9RQ', differs: { updated_at: now } },
  'DELETE /api/v1/mentor-status-sync/events/:id': { id: 'evt_XP2KL9RQ', differs: { deleted_at: now } },
  'GET /api/v1/duplicate-events': { query: '?peer_id=peer-0091' },
  'GET /api/v1/duplicate-events/:id': { id: 'evt-5501' },
  'POST /api/v1/duplicate-events': {
    status: 201,
    differs: {
      id: expect.stringMatching(/^evt-\d{4,}$/),
      duplicate_check_id: expect.stringMatching(/^dc-\d{4,}$/),
      dispatched_at: now,
    },
  },
  'PUT /api/v1/duplicate-events/:id': { id: 'evt-5501', differs: { last_updated_at: now } },
  'DELETE /api/v1/duplicate-events/:id': { id: 'evt-5501' },
}

describe.each(['documented', 'short'] as const)(
  'the contract examples by their %s paths, in the documented order',
  (form) => {
    let api: Api
    beforeAll(async () => {
      api = await openApi({ sample: true, now })
    })
    afterAll(() => api.close())

    it.each(examples as Example[])('$method $path', async (example) => {
      const name = `${example.method} ${example.path}`
      const { status = 200, id = '', query = '', differs = {} } = expectations[name] ?? {}
      const path = (form === 'short' ? example.path : example.documentedPath).replace(/:\w+$/, id) + query
      const answered = await api.request(example.method, path, { body: example.request })
      expect(answered.status, answered.text).toBe(status)
      expect(answered.headers.get('x-ignored')).toBeNull()
      const wanted = example.response
      if (!('pagination' in wanted)) {
        expect(answered.body).toEqual({ ...wanted, ...differs })
        expect(Object.keys(answered.body)).toEqual(Object.keys(wanted))
        return
      }
      expect(Object.keys(answered.body)).toEqual(['data', 'pagination'])
      expect(answered.body.pagination).toEqual({ page: 1, limit: 20, total: expect.any(Number) })
      for (const item of wanted.data as Record<string, unknown>[]) {
        const all = await everyPage(api, path)
        expect(all).toContainEqual({ ...item, ...differs })
        expect(Object.keys(all[0] ?? {})).toEqual(Object.keys(item))
      }
    })
  },
)

async function everyPage(api: Api, path: string): Promise<Record<string, unknown>[]> {
  const all: Record<string, unknown>[] = []
  for (let page = 1; ; page++) {
    const { body } = await api.get(`${path}&limit=100&page=${page}`)
    all.push(...body.data)
    if (body.data.length === 0) return all
  }
}
