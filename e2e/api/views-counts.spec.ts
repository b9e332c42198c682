import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Api, newMentorId, openApi } from './harness'
import { certify, listed, pause } from './sync-requests'

const COUNTS = '/api/v1/views/counts'
let api: Api
beforeAll(async () => {
  api = await openApi({ sample: true })
})
afterAll(() => api.close())

it('counts what the lists hold', async () => {
  const { body } = await api.get(COUNTS)
  const pending = await listed(api, 'origin=app&limit=1')
  const reviews = (await api.get('/api/v1/duplicate-events?state=duplicate_found&limit=1')).body
  expect(body.sync_events).toBe(pending.pagination.total)
  expect(body.duplicates).toBe(reviews.pagination.total + body.changed_pairs + body.failed_events)
  expect(body.sync_events).toBeGreaterThan(0)
  expect(body.duplicates).toBeGreaterThan(0)
})

it('moves with what is written', async () => {
  const before = (await api.get(COUNTS)).body
  const mentor_id = newMentorId()
  await pause(api, { mentor_id, client_timestamp: '2026-03-26T09:00:00Z' })
  await certify(api, mentor_id, '2026-04-01T10:00:00Z')
  const after = (await api.get(COUNTS)).body
  expect(after.sync_events).toBe(before.sync_events + 1)
  expect(after.certifications).toBe(before.certifications + 1)
  expect(after.as_of >= before.as_of).toBe(true)
})
