import { expect } from 'vitest'
import { type Api, newMentorId } from './harness'

export const LIST = '/api/v1/certifications'

interface Given {
  mentor_id: string
  certification_type: string
  issued_at: string
  expires_at: string
}

/** A certification's body; of a mentor of its own where none is given. */
export function draft(given: Partial<Given> = {}): Given {
  return {
    mentor_id: newMentorId(),
    certification_type: 'peer_mentor_basic',
    issued_at: '2024-06-15T00:00:00Z',
    expires_at: '2027-06-15T00:00:00Z',
    ...given,
  }
}

/** Records a certification and returns its id. */
export async function recordIn(api: Api, given: Partial<Given> = {}): Promise<string> {
  const answer = await api.post(LIST, draft(given))
  expect(answer.status, answer.text).toBe(201)
  return answer.body.certification_id
}

/** The ids that the list shows for a query. */
export async function idsIn(api: Api, query: string): Promise<string[]> {
  const answer = await api.get(`${LIST}?limit=100&${query}`)
  expect(answer.status, answer.text).toBe(200)
  return answer.body.data.map((item: { certification_id: string }) => item.certification_id)
}
