import { type APIRequestContext, expect, type Page, test } from '@playwright/test'
import { ACKNOWLEDGE, clear, listOf, type Own, report, rowAt, rowOf, send } from './bulk-steps'
import { openWithoutScripts, watchComplaints } from './screen'

async function stored(request: APIRequestContext, id: string) {
  return (await request.get(`/api/v1/mentor-status-sync/events/${id}`)).json()
}

async function waiting(request: APIRequestContext, own: Own): Promise<number> {
  const answer = await request.get(`/api/v1/mentor-status-sync?mentor_id=${own.mentor}&limit=1`)
  return (await answer.json()).pagination.total
}

async function chooseEverything(page: Page, count: number): Promise<void> {
  await page.getByRole('checkbox', { name: 'Velg alle på denne siden' }).check()
  await page.getByRole('button', { name: `Velg alle ${count} som passer` }).click()
  await expect(page.getByText('Det som har kommet til eller er endret siden, blir latt i fred').first()).toBeVisible()
}

test('a morning by the keyboard: a note on one, the whole page, and back again', async ({ page, request }) => {
  const own = await report(request, 6)
  const [first, second, third] = own.ids as [string, string, string]
  await page.goto(listOf(own))
  await rowOf(page, first).focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('k')
  await page.keyboard.press('r')
  await expect(page.getByRole('dialog').getByRole('textbox')).toBeFocused()
  await page.keyboard.type('Ringt: avtalen gjelder')
  await page.keyboard.press('Control+Enter')
  await expect(rowOf(page, second)).toBeFocused()
  await expect(page.getByText('Hendelsen er bekreftet', { exact: true })).toBeVisible()
  expect(await stored(request, first)).toMatchObject({ acknowledged: true, note: 'Ringt: avtalen gjelder' })
  await expect(page.getByRole('link', { name: /^Venter/ })).toHaveText('Venter5')
  await expect(page.getByRole('link', { name: /^Bekreftet/ })).toHaveText('Bekreftet1')

  await page.keyboard.press('x')
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  await page.keyboard.press('r')
  await page.keyboard.type('Felles beskjed')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('2 hendelser er bekreftet')).toBeVisible()
  for (const id of [second, third]) expect(await stored(request, id)).toMatchObject({ note: 'Felles beskjed' })
  await expect(rowAt(page, 1)).toBeFocused()

  await page.getByRole('checkbox', { name: 'Velg alle på denne siden' }).press('Space')
  await rowAt(page, 1).focus()
  await page.keyboard.press('e')
  await expect(page.getByText('Ingenting venter på deg')).toBeVisible()
  await expect(page.getByText('3 hendelser er bekreftet')).toBeVisible()
  await page
    .getByRole('listitem')
    .filter({ hasText: '2 hendelser' })
    .getByRole('button', { name: 'Angre' })
    .press('Enter')
  await expect(rowOf(page, second)).toBeFocused()
  await expect.poll(() => stored(request, third)).toMatchObject({ acknowledged: false, note: null })
  expect(await waiting(request, own)).toBe(2)
  await clear(request, own)
})

test('everything means what was there when the list was read, on all pages', async ({ page, request }) => {
  const own = await report(request, 45)
  await page.goto(listOf(own))
  await chooseEverything(page, 45)
  const [changed] = own.ids.slice(30) as [string]
  await request.put(`/api/v1/mentor-status-sync/events/${changed}`, { data: { reason: 'Endret imens' } })
  const [arrived] = (await send(request, own.mentor, 100, 1)) as [string]
  await page.getByRole('button', { name: 'Bekreft 45 hendelser' }).click()
  const toast = page.getByRole('listitem').filter({ hasText: '44 hendelser er bekreftet' })
  await expect(toast).toContainText('1 er endret av andre siden listen ble lest, og er latt i fred.')
  for (const id of [changed, arrived]) await expect(rowOf(page, id)).toBeVisible()
  await expect(page.getByRole('row')).toHaveCount(3)
  await expect(page.getByRole('link', { name: /^Bekreftet/ })).toHaveText('Bekreftet44')
  expect(await waiting(request, own)).toBe(2)
  await toast.getByRole('button', { name: 'Angre' }).click()
  await expect(page.getByRole('link', { name: /^Venter/ })).toHaveText('Venter46')
  await expect.poll(() => waiting(request, own)).toBe(46)
  await clear(request, { ids: [...own.ids, arrived] })
})

test('many can be stopped on the way, and the rest be sent afterwards', async ({ page, request }) => {
  const own = await report(request, 450)
  await page.goto(listOf(own, '&limit=100'))
  let go = () => {}
  const held = new Promise<void>((resolve) => {
    go = resolve
  })
  let requests = 0
  await page.route(ACKNOWLEDGE, async (route) => {
    if (++requests === 2) await held
    await route.continue()
  })
  await chooseEverything(page, 450)
  await page.getByRole('button', { name: 'Bekreft 450 hendelser' }).click()
  await expect(page.getByText('200 av 450')).toBeVisible()
  await page.getByRole('button', { name: 'Stopp' }).click()
  go()
  const results = page.getByRole('dialog', { name: '50 rader ble ikke endret' })
  await expect(results).toContainText('400 er endret. Du stoppet før 50 ble sendt.')
  expect(await waiting(request, own)).toBe(50)
  await results.getByRole('button', { name: 'Send 50 på nytt' }).click()
  await expect(page.getByText('450 hendelser er bekreftet')).toBeVisible()
  expect(await waiting(request, own)).toBe(0)
})

test('a lost connection keeps what was not sent, and sends it once', async ({ page, request }) => {
  const own = await report(request, 3)
  await page.goto(listOf(own))
  await page.route(ACKNOWLEDGE, (route) => route.abort())
  await page.getByRole('checkbox', { name: 'Velg alle på denne siden' }).check()
  await page.getByRole('button', { name: 'Bekreft 3 hendelser' }).click()
  const results = page.getByRole('dialog', { name: '3 rader ble ikke endret' })
  await expect(results.getByRole('alert')).toContainText('Ingen kontakt med serveren')
  await expect(page.getByRole('row', { includeHidden: true })).toHaveCount(4)
  await page.unroute(ACKNOWLEDGE)
  await results.getByRole('button', { name: 'Send 3 på nytt' }).click()
  await expect(page.getByText('3 hendelser er bekreftet')).toBeVisible()
  expect(await waiting(request, own)).toBe(0)
})

test('what was typed survives a lost connection and a closed dialog', async ({ page, request }) => {
  const own = await report(request, 1)
  const [id] = own.ids as [string]
  await page.goto(listOf(own))
  await page.route(`**/events/${id}`, (route) => route.abort())
  await rowOf(page, id).focus()
  await page.keyboard.press('r')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').fill('Ringer i morgen')
  await page.keyboard.press('Control+Enter')
  await expect(dialog.getByRole('alert')).toContainText('Ingen kontakt med serveren')
  await page.keyboard.press('Escape')
  await expect(rowOf(page, id)).toBeFocused()
  await page.unroute(`**/events/${id}`)
  await page.keyboard.press('r')
  await expect(dialog.getByRole('textbox')).toHaveValue('Ringer i morgen')
  await dialog.getByRole('button', { name: 'Bekreft med merknad' }).click()
  await expect(rowOf(page, id)).toHaveCount(0)
  await expect.poll(() => stored(request, id)).toMatchObject({ acknowledged: true, note: 'Ringer i morgen' })
})

test('a note on one that is chosen opens again with the reason where it was not sent', async ({ page, request }) => {
  const own = await report(request, 1)
  const [id] = own.ids as [string]
  await page.goto(listOf(own))
  await page.route(`**/events/${id}`, (route) => route.abort())
  await rowOf(page, id).getByRole('checkbox').check()
  await page.getByRole('button', { name: 'Skriv merknad', exact: true }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').fill('Ringer i morgen')
  await dialog.getByRole('button', { name: 'Bekreft med merknad' }).click()
  await expect(dialog.getByRole('alert')).toContainText('Ingen kontakt med serveren')
  await expect(dialog.getByRole('textbox')).toHaveValue('Ringer i morgen')
  await page.unroute(`**/events/${id}`)
  await dialog.getByRole('button', { name: 'Bekreft med merknad' }).click()
  await expect.poll(() => stored(request, id)).toMatchObject({ acknowledged: true, note: 'Ringer i morgen' })
})

test('what somebody else has dealt with is said to be so, and is no failure', async ({ page, request }) => {
  const own = await report(request, 2)
  const [id, other] = own.ids as [string, string]
  await page.goto(listOf(own))
  await rowOf(page, id).focus()
  await request.put(`/api/v1/mentor-status-sync/events/${id}`, { data: { acknowledged: true } })
  await page.keyboard.press('e')
  await expect(page.getByText('Noen andre har allerede bekreftet hendelsen.')).toBeVisible()
  await expect(rowOf(page, other)).toBeFocused()
  await expect(page.getByRole('link', { name: /^Venter/ })).toHaveText('Venter1')
})

test('the browser takes over what the server has drawn without asking again', async ({ page, request }) => {
  const own = await report(request, 2)
  const complaints = watchComplaints(page)
  const asked: string[] = []
  page.on('request', (sent) => sent.url().includes('/api/v1/views/') && asked.push(sent.url()))
  await page.goto(listOf(own))
  await rowAt(page, 1).focus()
  await page.keyboard.press('x')
  await expect(rowAt(page, 1)).toHaveAttribute('aria-selected', 'true')
  expect(asked).toEqual([])
  await page.keyboard.press('e')
  await expect(page.getByRole('row')).toHaveCount(2)
  await expect.poll(() => asked.some((url) => url.includes('/views/sync-inbox'))).toBe(true)
  expect(complaints).toEqual([])
})

test('single letters can be turned off, in this browser; the arrows stay', async ({ page, request }) => {
  const own = await report(request, 2)
  const [first, second] = own.ids as [string, string]
  await page.goto(listOf(own))
  await page.getByRole('checkbox', { name: 'Hurtigtaster når en rad er i fokus' }).uncheck()
  await page.reload()
  await rowOf(page, first).focus()
  for (const key of ['e', 'x', 'j', 'r']) await page.keyboard.press(key)
  await expect(rowOf(page, first)).toBeFocused()
  await expect(rowOf(page, first)).toHaveAttribute('aria-selected', 'false')
  await page.keyboard.press('ArrowDown')
  await expect(rowOf(page, second)).toBeFocused()
  await page.getByRole('checkbox', { name: 'Hurtigtaster når en rad er i fokus' }).check()
  await rowOf(page, second).focus()
  await page.keyboard.press('x')
  await expect(rowOf(page, second)).toHaveAttribute('aria-selected', 'true')
})

test('page size, order and one event stand in the address, and work without JavaScript', async ({
  browser,
  baseURL,
  request,
}) => {
  const own = await report(request, 25)
  const [first, last] = [own.ids[0], own.ids.at(-1)] as [string, string]
  const context = await openWithoutScripts(browser, baseURL)
  const page = await context.newPage()
  await page.goto(listOf(own))
  await expect(page.getByText(`Viser bare hendelser fra ${own.name}.`)).toBeVisible()
  await expect(page.getByRole('row')).toHaveCount(21)
  await page.getByRole('navigation', { name: 'Rader per side' }).getByRole('link', { name: '50' }).click()
  await expect(page.getByRole('row')).toHaveCount(26)
  await page.getByRole('columnheader', { name: 'Tidspunkt' }).getByRole('link').click()
  await expect(rowAt(page, 1)).toHaveAttribute('data-row', last)
  await request.put(`/api/v1/mentor-status-sync/events/${first}`, { data: { acknowledged: true } })
  await page.goto(`/sync-events?event=${first}`)
  await expect(page.getByRole('link', { name: /^Bekreftet/ })).toHaveAttribute('aria-current', 'page')
  await expect(page.getByRole('row')).toHaveCount(2)
  await page.getByRole('link', { name: 'Vis hele innboksen' }).click()
  await expect(page.getByRole('link', { name: /^Venter/ })).toHaveAttribute('aria-current', 'page')
  await page.goto('/sync-events?event=evt_00000000')
  await expect(page.getByText('Hendelsen er ikke i innboksen')).toBeVisible()
  await context.close()
})
