import { randomInt, randomUUID } from 'node:crypto'
import { type APIRequestContext, expect, type Page, test } from '@playwright/test'
import { examineLooks, openWithoutScripts, watchComplaints } from './screen'

interface Own {
  readonly id: string
  readonly mentor: string
  readonly name: string
}

/**
 * Long ago by the phone, so that the test's own events stand first in the inbox, one right after the other. Each test
 * takes a year of its own, and a moment that no earlier run has taken.
 */
function report(request: APIRequestContext, year: number, count: number): Promise<Own[]> {
  const microseconds = randomInt(100_000, 999_000)
  return Promise.all(
    Array.from({ length: count }, (_, index) => reportOne(request, `${year}-01-01T00:00:00.${microseconds + index}Z`)),
  )
}

async function reportOne(request: APIRequestContext, at: string): Promise<Own> {
  const mark = randomUUID().slice(0, 8)
  const mentor = `inbox-${mark}`
  const name = `Øystein Melding ${mark}`
  expect((await request.put(`/api/v1/mentors/${mentor}`, { data: { full_name: name } })).status()).toBe(200)
  return { id: await send(request, mentor, 'PauseMentorEvent', at), mentor, name }
}

async function send(request: APIRequestContext, mentor: string, type: string, at: string): Promise<string> {
  const data = { event_type: type, mentor_id: mentor, reason: 'Reiser bort', client_timestamp: at }
  const answer = await request.post('/api/v1/mentor-status-sync/events', { data })
  expect(answer.status()).toBe(201)
  return (await answer.json()).sync_event_id
}

async function remove(request: APIRequestContext, ...events: readonly { readonly id: string }[]): Promise<void> {
  for (const { id } of events) await request.delete(`/api/v1/mentor-status-sync/events/${id}`)
}

const rowOf = (page: Page, own: Own) => page.getByRole('row').filter({ hasText: own.name })

async function stored(request: APIRequestContext, own: { readonly id: string }) {
  return (await request.get(`/api/v1/mentor-status-sync/events/${own.id}`)).json()
}

test('an event is acknowledged at once, the focus goes on, and Undo takes it back', async ({ page, request }) => {
  const [first, second] = (await report(request, 1991, 2)) as [Own, Own]
  const complaints = watchComplaints(page)
  await page.goto('/sync-events')
  await expect(page).toHaveTitle('Synkhendelser · Likepersoner')
  await expect(rowOf(page, first)).toContainText('Reiser bort')
  await expect(rowOf(page, first)).toContainText(/Kom [\d\s]+ dager etterpå/)
  await expect(rowOf(page, first)).toContainText('1. jan. 1991, 01:00')
  await rowOf(page, first).getByRole('button', { name: 'Bekreft' }).press('Enter')
  await expect(rowOf(page, first)).toHaveCount(0)
  await expect(rowOf(page, second)).toBeFocused()
  await expect.poll(async () => (await stored(request, first)).acknowledged).toBe(true)
  await page.getByRole('button', { name: 'Angre' }).click()
  await expect(rowOf(page, first)).toBeFocused()
  await expect(page.getByText('Bekreftelsen er tatt tilbake')).toBeVisible()
  expect((await stored(request, first)).acknowledged).toBe(false)
  await page.reload()
  await expect(rowOf(page, first)).toBeVisible()
  expect(complaints).toEqual([])
  await remove(request, first, second)
})

test('the keys move, select, write a note and acknowledge, while a row has the focus', async ({ page, request }) => {
  const events = (await report(request, 1992, 3)) as [Own, Own, Own]
  const [first, second, third] = events
  await page.goto('/sync-events')
  await page.getByRole('heading', { level: 1 }).click()
  await page.keyboard.press('e')
  await rowOf(page, first).focus()
  await page.keyboard.press('j')
  await expect(rowOf(page, second)).toBeFocused()
  await page.keyboard.press('k')
  await page.keyboard.press('r')
  const dialog = page.getByRole('dialog', { name: `Merknad til ${first.name}` })
  await expect(dialog.getByText('Reiser bort')).toBeVisible()
  await dialog.getByRole('textbox', { name: 'Merknad' }).fill('Ringt: avtalen gjelder')
  await dialog.getByRole('button', { name: 'Lagre' }).press('Enter')
  await expect(rowOf(page, first)).toContainText('Merknad: Ringt: avtalen gjelder')
  await expect(rowOf(page, first)).toBeFocused()
  await expect.poll(async () => (await stored(request, first)).note).toBe('Ringt: avtalen gjelder')
  expect((await stored(request, first)).reason).toBe('Reiser bort')

  await page.keyboard.press('x')
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  await expect(page.getByRole('button', { name: 'Bekreft 2 hendelser' })).toBeVisible()
  await expect(rowOf(page, second)).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('e')
  await expect(rowOf(page, third)).toBeFocused()
  await expect(rowOf(page, first)).toHaveCount(0)
  await expect(rowOf(page, second)).toHaveCount(0)
  await expect(page.getByText('2 hendelser er bekreftet')).toBeVisible()
  for (const own of events) expect((await stored(request, own)).acknowledged).toBe(own !== third)
  await remove(request, ...events)
})

test('of several, those that the server refuses are named with the reason, the others go', async ({
  page,
  request,
}) => {
  const events = (await report(request, 1993, 2)) as [Own, Own]
  const [first, second] = events
  await page.goto('/sync-events')
  await rowOf(page, first).getByRole('checkbox').check()
  await rowOf(page, second).getByRole('checkbox').check()
  await remove(request, first)
  await page.getByRole('button', { name: 'Bekreft 2 hendelser' }).click()
  await expect(rowOf(page, second)).toHaveCount(0)
  const results = page.getByRole('dialog', { name: '1 rad ble ikke endret' })
  await expect(results).toContainText('1 er endret. 1 ble avvist.')
  await expect(results.getByRole('listitem')).toHaveText(`${first.name}Hendelsen finnes ikke`)
  await results.getByRole('button', { name: 'Lukk' }).last().click()
  await expect(rowOf(page, first)).toHaveCount(0)
  expect((await stored(request, second)).acknowledged).toBe(true)
  await remove(request, second)
})

test('without a connection, several that were not sent are still named, and go once it is back', async ({
  page,
  context,
  request,
}) => {
  const events = (await report(request, 1985, 2)) as [Own, Own]
  const [first, second] = events
  await page.goto('/sync-events')
  await rowOf(page, first).getByRole('checkbox').check()
  await rowOf(page, second).getByRole('checkbox').check()
  await page.waitForLoadState('networkidle')
  await context.setOffline(true)
  await page.getByRole('button', { name: 'Bekreft 2 hendelser' }).click()
  const results = page.getByRole('dialog', { name: '2 rader ble ikke endret' })
  await expect(results.getByRole('listitem')).toHaveCount(2)
  await context.setOffline(false)
  await results.getByRole('button', { name: 'Send 2 på nytt' }).click()
  await expect(rowOf(page, first)).toHaveCount(0)
  for (const own of events) await expect.poll(async () => (await stored(request, own)).acknowledged).toBe(true)
  await remove(request, ...events)
})

test('a note that is refused is not lost', async ({ page, request }) => {
  const [own] = (await report(request, 1994, 1)) as [Own]
  await page.goto('/sync-events')
  await rowOf(page, own).getByRole('button', { name: 'Skriv merknad' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').fill('Ringer i morgen')
  const other = await request.put(`/api/v1/mentor-status-sync/events/${own.id}`, { data: { reason: 'Har ringt' } })
  expect(other.status()).toBe(200)
  await dialog.getByRole('button', { name: 'Lagre' }).click()
  await expect(dialog.getByRole('alert')).toContainText('Noen andre har endret dette i mellomtiden')
  await expect(dialog.getByRole('textbox')).toHaveValue('Ringer i morgen')
  expect((await stored(request, own)).note).toBe('Har ringt')
  await remove(request, own)
})

test('what was not accepted explains itself, and what is acknowledged can be taken back', async ({ page, request }) => {
  const [own] = (await report(request, 1996, 1)) as [Own]
  const late = { id: await send(request, own.mentor, 'ResumeMentorEvent', '1990-06-01T10:00:00Z') }
  await page.goto('/sync-events?tab=not_accepted')
  await expect(rowOf(page, own)).toContainText('Ikke godtatt: kom etter en nyere hendelse fra 1. jan. 1996, 01:00.')
  await expect(rowOf(page, own)).toContainText('På pause')
  await rowOf(page, own).getByRole('button', { name: 'Bekreft' }).click()
  await expect(rowOf(page, own)).toHaveCount(0)
  await expect(page.getByText('Hendelsen er bekreftet')).toBeVisible()
  // of this mentor alone: others are acknowledged all the time
  await page.goto(`/sync-events?tab=acknowledged&mentor_id=${own.mentor}`)
  await expect(rowOf(page, own)).toContainText(/Bekreftet .+ uten innlogging/)
  await rowOf(page, own).getByRole('button', { name: 'Ta tilbake' }).click()
  await expect(rowOf(page, own)).toHaveCount(0)
  await expect.poll(async () => (await stored(request, late)).acknowledged).toBe(false)
  await remove(request, own, late)
})

test('a phone whose clock is ahead is named as such', async ({ page, request }) => {
  const [own] = (await report(request, 1997, 1)) as [Own]
  const threeHoursAhead = new Date(Date.now() + 3 * 3_600_000 + 60_000).toISOString()
  const ahead = { id: await send(request, own.mentor, 'ResumeMentorEvent', threeHoursAhead) }
  await page.goto(`/sync-events?mentor_id=${own.mentor}`)
  await expect(rowOf(page, own).filter({ hasText: 'Tilbake fra pause' })).toContainText('Klokka går 3 timer for fort')
  await remove(request, own, ahead)
})

test('a clock that was found to be wrong is told with what it says and what that was taken as', async ({
  page,
  request,
}) => {
  const mentor = `inbox-${randomUUID().slice(0, 8)}`
  const ahead = 58 * 60_000
  const at = (milliseconds: number) => new Date(milliseconds).toISOString()
  const happened = Date.now() - 3 * 3_600_000
  const sent = await request.post('/api/v1/mentor-status-sync/events', {
    data: { event_type: 'PauseMentorEvent', mentor_id: mentor, client_timestamp: at(happened + ahead) },
    headers: { 'x-client-time': at(Date.now() + ahead) },
  })
  const id: string = (await sent.json()).sync_event_id
  const { client_timestamp, effective_at } = await stored(request, { id })
  const said = new Intl.DateTimeFormat('nb-NO', { timeStyle: 'short', timeZone: 'Europe/Oslo' })
  const [says, taken] = [client_timestamp, effective_at].map((time) => said.format(new Date(time)))
  await page.goto(`/sync-events?event=${id}`)
  const row = page.getByRole('row').filter({ hasText: mentor })
  await expect(row).toContainText(
    new RegExp(`Telefonens klokke gikk 58 minutter for fort: den sier .*${says}, regnet som .*${taken}`),
  )
  await remove(request, { id })
})

test('a value in the address that makes no sense is named and not used', async ({ page }) => {
  await page.goto('/sync-events?tab=lost')
  await expect(page.getByRole('status').filter({ hasText: 'adressen' })).toContainText('tab')
  await expect(page.getByRole('link', { name: /^Venter/ })).toHaveAttribute('aria-current', 'page')
  await page.goto('/sync-events?page=9999')
  await page.getByRole('link', { name: 'Til første side' }).click()
  await expect(page.getByRole('row').nth(1)).toBeVisible()
})

test('the inbox can be read and reached without JavaScript', async ({ browser, baseURL, request }) => {
  const [own] = (await report(request, 1998, 1)) as [Own]
  const context = await openWithoutScripts(browser, baseURL)
  const page = await context.newPage()
  await page.goto('/sync-events')
  await expect(rowOf(page, own)).toContainText('Reiser bort')
  await expect(page.getByRole('button', { name: 'Bekreft' })).toHaveCount(0)
  await page.getByRole('link', { name: /^Bekreftet/ }).click()
  await page.getByRole('link', { name: 'Neste' }).click()
  await expect(page.getByRole('navigation', { name: 'Sider' })).toContainText('21–')
  await context.close()
  await remove(request, own)
})

test('axe finds nothing in what waits, with a row chosen', async ({ page, request }) => {
  const [own] = (await report(request, 1999, 1)) as [Own]
  await examineLooks(page, '/sync-events', () => rowOf(page, own).getByRole('checkbox').check())
  await remove(request, own)
})

for (const tab of ['not_accepted', 'acknowledged']) {
  test(`axe finds nothing in the tab ${tab}`, async ({ page }) => {
    await examineLooks(page, `/sync-events?tab=${tab}`)
  })
}

test('axe finds nothing in the dialog of a note', async ({ page, request }) => {
  const [own] = (await report(request, 1989, 1)) as [Own]
  await examineLooks(page, '/sync-events', async (t) => {
    await rowOf(page, own)
      .getByRole('button', {
        name: t('syncInbox.writeNoteOf', { name: own.name, event: t('events.PauseMentorEvent') }),
      })
      .click()
    await expect(page.getByRole('dialog')).toBeVisible()
  })
  await remove(request, own)
})
