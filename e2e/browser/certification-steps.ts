// Certifications of a test's own, and where the screen of the warnings shows them.
import { randomInt, randomUUID } from 'node:crypto'
import { type APIRequestContext, expect, type Page } from '@playwright/test'

const MINUTE = 60_000
export const HOUR = 60 * MINUTE
const OSLO = { timeZone: 'Europe/Oslo' } as const

/** Everything that expires within seven days on one page: what a test made stands first. */
export const WEEK = '/certifications?window=7&limit=100'

export interface Own {
  readonly id: string
  readonly name: string
  readonly certification: string
  readonly expiresAt: string
}

/** A mentor of the test's own, whose certification expires at a moment, after a term of three years. */
export async function certify(request: APIRequestContext, expires: Date): Promise<Own> {
  const mark = randomUUID().slice(0, 8)
  const own = { id: `expiry-${mark}`, name: `Ågot Utløp ${mark}` }
  expect((await request.put(`/api/v1/mentors/${own.id}`, { data: { full_name: own.name } })).status()).toBe(200)
  const issued = new Date(expires)
  issued.setUTCFullYear(issued.getUTCFullYear() - 3)
  const data = {
    mentor_id: own.id,
    certification_type: 'peer_mentor_basic',
    issued_at: issued.toISOString(),
    expires_at: expires.toISOString(),
  }
  const answer = await request.post('/api/v1/certifications', { data })
  expect(answer.status()).toBe(201)
  const { certification_id, expires_at } = await answer.json()
  return { ...own, certification: certification_id, expiresAt: expires_at }
}

/** Expires within the hour, and so stands first of what has not expired yet. */
export const soon = (request: APIRequestContext) => certify(request, new Date(Date.now() + HOUR))

/** Expired so long ago that it stands first of the expired. */
export const longAgo = (request: APIRequestContext) => certify(request, new Date('2001-03-01T00:00:00Z'))

export const rowOf = (page: Page, own: Own) => page.getByRole('row').filter({ hasText: own.name })
export const renewButton = (page: Page, own: Own) =>
  page.getByRole('button', { name: `Forny Grunnsertifisering for ${own.name}` })

export function norwegianDay(moment: Date): string {
  return moment.toLocaleDateString('nb', { day: 'numeric', month: 'long', year: 'numeric', ...OSLO })
}

export function yearsAfter(moment: string | number, years: number): Date {
  const later = new Date(moment)
  later.setUTCFullYear(later.getUTCFullYear() + years)
  return later
}

/** Several that expire one after the other in a second that no other test takes, and so stand one below the other. */
export async function severalSoon(request: APIRequestContext, count: number): Promise<readonly Own[]> {
  const first = Math.trunc(Date.now() / 1000) * 1000 + 20 * MINUTE + randomInt(1000) * 1000
  const made: Own[] = []
  for (let n = 0; n < count; n++) made.push(await certify(request, new Date(first + n)))
  return made
}

/** What is stored of a certification. */
export async function stored(request: APIRequestContext, own: Own) {
  return (await request.get(`/api/v1/certifications/${own.certification}`)).json()
}
