// Drafts that wait in the queue, of mentors of a test's own: the list of one mentor is nobody else's.
import { type APIRequestContext, type BrowserContext, expect, type Page } from '@playwright/test'
import { ownDay, registerMentor } from './probe-mentors'

const EVENTS = '/api/v1/duplicate-events'

export interface Own {
  readonly mentor: string
  readonly name: string
  readonly mark: string
  /** Events that wait, in the order in which they came. */
  readonly ids: readonly string[]
}

interface Draft {
  readonly mentor: string
  readonly type: string
  readonly date: string
  readonly draft: object
}

export async function stateOf(request: APIRequestContext, id: string): Promise<string> {
  return (await (await request.get(`${EVENTS}/${id}`)).json()).state
}

/** Sends drafts as phones do, in their order, and waits for the ends of their checks. */
async function sendDrafts(request: APIRequestContext, drafts: readonly Draft[], ends: string): Promise<string[]> {
  const ids: string[] = []
  for (const { mentor, type, date, draft } of drafts) {
    const data = { event_type: 'check', peer_id: mentor, activity_type_id: type, date, draft_activity: draft }
    const answer = await request.post(EVENTS, { data })
    expect(answer.status()).toBe(201)
    ids.push((await answer.json()).id)
  }
  for (const id of ids) await expect.poll(() => stateOf(request, id), { timeout: 30_000 }).toBe(ends)
  return ids
}

/** So many sessions of one mentor, too far apart to be taken for each other. */
function sessionsOf(mentor: string, mark: string, count: number): Draft[] {
  return Array.from({ length: count }, (_, index) => ({
    mentor,
    type: `act-type-${mark}-${index}`,
    date: ownDay(mark, (index + 1) * 5),
    draft: {
      title: `Prøvegruppa ${index + 1} ${mark}`,
      duration_minutes: 60,
      starts_at: '18:00',
      participant_count: 8,
    },
  }))
}

/** A mentor who has sent so many sessions twice: the second time with the place, which the first time was blank, and `more`. */
export async function sendPairs(request: APIRequestContext, count: number, more: object = {}): Promise<Own> {
  const { id: mentor, name, mark } = await registerMentor(request)
  const sessions = sessionsOf(mentor, mark, count)
  await sendDrafts(request, sessions, 'clear')
  const again = sessions.map((session) => ({ ...session, draft: { ...session.draft, location: 'Rom 4B', ...more } }))
  return { mentor, name, mark, ids: await sendDrafts(request, again, 'duplicate_found') }
}

/** A session of `own` that a second mentor has sent as well. Returns the second one's queue. */
export async function sendOfTwo(request: APIRequestContext, own: Own): Promise<Own> {
  const second = await registerMentor(request)
  const [session] = sessionsOf(own.mentor, own.mark, 1) as [Draft]
  const draft = { ...session.draft, location: 'Rom 4B' }
  const ids = await sendDrafts(request, [{ ...session, mentor: second.id, draft }], 'duplicate_found')
  return { mentor: second.id, name: second.name, mark: second.mark, ids }
}

/** Has the first session of `own` sent once more, with `more`, and merged into its activity. */
export async function mergeOneMore(request: APIRequestContext, own: Own, more: object): Promise<void> {
  const [session] = sessionsOf(own.mentor, own.mark, 1) as [Draft]
  const again = { ...session, draft: { ...session.draft, location: 'Rom 4B', ...more } }
  const [id] = await sendDrafts(request, [again], 'duplicate_found')
  await decide(request, String(id), 'merge')
}

export async function decide(request: APIRequestContext, id: string, resolution: string): Promise<void> {
  expect((await request.put(`${EVENTS}/${id}`, { data: { state: 'resolved', resolution } })).status()).toBe(200)
}

/** From now on nothing that others do to a review reaches these pages. Answers how to let it through again. */
export async function freezeReview(pages: Page | BrowserContext, request: APIRequestContext, id: string) {
  const path = `${EVENTS}/${id}/review`
  const json = await (await request.get(path)).json()
  await pages.route(`**${path}`, (route) => route.fulfill({ json }))
  return () => pages.unroute(`**${path}`)
}

/** The queue is everybody's: nothing of a test's own stays in it. */
export async function clear(request: APIRequestContext, { ids }: Pick<Own, 'ids'>): Promise<void> {
  for (const id of ids) {
    await request.put(`${EVENTS}/${id}`, { data: { state: 'resolved', resolution: 'discard_draft' } })
  }
}

export const queueOf = (own: Own, more = '') => `/duplicates?mentor_id=${own.mentor}${more}`
export const rowOf = (page: Page, id: string) => page.locator(`[data-row="${id}"]`)
export const waitingRows = (page: Page) => page.locator('[data-row]')

/** Has decisions planned from the queue and opens the plan. Returns its address. */
export async function planWholePage(page: Page, own: Own): Promise<string> {
  await page.goto(queueOf(own))
  await page.getByRole('checkbox', { name: 'Velg alle på denne siden' }).check()
  await page.getByRole('button', { name: /^Forhåndsvis/ }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Forhåndsvis/ })
    .click()
  await expect(page.getByRole('heading', { name: 'Plan: ingenting er avgjort ennå' })).toBeVisible()
  return page.url()
}
