import { expect } from 'vitest'
import type { Api } from './harness'

export const BASE = '/api/v1/certification-bloc'
export const EVENTS = `${BASE}/events`
export const NOW = '2026-03-26T10:00:00Z'

export const emit = (api: Api, mentor_id: string, event_type: string, payload?: unknown, headers = {}) =>
  api.post(EVENTS, { mentor_id, event_type, ...(payload !== undefined && { payload }) }, headers)
export const load = (api: Api, mentor_id: string) => emit(api, mentor_id, 'LoadCertificationEvent')
export const enrol = (api: Api, mentor_id: string, course_id: string) =>
  emit(api, mentor_id, 'EnrolInCourseEvent', { course_id })
export const renew = (api: Api, mentor_id: string, payload: object) =>
  emit(api, mentor_id, 'RecordRenewalEvent', payload)
export const snapshot = async (api: Api, mentorId: string) => (await api.get(`${BASE}/${mentorId}`)).body
export const entries = async (api: Api, query: string) => (await api.get(`${BASE}?${query}`)).body

/** Records a certification of a year, unless other dates are given; answers its id. */
export async function certify(
  api: Api,
  mentor_id: string,
  dates: { issued_at?: string; expires_at?: string; certification_type?: string } = {},
) {
  const { body, status } = await api.post('/api/v1/certifications', {
    mentor_id,
    certification_type: 'peer_mentor_level_2',
    issued_at: '2026-03-01T00:00:00Z',
    expires_at: '2027-03-01T00:00:00Z',
    ...dates,
  })
  expect(status).toBe(201)
  return body.certification_id as string
}

/** Does the work with the clock moved. */
export async function at(api: Api, now: string, work: () => Promise<unknown>): Promise<void> {
  await api.setNow(now)
  try {
    await work()
  } finally {
    await api.setNow(NOW)
  }
}
