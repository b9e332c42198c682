// Mentors of a test's own: tests share one database.
import { randomUUID } from 'node:crypto'
import { type APIRequestContext, expect } from '@playwright/test'

const DAY = 86_400_000

/** A day that is the test's own: what two mentors log on one day under similar words may be one session. */
export function ownDay(mark: string, daysBefore = 0): string {
  const days = (Number.parseInt(mark, 16) % 40_000) + 100 + daysBefore
  return new Date(Date.now() - days * DAY).toISOString().slice(0, 10)
}

/** A mentor with a name that nobody else has. */
export async function registerMentor(request: APIRequestContext) {
  const mark = randomUUID().slice(0, 8)
  const mentor = { id: `probe-${mark}`, name: `Åse Prøve-Ødegård ${mark}`, mark }
  const email = `ase.${mark}@likeperson.example`
  const answer = await request.put(`/api/v1/mentors/${mentor.id}`, { data: { full_name: mentor.name, email } })
  expect(answer.status()).toBe(200)
  return mentor
}

/** Several mentors whose names share a word that nobody else's have, in the order of their names. */
export async function registerMentors(request: APIRequestContext, count: number) {
  const mark = `gruppe${randomUUID().slice(0, 8)}`
  const mentors = Array.from({ length: count }, (_, index) => {
    const number = String(index + 1).padStart(2, '0')
    return { id: `${mark}-${number}`, name: `Nr. ${number} ${mark}` }
  })
  for (const { id, name } of mentors) {
    expect((await request.put(`/api/v1/mentors/${id}`, { data: { full_name: name } })).status()).toBe(200)
  }
  return { mark, mentors }
}

/** Gives a mentor a certification whose last day lies so many days ahead. */
export async function certify(request: APIRequestContext, mentorId: string, daysLeft: number) {
  const at = (days: number) => new Date(Date.now() + days * DAY).toISOString()
  const data = {
    mentor_id: mentorId,
    certification_type: 'peer_mentor_basic',
    issued_at: at(daysLeft - 1095),
    expires_at: at(daysLeft),
  }
  expect((await request.post('/api/v1/certifications', { data })).status()).toBe(201)
}

export async function sendEvents(request: APIRequestContext, events: readonly object[]) {
  const answer = await request.post('/api/v1/mentor-status-sync/events/batch', { data: { events } })
  expect(answer.status()).toBe(200)
}

export async function statusOf(request: APIRequestContext, mentorId: string): Promise<string> {
  return (await (await request.get(`/api/v1/mentor-status-sync/${mentorId}`)).json()).status
}

/** Runs the expiry job; tests beside this one may be running it. */
export async function runExpiryJob(request: APIRequestContext) {
  await expect
    .poll(async () => (await request.post('/api/v1/certifications/expiry-job/run')).status(), { timeout: 20_000 })
    .toBe(200)
}
