import { randomUUID } from 'node:crypto'
import { type APIRequestContext, expect, type Page, test } from '@playwright/test'
import { ownDay } from './probe-mentors'
import { freezeReview } from './queue-steps'
import { examineLooks, openWithoutScripts, watchComplaints } from './screen'

// a draft is checked in the background, and each decision opens another review
test.describe.configure({ timeout: 60_000 })

const EVENTS = '/api/v1/duplicate-events'

interface Session {
  mentor: string
  type: string
  title: string
  date: string
}

/** A session of a mentor and a type that no other test has, with a title of its own. */
function newSession(): Session {
  const mark = randomUUID().slice(0, 8)
  return { mentor: `probe-${mark}`, type: `act-type-${mark}`, title: `Prøvegruppa ${mark}`, date: ownDay(mark) }
}

async function stateOf(request: APIRequestContext, id: string): Promise<string> {
  return (await (await request.get(`${EVENTS}/${id}`)).json()).state
}

/** Sends a draft as a phone does and waits for the end of its check. Returns the event's id. */
async function sendDraft(request: APIRequestContext, session: Session, draft: object, ends: string): Promise<string> {
  const answer = await request.post(EVENTS, {
    data: {
      event_type: 'check',
      peer_id: session.mentor,
      activity_type_id: session.type,
      date: session.date,
      draft_activity: { title: session.title, duration_minutes: 60, location: 'Rom 4B', ...draft },
    },
  })
  expect(answer.status()).toBe(201)
  const { id } = await answer.json()
  await expect.poll(() => stateOf(request, id), { timeout: 15_000 }).toBe(ends)
  return id
}

/** A draft that waits beside a kept activity of the same session. */
async function sendTwice(request: APIRequestContext, session: Session, first: object = {}, second: object = {}) {
  await sendDraft(request, session, first, 'clear')
  return sendDraft(request, session, second, 'duplicate_found')
}

/** Opens a review, ready for the keyboard. */
async function openReview(page: Page, id: string): Promise<void> {
  await page.goto(`/duplicates/${id}`)
  await expect(page.getByRole('heading', { level: 1, name: /^Mulig duplikat/ })).toBeFocused()
}

/** A promise to be kept by hand. */
function heldBack() {
  let resolve = () => {}
  const promise = new Promise<void>((keep) => {
    resolve = keep
  })
  return { promise, resolve: () => resolve() }
}

const field = (page: Page, name: string) => page.getByRole('row', { name })
const leave = (page: Page, id: string, timeout = 15_000) =>
  expect(page).not.toHaveURL(new RegExp(`/${id}$`), { timeout })

test('the queue shows both activities, what differs and why, and leads to the review', async ({ page, request }) => {
  const session = newSession()
  await sendTwice(request, session, {}, { duration_minutes: 65 })
  const complaints = watchComplaints(page)
  await page.goto(`/duplicates?mentor_id=${session.mentor}`)
  const row = page.getByRole('row', { name: session.title })
  await expect(row).toContainText('60 minutter')
  await expect(row).toContainText('65 minutter')
  await expect(row).toContainText('Varighet')
  await expect(row).toContainText('Taler for: samme tittel')
  await row.getByRole('link', { name: session.title }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Mulig duplikat', { timeout: 15_000 })
  await expect(page.getByRole('region', { name: 'Hvorfor de kan være samme aktivitet' })).toContainText('samme tittel')
  expect(complaints).toEqual([])
})

test('j skips to the next review and k goes back, with the focus ready for the next key', async ({ page, request }) => {
  // alike, so that they stand beside each other in the queue, in the order in which they came
  const first = await sendTwice(request, newSession())
  const second = await sendTwice(request, newSession())
  await openReview(page, first)
  await page.keyboard.press('j')
  await leave(page, first)
  await expect(page.getByRole('heading', { level: 1, name: /^Mulig duplikat/ })).toBeFocused()
  await page.keyboard.press('k')
  await expect(page).toHaveURL(new RegExp(`/${first}$`), { timeout: 15_000 })
  await expect(page.getByRole('heading', { level: 1, name: /^Mulig duplikat/ })).toBeFocused()
  for (const id of [first, second]) expect(await stateOf(request, id)).toBe('duplicate_found')
})

test('a choice tells at once what the merge does to the number that counts', async ({ page, request }) => {
  const short = { duration_minutes: 30, participant_count: 3 }
  const id = await sendTwice(request, newSession(), short, { duration_minutes: 45 })
  await openReview(page, id)
  const merge = page.getByRole('button', { name: 'Slå sammen' })
  await expect(merge).toHaveAccessibleDescription(/resultatet viser\.$/)
  await page.getByRole('radio', { name: 'Varighet: Utkast, 45 minutter' }).check()
  await expect(merge).toHaveAccessibleDescription(/Tellende: \+1$/)
  await page.keyboard.press('ArrowRight')
  await expect(merge).toHaveAccessibleDescription(/resultatet viser\.$/)
  await request.put(`${EVENTS}/${id}`, { data: { state: 'resolved', resolution: 'discard_draft' } })
})

test('of two drafts it says that one has to be decided first, and what can be said of two leaders then', async ({
  page,
  request,
}) => {
  const session = { ...newSession(), title: 'Samtalegruppe for pårørende' }
  const group = { title: session.title, starts_at: '18:00', participant_count: 6 }
  const first = await sendTwice(request, session, { title: 'Tur i marka', location: 'Sognsvann' }, group)
  const colleague = { ...session, mentor: `${session.mentor}-b` }
  const id = await sendDraft(request, colleague, group, 'duplicate_found')
  await openReview(page, id)
  await expect(page.getByText('Ledet de den samme økten, kan du si det her når det andre er ført.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Ledet sammen' })).toHaveCount(0)
  const { review_version } = await (await request.get(`${EVENTS}/${id}/review`)).json()
  const decisions = [{ id, review_version, resolution: 'co_led' }]
  const { batch_id } = await (await request.post(`${EVENTS}/batches`, { data: { decisions } })).json()
  await page.goto(`/duplicates/batches/${batch_id}`)
  await expect(field(page, session.title)).toContainText('Kan ikke avgjøres slik: se på utkastet for seg')
  await page.goBack()
  await page.getByText('Avgjør det først:').getByRole('link', { name: session.title }).click()
  await expect(page).toHaveURL(`/duplicates/${first}`)
  const put = (event: string, resolution: string) =>
    request.put(`${EVENTS}/${event}`, { data: { state: 'resolved', resolution } })
  await put(first, 'keep_both')
  await page.goto(`/duplicates/${id}`)
  await expect(page.getByRole('button', { name: 'Ledet sammen' })).toBeVisible()
  await put(id, 'co_led')
})

test('what others do shows by itself, and a verdict on what has moved on leads back with all that was typed', async ({
  page,
  request,
}) => {
  const id = await sendTwice(request, newSession(), {}, { duration_minutes: 75 })
  const put = async (data: object) => {
    expect((await request.put(`${EVENTS}/${id}`, { data })).status()).toBe(200)
  }
  const isTyped = async () => {
    await expect(page.getByRole('textbox', { name: 'Merknad' })).toHaveValue('Lengst er riktig')
    await expect(page.getByRole('radio', { name: 'Varighet: Utkast, 75 minutter' })).toBeChecked()
  }
  const merge = page.getByRole('button', { name: 'Slå sammen' })
  await openReview(page, id)
  await page.getByRole('radio', { name: 'Varighet: Utkast, 75 minutter' }).check()
  await page.getByRole('textbox', { name: 'Merknad' }).fill('Lengst er riktig')
  await put({ state: 'resolved', resolution: 'discard_draft' })
  const told = page.getByRole('status').filter({ hasText: 'Noen andre har allerede avgjort dette' })
  await expect(told).toContainText('Utkastet forkastet')
  await expect(told.getByRole('link', { name: 'Kvittering' })).toHaveAttribute('href', /\/receipts\/rec_/)
  await expect(page.getByRole('textbox', { name: 'Merknad' })).toBeFocused()
  await expect(merge).toBeDisabled()
  await isTyped()
  await put({ state: 'duplicate_found' })
  await expect(told).toBeHidden()
  await expect(merge).toBeEnabled()

  // decided and taken back once more, and none of it has reached this screen
  const letThrough = await freezeReview(page, request, id)
  await put({ state: 'resolved', resolution: 'discard_draft' })
  await put({ state: 'duplicate_found' })
  await merge.click()
  const refusal = page.getByRole('alert').filter({ hasText: 'Det du så på, er endret' })
  await expect(refusal).toBeVisible()
  await expect(page).toHaveURL(`/duplicates/${id}`)
  await isTyped()
  await letThrough()

  // refused once more, but by then somebody is busy with the next one: they stay there
  const sent = heldBack()
  await page.route(`**${EVENTS}/${id}`, async (route) => {
    await sent.promise
    await route.continue()
  })
  await expect(async () => {
    await merge.click()
    await leave(page, id, 2000)
  }).toPass()
  await page.keyboard.press('Tab')
  const next = page.url()
  await put({ state: 'resolved', resolution: 'discard_draft' })
  await put({ state: 'duplicate_found' })
  sent.resolve()
  const toasts = page.getByRole('region', { name: /^Varsler/ })
  await expect(toasts).toContainText('ble ikke lagret')
  expect(page.url()).toBe(next)
  await page.unroute(`**${EVENTS}/${id}`)
  await toasts.getByRole('button', { name: 'Åpne' }).click()
  await expect(page).toHaveURL(`/duplicates/${id}`)
  await expect(refusal).toBeVisible()
  await isTyped()
  await merge.click()
  await leave(page, id)
  await expect.poll(() => stateOf(request, id)).toBe('resolved')

  // a decision of one's own that others take back leaves the screen as safe as it was before
  await page.goBack()
  await expect(page).toHaveURL(`/duplicates/${id}`)
  await put({ state: 'duplicate_found' })
  await expect(merge).toBeEnabled()
  await page.getByRole('textbox', { name: 'Merknad' }).fill('Enda en gang')
  await put({ state: 'resolved', resolution: 'discard_draft' })
  await expect(told).toContainText('Utkastet forkastet')
  await expect(page.getByRole('textbox', { name: 'Merknad' })).toHaveValue('Enda en gang')
})

test('without JavaScript the queue and a review can be read', async ({ browser, baseURL, request }) => {
  const session = newSession()
  const id = await sendTwice(request, session, {}, { location: 'Rom 5' })
  const context = await openWithoutScripts(browser, baseURL)
  const page = await context.newPage()
  await page.goto(`/duplicates?mentor_id=${session.mentor}`)
  await page.getByRole('link', { name: session.title }).click()
  await expect(page).toHaveURL(new RegExp(`/duplicates/${id}$`))
  await expect(field(page, 'Sted')).toContainText('Rom 5')
  await expect(field(page, 'Sted')).toContainText('Rom 4B')
  await expect(page.getByText('Å avgjøre krever JavaScript.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Slå sammen' })).toBeHidden()
  await context.close()
})

test('an address without an event ends in a page that says so', async ({ page }) => {
  for (const name of ['evt-999999999', 'x']) {
    expect((await page.goto(`/duplicates/${name}`))?.status()).toBe(404)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Det er ingenting på denne adressen')
  }
})

test('a review, waiting and decided, stands up to axe in both themes and widths', async ({ page, request }) => {
  test.slow()
  const [waiting, decided] = [newSession(), newSession()]
  const waitingId = await sendTwice(request, waiting, { notes: 'A' }, { duration_minutes: 75, notes: 'B' })
  const decidedId = await sendTwice(request, decided, {}, { duration_minutes: 75 })
  const data = { state: 'resolved', resolution: 'merge' }
  expect((await request.put(`${EVENTS}/${decidedId}`, { data })).status()).toBe(200)
  await examineLooks(page, `/duplicates/${waitingId}`)
  await examineLooks(page, `/duplicates/${decidedId}`)
})
