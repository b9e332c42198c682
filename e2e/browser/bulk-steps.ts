import { randomUUID } from 'node:crypto'
import { type APIRequestContext, expect, type Page } from '@playwright/test'

export const ACKNOWLEDGE = '**/api/v1/mentor-status-sync/events/acknowledge'

export interface Own {
  readonly mentor: string
  readonly name: string
  readonly ids: readonly string[]
}

/** A mentor of the test's own, who has reported `count` pauses: the list of one mentor is nobody else's. */
export async function report(request: APIRequestContext, count: number): Promise<Own> {
  const mark = randomUUID().slice(0, 8)
  const mentor = `bulk-${mark}`
  const name = `Åse Mengde ${mark}`
  expect((await request.put(`/api/v1/mentors/${mentor}`, { data: { full_name: name } })).status()).toBe(200)
  return { mentor, name, ids: await send(request, mentor, 0, count) }
}

export async function send(request: APIRequestContext, mentor: string, from: number, count: number): Promise<string[]> {
  const events = Array.from({ length: count }, (_, index) => ({
    event_type: 'PauseMentorEvent',
    mentor_id: mentor,
    reason: 'Reiser bort',
    client_timestamp: new Date(Date.UTC(2001, 0, 1, 0, from + index)).toISOString(),
  }))
  const answer = await request.post('/api/v1/mentor-status-sync/events/batch', { data: { events } })
  expect(answer.status()).toBe(200)
  return (await answer.json()).results.map((result: { sync_event_id: string }) => result.sync_event_id)
}

/** The inbox is everybody's: nothing of a test's own stays in it. */
export async function clear(request: APIRequestContext, { ids }: Pick<Own, 'ids'>): Promise<void> {
  await request.post('/api/v1/mentor-status-sync/events/acknowledge', { data: { ids } })
}

export const listOf = (own: Own, more = '') => `/sync-events?mentor_id=${own.mentor}${more}`
export const rowAt = (page: Page, place: number) => page.getByRole('row').nth(place)
export const rowOf = (page: Page, id: string) => page.locator(`[data-row="${id}"]`)
