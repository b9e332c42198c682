import { expect, test } from '@playwright/test'
import { HOUR, longAgo, norwegianDay, renewButton, rowOf, soon, stored, WEEK, yearsAfter } from './certification-steps'
import { examineLooks, openWithoutScripts, sidewaysScroll, watchComplaints } from './screen'

test('a renewal shows where it leads, leaves the list at once and hands the focus on', async ({ page, request }) => {
  const [own, next] = [await soon(request), await soon(request)]
  const complaints = watchComplaints(page)
  await page.goto(WEEK)
  await expect(page).toHaveTitle('Sertifiseringer som utløper · Likepersoner')
  await expect(rowOf(page, own)).toContainText('Utløper snart')
  await expect(rowOf(page, own)).toContainText(/Settes på pause \d+\. \S+ · ingen åpne oppdrag/)
  await renewButton(page, own).press('Enter')
  const dialog = page.getByRole('dialog', { name: `Forny sertifiseringen til ${own.name}` })
  const fromExpiry = norwegianDay(yearsAfter(own.expiresAt, 3))
  await expect(
    dialog.getByRole('radio', { name: `Den gamle utløpsdatoen – gyldig til og med ${fromExpiry}` }),
  ).toBeChecked()
  await expect(dialog.getByRole('radio', { name: /^I dag – gyldig til og med/ })).not.toBeChecked()
  await dialog.getByRole('button', { name: `Forny til ${fromExpiry}` }).press('Enter')
  await expect(rowOf(page, own)).toHaveCount(0)
  await expect(page.getByText(`${own.name} er fornyet til ${fromExpiry}`)).toBeVisible()
  await expect(rowOf(page, next)).toBeFocused()
  const now = await stored(request, own)
  expect(now.status).toBe('valid')
  const end = new Date(now.expires_at)
  expect([norwegianDay(end), end.toLocaleTimeString('nb', { timeZone: 'Europe/Oslo' })]).toEqual([
    fromExpiry,
    '23:59:59',
  ])
  expect(complaints).toEqual([])
})

test('a renewal is taken back as if it had never been', async ({ page, request }) => {
  const own = await soon(request)
  const before = await stored(request, own)
  await page.goto(WEEK)
  await renewButton(page, own).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Forny til/ })
    .click()
  await expect(rowOf(page, own)).toHaveCount(0)
  await page.getByRole('button', { name: 'Angre' }).click()
  await expect(page.getByText('Fornyelsen er tatt tilbake')).toBeVisible()
  await expect(rowOf(page, own)).toBeVisible()
  expect(await stored(request, own)).toEqual(before)
})

test('a fixed date has to lie ahead, and a term has to be a number of months', async ({ page, request }) => {
  const own = await soon(request)
  await page.goto(WEEK)
  await renewButton(page, own).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Varighet i måneder').fill('0')
  await expect(dialog.getByText('Skriv et helt tall fra 1 til 120.')).toBeVisible()
  await dialog.getByLabel('Varighet i måneder').fill('12')
  await expect(
    dialog.getByText(`Den gamle utløpsdatoen – gyldig til og med ${norwegianDay(yearsAfter(own.expiresAt, 1))}`),
  ).toBeVisible()
  await dialog.getByRole('radio', { name: 'En bestemt dato' }).check()
  await dialog.getByLabel('Siste gyldige dag').fill(new Date(own.expiresAt).toISOString().slice(0, 10))
  await expect(dialog.getByText('ville ikke vart lenger enn nå')).toBeVisible()
  await dialog.getByLabel('Siste gyldige dag').fill('2020-01-01')
  await dialog.getByRole('button', { name: 'Forny' }).click()
  await expect(dialog.getByText('Velg en dato fra i dag og inntil ti år frem.')).toBeVisible()
  const fixed = yearsAfter(Date.now(), 2)
  await dialog.getByLabel('Siste gyldige dag').fill(fixed.toISOString().slice(0, 10))
  await dialog.getByRole('button', { name: /^Forny til/ }).click()
  await expect(rowOf(page, own)).toHaveCount(0)
  await expect(page.getByText(`${own.name} er fornyet til`)).toBeVisible()
  const now = await stored(request, own)
  expect(now.expires_at.slice(0, 10)).toBe(fixed.toISOString().slice(0, 10))
})

test('a renewal that is refused comes back with the reason and with what was chosen', async ({ page, request }) => {
  const own = await soon(request)
  await page.goto(WEEK)
  await renewButton(page, own).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Varighet i måneder').fill('17')
  const moved = new Date(Date.now() + 2 * HOUR).toISOString()
  const other = await request.put(`/api/v1/certifications/${own.certification}`, { data: { expires_at: moved } })
  expect(other.status()).toBe(200)
  await dialog.getByRole('button', { name: /^Forny til/ }).click()
  await expect(dialog.getByRole('alert')).toContainText('Noen andre har endret dette i mellomtiden')
  await expect(dialog.getByLabel('Varighet i måneder')).toHaveValue('17')
  await dialog.getByRole('button', { name: 'Avbryt' }).click()
  await expect(rowOf(page, own)).toBeVisible()
  const now = await stored(request, own)
  expect(now.expires_at).toBe(`${moved.slice(0, 19)}Z`)
})

test('what expired long ago is renewed from today, unless another way leads to the future', async ({
  page,
  request,
}) => {
  const own = await longAgo(request)
  await page.goto('/certifications?window=expired&limit=100')
  await expect(rowOf(page, own)).toContainText('Settes på pause ved neste kjøring')
  await renewButton(page, own).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText('ville allerede vært utløpt 1. mars 2004')).toBeVisible()
  await expect(dialog.getByRole('radio', { name: /^I dag/ })).toBeChecked()
  await dialog.getByRole('button', { name: /^Forny til/ }).click()
  await expect(page.getByText(`${own.name} er fornyet til`)).toBeVisible()
})

test('a value in the address that makes no sense is named and not used', async ({ page }) => {
  await page.goto('/certifications?window=14&page=x')
  await expect(page.getByRole('status').filter({ hasText: 'adressen' })).toContainText('window, page')
  await expect(page.getByRole('link', { name: /^Innen 30 dager/ })).toHaveAttribute('aria-current', 'page')
})

test('tabs and pages can be read and reached without JavaScript', async ({ browser, baseURL, request }) => {
  const own = await soon(request)
  const context = await openWithoutScripts(browser, baseURL)
  const page = await context.newPage()
  await page.goto('/certifications?limit=100')
  await page.getByRole('link', { name: /^Innen 7 dager/ }).click()
  await expect(rowOf(page, own)).toContainText('Grunnsertifisering')
  await expect(page.getByRole('button', { name: 'Forny' })).toHaveCount(0)
  await page.goto('/certifications?window=90')
  await page.getByRole('link', { name: 'Neste' }).click()
  await expect(page.getByRole('navigation', { name: 'Sider' })).toContainText('21–')
  await page.getByRole('link', { name: 'Utløpsjobben' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Utløpsjobben' })).toBeVisible()
  await context.close()
})

test('on paper the list stands alone', async ({ page }) => {
  await page.goto('/certifications?window=90')
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByRole('columnheader', { name: 'Konsekvens' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Forny' })).toHaveCount(0)
  await expect(page.getByRole('navigation', { name: 'Skjermbilder' })).toHaveCount(0)
  await page.setViewportSize({ width: 700, height: 1000 })
  expect(await sidewaysScroll(page)).toBe(0)
})

test('axe finds nothing in the warnings and the dialogs', async ({ page, request }) => {
  test.slow()
  const own = await soon(request)
  await examineLooks(page, '/certifications?window=expired')
  await examineLooks(page, WEEK, async (t) => {
    await rowOf(page, own)
      .getByRole('button', { name: t('actions.renew') })
      .click()
    await page.getByRole('dialog').getByLabel(t('renewal.months')).fill('x')
  })
})

test('axe finds nothing where many are renewed', async ({ page, request }) => {
  test.slow()
  await soon(request)
  await examineLooks(page, WEEK, async (t) => {
    await page.getByRole('checkbox', { name: t('list.selectPage') }).check()
    await page
      .getByRole('button', { name: /^(Forny|Renew) \d+ / })
      .first()
      .click()
    await page
      .getByRole('dialog')
      .getByRole('radio', { name: t('renewal.fixed') })
      .check()
    await page
      .getByRole('dialog')
      .getByLabel(t('renewal.lastDay'))
      .fill(new Date(Date.now() + 3 * 24 * HOUR).toISOString().slice(0, 10))
  })
})
