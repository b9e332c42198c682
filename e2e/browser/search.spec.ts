import { randomUUID } from 'node:crypto'
import { type APIRequestContext, expect, type Page, test } from '@playwright/test'
import { examineLooks, openWithoutScripts, watchComplaints } from './screen'

/** Mentors of the test's own: their names share a word that nobody else has. */
async function registerMentors(request: APIRequestContext, ...firstNames: string[]) {
  const mark = `zq${randomUUID().slice(0, 8)}`
  const mentors = firstNames.map((first, index) => ({ id: `found-${mark}-${index}`, name: `${first} ${mark}` }))
  for (const { id, name } of mentors) {
    expect((await request.put(`/api/v1/mentors/${id}`, { data: { full_name: name } })).status()).toBe(200)
  }
  return { mark, mentors }
}

/** Opens the search by its keys, again if the page was not listening yet. */
async function openSearch(page: Page, name = 'Søk') {
  const field = page.getByRole('combobox', { name, exact: true }).and(page.locator('[role=dialog] *'))
  await expect(async () => {
    if (await field.isHidden()) await page.keyboard.press('Control+k')
    await expect(field).toBeFocused({ timeout: 2000 })
  }).toPass()
  return field
}

const activeOption = (page: Page) => page.getByRole('option', { selected: true })

test('a mentor is found and opened by keyboard alone, and stands first the next time', async ({ page, request }) => {
  const { mark, mentors } = await registerMentors(request, 'Øyvør', 'Ærlend')
  const complaints = watchComplaints(page)
  await page.goto('/sync-events')
  const field = await openSearch(page)
  await field.pressSequentially(`${mark} OYVOR`)
  await expect(activeOption(page)).toContainText(String(mentors[0]?.name))
  await expect(field).toHaveAttribute('aria-activedescendant', String(await activeOption(page).getAttribute('id')))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(String(mentors[0]?.name))
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(page.getByRole('main')).toBeFocused()
  await openSearch(page)
  const recent = page.getByRole('group', { name: 'Sist åpnet' })
  await expect(recent.getByRole('option').first()).toContainText(String(mentors[0]?.name))
  expect(complaints).toEqual([])
})

test('arrows, Home and End move through all groups, round and back', async ({ page, request }) => {
  const { mark, mentors } = await registerMentors(request, 'Anna', 'Bodil', 'Cato')
  await page.goto('/mentors')
  const field = await openSearch(page)
  await field.fill(mark)
  const option = (index: number) => page.getByRole('option', { name: String(mentors[index]?.name) })
  await expect(page.getByRole('option')).toHaveCount(3)
  await expect(option(0)).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('ArrowDown')
  await expect(option(1)).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('End')
  await expect(option(2)).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('ArrowDown')
  await expect(option(0)).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('ArrowUp')
  await expect(option(2)).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Home')
  await expect(option(0)).toHaveAttribute('aria-selected', 'true')
  await expect(field).toBeFocused()
  await expect(page.getByRole('dialog').getByRole('status')).toHaveText('3 treff')
})

test('an event that a phone reported opens in the inbox', async ({ page, request }) => {
  const { mark, mentors } = await registerMentors(request, 'Frøya')
  const data = { event_type: 'PauseMentorEvent', mentor_id: mentors[0]?.id, reason: `Bryllup ${mark}` }
  const sent = await request.post('/api/v1/mentor-status-sync/events', { data })
  const { sync_event_id } = await sent.json()
  await page.goto('/mentors')
  const field = await openSearch(page)
  await field.fill(sync_event_id)
  await expect(activeOption(page)).toContainText(sync_event_id)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(`/sync-events?event=${sync_event_id}`)
  await expect(page.getByRole('row').filter({ hasText: `Bryllup ${mark}` })).toBeVisible()
})

test('Ctrl and Enter open a new tab, and the search stays', async ({ page, context, request }) => {
  const { mark, mentors } = await registerMentors(request, 'Dagny')
  await page.goto('/mentors')
  const field = await openSearch(page)
  await field.fill(mark)
  await expect(activeOption(page)).toContainText(String(mentors[0]?.name))
  const opened = context.waitForEvent('page')
  await page.keyboard.press('Control+Enter')
  await expect((await opened).getByRole('heading', { level: 1 })).toHaveText(String(mentors[0]?.name))
  await expect(field).toHaveValue(mark)
})

test('Enter right after the last letter waits for what it finds', async ({ page, request }) => {
  const { mark, mentors } = await registerMentors(request, 'Embla')
  await page.goto('/')
  await openSearch(page)
  await page.keyboard.type(mark)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(String(mentors[0]?.name))
})

test('Escape closes it and gives the focus back, whether keys or the button opened it', async ({ page }) => {
  await page.goto('/mentors')
  const filter = page.getByRole('main').getByRole('searchbox', { name: 'Søk' })
  await filter.fill('kari')
  await openSearch(page)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(filter).toBeFocused()
  await expect(filter).toHaveValue('kari')
  const button = page.getByRole('banner').getByRole('button', { name: 'Søk' })
  await button.click()
  await expect(page.getByRole('dialog').getByRole('combobox')).toBeFocused()
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(button).toBeFocused()
})

test('screens and actions are found in the reader’s language, by other words as well', async ({
  page,
  context,
  baseURL,
}) => {
  await page.goto('/')
  const field = await openSearch(page)
  await expect(page.getByRole('group', { name: 'Skjermbilder' }).getByRole('option')).not.toHaveCount(0)
  await field.fill('innboks')
  await page.getByRole('option', { name: 'Synkhendelser' }).click()
  await expect(page).toHaveURL(/\/sync-events$/)
  await context.addCookies([{ name: 'locale', value: 'en', url: String(baseURL) }])
  await page.goto('/')
  await (await openSearch(page, 'Search')).fill('30 days expires')
  await expect(activeOption(page)).toHaveText('Show what expires within 30 days')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/certifications\?window=30$/)
})

test('language and theme are changed from the search, on the page one is on', async ({ page }) => {
  await page.goto('/mentors?status=paused')
  await (await openSearch(page)).fill('mørkt')
  await expect(activeOption(page)).toHaveText('Bruk mørkt utseende')
  await page.keyboard.press('Enter')
  await expect(page.locator('html')).toHaveClass('dark')
  await (await openSearch(page)).fill('english')
  await expect(activeOption(page)).toHaveText('Switch to English')
  await page.keyboard.press('Enter')
  await expect(page.locator('html')).toHaveAttribute('lang', 'en-GB')
  await expect(page).toHaveURL(/\/mentors\?status=paused$/)
})

test('what is in nothing says so', async ({ page }) => {
  await page.goto('/mentors')
  const field = await openSearch(page)
  const words = `%${randomUUID()}`
  await field.fill(words)
  await expect(page.getByRole('dialog').getByRole('status')).toContainText(`Ingen treff på «${words}»`)
  await expect(page.getByRole('listbox')).toHaveCount(0)
  await expect(field).toHaveAttribute('aria-expanded', 'false')
})

test('a lost connection says so, keeps what is typed, and the answer comes by itself once it is back', async ({
  page,
  context,
  request,
}) => {
  const { mark, mentors } = await registerMentors(request, 'Frøydis')
  await page.goto('/mentors')
  const field = await openSearch(page)
  await context.setOffline(true)
  await field.fill(mark)
  await expect(page.getByRole('dialog').getByRole('status')).toContainText('Ingen kontakt med serveren', {
    timeout: 15_000,
  })
  await context.setOffline(false)
  await expect(activeOption(page)).toContainText(String(mentors[0]?.name), { timeout: 15_000 })
  await expect(page.getByRole('dialog').getByRole('status')).not.toContainText('Ingen kontakt')
  await expect(field).toHaveValue(mark)
})

test('records are opened where they are shown: a duplicate on its own page, a certification on its mentor’s', async ({
  page,
}) => {
  await page.goto('/')
  await (await openSearch(page)).fill('cert_04QR8TZ2')
  await expect(activeOption(page)).toContainText('cert_04QR8TZ2')
  const name = String(await activeOption(page).locator('span span').first().textContent())
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name)
  await (await openSearch(page)).fill('evt-5503')
  await expect(activeOption(page)).toContainText('evt-5503')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/duplicates\/evt-5503$/)
})

test('without JavaScript a field in the bar leads to the mentors that match', async ({ browser, baseURL }) => {
  const context = await openWithoutScripts(browser, baseURL)
  const page = await context.newPage()
  await page.goto('/')
  const bar = page.getByRole('banner')
  await bar.getByRole('searchbox', { name: 'Søk' }).fill('kari')
  await bar.getByRole('button', { name: 'Søk' }).click()
  await expect(page).toHaveURL(/\/mentors\?q=kari$/)
  await expect(page.getByRole('main').getByRole('searchbox', { name: 'Søk' })).toHaveValue('kari')
  await context.close()
})

test('axe finds nothing in it, full or without a hit', async ({ page }) => {
  test.slow()
  const searching = (words: string) => async (t: (key: 'search.title') => string) => {
    await (await openSearch(page, t('search.title'))).fill(words)
    await expect(page.getByRole('dialog').getByRole('status')).toHaveText(/\d|«|“/)
  }
  // screens, actions, and more of each kind than is shown
  await examineLooks(page, '/mentors', searching('a'))
  await examineLooks(page, '/mentors', searching('nobody-has-this'))
})
