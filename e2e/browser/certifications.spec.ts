import { randomUUID } from 'node:crypto'
import { type APIRequestContext, expect, type Page, test } from '@playwright/test'
import { examineLooks, openWithoutScripts, sidewaysScroll, watchComplaints } from './screen'

const HOUR = 3_600_000
const OSLO = { timeZone: 'Europe/Oslo' } as const

interface Own {
  readonly id: string
  readonly name: string
  readonly certification: string
  readonly expiresAt: string
}

/** A mentor of the test's own, whose certification expires at a moment, after a term of three years. */
async function certify(request: APIRequestContext, expires: Date): Promise<Own> {
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
const soon = (request: APIRequestContext) => certify(request, new Date(Date.now() + HOUR))

/** Expired so long ago that it stands first of the expired. */
const longAgo = (request: APIRequestContext) => certify(request, new Date('2001-03-01T00:00:00Z'))

const rowOf = (page: Page, own: Own) => page.getByRole('row').filter({ hasText: own.name })
const renewButton = (page: Page, own: Own) => page.getByRole('button', { name: `for ${own.name}` })

function norwegianDay(moment: Date): string {
  return moment.toLocaleDateString('nb', { day: 'numeric', month: 'long', year: 'numeric', ...OSLO })
}

function yearsAfter(moment: string | number, years: number): Date {
  const later = new Date(moment)
  later.setUTCFullYear(later.getUTCFullYear() + years)
  return later
}

test('a renewal shows where it leads, leaves the list at once and hands the focus on', async ({ page, request }) => {
  const [own, next] = [await soon(request), await soon(request)]
  const complaints = watchComplaints(page)
  await page.goto('/certifications?window=7')
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
  await expect(renewButton(page, next)).toBeFocused()
  const stored = await (await request.get(`/api/v1/certifications/${own.certification}`)).json()
  expect(stored.status).toBe('valid')
  const end = new Date(stored.expires_at)
  expect([norwegianDay(end), end.toLocaleTimeString('nb', OSLO)]).toEqual([fromExpiry, '23:59:59'])
  expect(complaints).toEqual([])
})

test('a fixed date has to lie ahead, and a term has to be a number of months', async ({ page, request }) => {
  const own = await soon(request)
  await page.goto('/certifications?window=7')
  await renewButton(page, own).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Varighet i måneder').fill('0')
  await expect(dialog.getByText('Skriv et helt tall fra 1 til 120.')).toBeVisible()
  await dialog.getByLabel('Varighet i måneder').fill('12')
  await expect(
    dialog.getByText(`Den gamle utløpsdatoen – gyldig til og med ${norwegianDay(yearsAfter(own.expiresAt, 1))}`),
  ).toBeVisible()
  await dialog.getByRole('radio', { name: 'En bestemt dato' }).check()
  await dialog.getByLabel('Siste gyldige dag').fill('2020-01-01')
  await dialog.getByRole('button', { name: 'Forny' }).click()
  await expect(dialog.getByText('Velg en dato fra i dag og inntil ti år frem.')).toBeVisible()
  const fixed = yearsAfter(Date.now(), 2)
  await dialog.getByLabel('Siste gyldige dag').fill(fixed.toISOString().slice(0, 10))
  await dialog.getByRole('button', { name: /^Forny til/ }).click()
  await expect(rowOf(page, own)).toHaveCount(0)
  await expect(page.getByText(`${own.name} er fornyet til`)).toBeVisible()
  const stored = await (await request.get(`/api/v1/certifications/${own.certification}`)).json()
  expect(stored.expires_at.slice(0, 10)).toBe(fixed.toISOString().slice(0, 10))
})

test('a renewal that is refused comes back with the reason and with what was chosen', async ({ page, request }) => {
  const own = await soon(request)
  await page.goto('/certifications?window=7')
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
  const stored = await (await request.get(`/api/v1/certifications/${own.certification}`)).json()
  expect(stored.expires_at).toBe(`${moved.slice(0, 19)}Z`)
})

test('what expired long ago is renewed from today, unless another way leads to the future', async ({
  page,
  request,
}) => {
  const own = await longAgo(request)
  await page.goto('/certifications?window=expired')
  await expect(rowOf(page, own)).toContainText('Settes på pause ved neste kjøring')
  await renewButton(page, own).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText('da er den allerede utløpt (1. mars 2004)')).toBeVisible()
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
  await page.goto('/certifications')
  await page.getByRole('link', { name: /^Innen 7 dager/ }).click()
  await expect(rowOf(page, own)).toContainText('Grunnsertifisering')
  await expect(page.getByRole('button', { name: 'Forny' })).toHaveCount(0)
  await page.getByRole('link', { name: /^Innen 90 dager/ }).click()
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

test('axe finds nothing in the warnings and the dialog', async ({ page, request }) => {
  test.slow()
  const own = await soon(request)
  await examineLooks(page, '/certifications?window=expired')
  await examineLooks(page, '/certifications?window=7', async (t) => {
    await rowOf(page, own)
      .getByRole('button', { name: t('actions.renew') })
      .click()
    await page.getByRole('dialog').getByLabel(t('expiry.months')).fill('x')
  })
})
