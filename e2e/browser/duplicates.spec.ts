import { randomUUID } from 'node:crypto'
import { type APIRequestContext, expect, type Page, test } from '@playwright/test'
import { ownDay } from './probe-mentors'
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
  await expect(page.getByRole('region', { name: /^Mulig duplikat/ })).toBeFocused()
}

const field = (page: Page, name: string) => page.getByRole('row', { name })
const leave = (page: Page, id: string) => expect(page).not.toHaveURL(new RegExp(`/${id}$`), { timeout: 15_000 })

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

test('a merge takes the chosen values, its receipt says so, and Undo brings the draft back', async ({
  page,
  request,
}) => {
  const session = newSession()
  const id = await sendTwice(
    request,
    session,
    { notes: 'Om søvn' },
    { duration_minutes: 75, location: 'Rom 5', room_key: 'K-17', notes: 'Om god søvn' },
  )
  const complaints = watchComplaints(page)
  await openReview(page, id)
  await expect(field(page, 'Tittel')).toContainText('likt')
  await expect(field(page, 'room_key').getByRole('cell').last()).toContainText('fra utkastet')
  await page.getByRole('radio', { name: 'Varighet: Utkast, 75 minutter' }).check()
  await expect(field(page, 'Varighet').getByRole('cell').last()).toContainText('75 minutter')
  await expect(field(page, 'Sted').getByRole('cell').last()).toContainText('Rom 4B')
  await page.getByRole('textbox', { name: 'Merknad' }).fill('Ringte og spurte')
  await page.getByRole('button', { name: 'Slå sammen' }).click()
  await expect(page.getByText('Slått sammen', { exact: true })).toBeVisible()
  await leave(page, id)
  expect(await stateOf(request, id)).toBe('resolved')

  await page.getByRole('button', { name: 'Angre' }).click()
  await expect(page.getByText('Avgjørelsen er tatt tilbake')).toBeVisible()
  expect(await stateOf(request, id)).toBe('duplicate_found')
  await page.getByRole('button', { name: 'Åpne' }).click()
  await expect(page).toHaveURL(new RegExp(`/duplicates/${id}$`))
  await expect(page.getByRole('textbox', { name: 'Merknad' })).toHaveValue('Ringte og spurte')
  await page.getByRole('radio', { name: 'Varighet: Utkast, 75 minutter' }).check()
  await page.getByRole('button', { name: 'Slå sammen' }).click()
  await leave(page, id)

  await page.goto(`/duplicates/${id}`)
  await expect(page.getByText(/^Utkastet er slått sammen med aktiviteten act_/)).toBeVisible()
  await expect(field(page, 'Varighet')).toContainText('erstattet')
  await expect(field(page, 'Sted')).toContainText('beholdt')
  await expect(field(page, 'room_key')).toContainText('fylt inn fra utkastet')
  await page.getByRole('region', { name: 'Kvittering' }).getByRole('button', { name: 'Angre' }).click()
  await expect(page.getByRole('button', { name: 'Slå sammen' })).toBeVisible()
  await expect(page.getByRole('region', { name: /^Mulig duplikat/ })).toBeFocused()
  expect(complaints).toEqual([])
})

test('keys decide, but not while somebody types, and not once they are off', async ({ page, request }) => {
  const [kept, discarded] = [newSession(), newSession()]
  const keptId = await sendTwice(request, kept)
  const discardedId = await sendTwice(request, discarded)
  await openReview(page, keptId)
  await page.getByRole('textbox', { name: 'Merknad' }).pressSequentially('bmd')
  await expect(page.getByRole('textbox', { name: 'Merknad' })).toHaveValue('bmd')
  const keys = page.getByRole('checkbox', { name: 'Hurtigtaster' })
  await keys.uncheck()
  await keys.press('b')
  expect(await stateOf(request, keptId)).toBe('duplicate_found')
  await keys.check()
  await keys.press('b')
  await expect(page.getByText('Begge er beholdt')).toBeVisible()
  await leave(page, keptId)
  expect(await stateOf(request, keptId)).toBe('resolved')
  await page.goto(`/duplicates/${keptId}`)
  await expect(page.getByText(/^Utkastet er ført som aktiviteten act_/)).toBeVisible()
  await expect(page.getByText(/^Avgjort som noe annet enn act_/)).toBeVisible()

  await openReview(page, discardedId)
  await page.keyboard.press('d')
  await expect(page.getByText('Utkastet er forkastet')).toBeVisible()
  await leave(page, discardedId)
  await page.goto(`/duplicates/${discardedId}`)
  await expect(field(page, 'Tittel')).toContainText(discarded.title)
  await expect(field(page, 'Tittel')).toContainText('forkastet')
})

test('j skips to the next review and k goes back, with the focus ready for the next key', async ({ page, request }) => {
  // alike, so that they stand beside each other in the queue, in the order in which they came
  const first = await sendTwice(request, newSession())
  const second = await sendTwice(request, newSession())
  await openReview(page, first)
  await page.keyboard.press('j')
  await leave(page, first)
  await expect(page.getByRole('region', { name: /^Mulig duplikat/ })).toBeFocused()
  await page.keyboard.press('k')
  await expect(page).toHaveURL(new RegExp(`/${first}$`), { timeout: 15_000 })
  await expect(page.getByRole('region', { name: /^Mulig duplikat/ })).toBeFocused()
  for (const id of [first, second]) expect(await stateOf(request, id)).toBe('duplicate_found')
})

test('two leaders of one session are both credited', async ({ page, request }) => {
  const session = newSession()
  const draft = { starts_at: '18:00', participant_count: 8 }
  await sendDraft(request, session, draft, 'clear')
  const other = { ...session, mentor: `${session.mentor}-b` }
  const id = await sendDraft(request, other, draft, 'duplicate_found')
  await openReview(page, id)
  await expect(field(page, 'Likeperson')).toContainText('ulikt')
  await page.getByRole('button', { name: 'Ledet sammen' }).click()
  await expect(page.getByText('Ført som ledet sammen')).toBeVisible()
  await leave(page, id)
  await page.goto(`/duplicates/${id}`)
  await expect(page.getByText(/er ført som medleder\.$/)).toBeVisible()
})

test('of two coordinators the second sees the decision of the first and loses nothing typed', async ({
  page,
  context,
  request,
}) => {
  const id = await sendTwice(request, newSession())
  const second = await context.newPage()
  await openReview(page, id)
  await openReview(second, id)
  await second.getByRole('textbox', { name: 'Merknad' }).fill('Hun sier det var to økter')
  await page.getByRole('button', { name: 'Forkast utkastet' }).click()
  await leave(page, id)
  await second.getByRole('button', { name: 'Behold begge' }).click()
  const refusal = second.getByRole('alert').filter({ hasText: 'Noen andre har allerede avgjort dette' })
  await expect(refusal).toContainText('Utkastet forkastet')
  await expect(second.getByRole('textbox', { name: 'Merknad' })).toHaveValue('Hun sier det var to økter')
  await refusal.getByRole('button', { name: 'Se avgjørelsen' }).click()
  await expect(second.getByRole('heading', { name: 'Kvittering', exact: true })).toBeVisible()
  await expect(second.getByRole('textbox', { name: 'Merknad' })).toHaveValue('Hun sier det var to økter')
  await second.getByRole('button', { name: 'Lagre merknaden' }).click()
  await expect(second.getByText('Merknaden er lagret')).toBeVisible()
  expect((await (await request.get(`${EVENTS}/${id}`)).json()).annotation).toBe('Hun sier det var to økter')
})

test('what moved on since it was looked at is shown anew, and note and choices stay', async ({ page, request }) => {
  const session = newSession()
  const id = await sendTwice(request, session, {}, { duration_minutes: 75 })
  await openReview(page, id)
  await page.getByRole('radio', { name: 'Varighet: Utkast, 75 minutter' }).check()
  await page.getByRole('textbox', { name: 'Merknad' }).fill('Lengst er riktig')
  // decided and taken back elsewhere: the review counts as another one
  const put = (data: object) => request.put(`${EVENTS}/${id}`, { data })
  expect((await put({ state: 'resolved', resolution: 'discard_draft' })).status()).toBe(200)
  expect((await put({ state: 'duplicate_found' })).status()).toBe(200)
  await page.getByRole('button', { name: 'Slå sammen' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'Det du så på, er endret' })).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Merknad' })).toHaveValue('Lengst er riktig')
  await expect(page.getByRole('radio', { name: 'Varighet: Utkast, 75 minutter' })).toBeChecked()
  await expect(async () => {
    await page.getByRole('button', { name: 'Slå sammen' }).click()
    await expect(page).not.toHaveURL(new RegExp(`/${id}$`), { timeout: 1000 })
  }).toPass()
  expect(await stateOf(request, id)).toBe('resolved')
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

test('queue, review and receipt stand up to axe in both themes and widths', async ({ page, request }) => {
  test.slow()
  const [waiting, decided] = [newSession(), newSession()]
  const waitingId = await sendTwice(request, waiting, { notes: 'A' }, { duration_minutes: 75, notes: 'B' })
  const decidedId = await sendTwice(request, decided, {}, { duration_minutes: 75 })
  const data = { state: 'resolved', resolution: 'merge' }
  expect((await request.put(`${EVENTS}/${decidedId}`, { data })).status()).toBe(200)
  await examineLooks(page, '/duplicates')
  await examineLooks(page, `/duplicates/${waitingId}`)
  await examineLooks(page, `/duplicates/${decidedId}`)
})
