import { expect } from 'vitest'
import { LIST, recordIn } from './certification-requests'
import { type Api, newMentorId } from './harness'

export const VIEW = '/api/v1/views/certification-warnings'
export const RENEWALS = `${LIST}/renewals`

/** Twenty days ahead of the contracts' time. */
export const SOON = '2026-04-15T10:00:00Z'
export const REASON = { reason: 'Is booked on the course in May', owner: 'Kari Nordmann' }

export const snoozeOf = (id: string) => `${LIST}/${id}/snooze`

/** What the specs of the warnings do; `api` is asked for when it is needed, as it opens in `beforeAll`. */
export function warningSteps(api: () => Api) {
  async function warn(given: { mentor_id?: string; expires_at?: string } = {}) {
    const mentor = given.mentor_id ?? newMentorId()
    const id = await recordIn(api(), {
      mentor_id: mentor,
      issued_at: '2023-04-15T10:00:00Z',
      expires_at: given.expires_at ?? SOON,
    })
    return { id, mentor }
  }

  const snooze = (id: string, given: object = {}, headers = {}) =>
    api().put(snoozeOf(id), { until: '2026-04-09', ...REASON, ...given }, headers)

  async function view(window: string, query = '') {
    const answer = await api().get(`${VIEW}?window=${window}&limit=100${query}`)
    expect(answer.status, answer.text).toBe(200)
    return answer.body
  }

  /** The ids that a window shows, on its first page of a hundred. */
  async function shown(window: string): Promise<string[]> {
    return (await view(window)).data.map((warning: { certification_id: string }) => warning.certification_id)
  }

  async function isShown(id: string, window: string): Promise<boolean> {
    return (await shown(window)).includes(id)
  }

  async function changesOf(id: string) {
    const { rows } = await api().db.query(
      `SELECT c.action, c.before, c.after, c.revision::int, m.revision::int AS newest FROM change c JOIN mentor m ON m.key = c.mentor_key
       WHERE c.type = 'certification' AND c.id = $1 AND c.action LIKE 'snooze%' ORDER BY c.position`,
      [id],
    )
    return rows
  }

  return { warn, snooze, view, shown, isShown, changesOf }
}
