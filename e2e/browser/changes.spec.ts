import { randomUUID } from 'node:crypto'
import { type APIRequestContext, expect, type Page, test } from '@playwright/test'
import { examineLooks, openWithoutScripts, watchComplaints } from './screen'

/** A mentor of the test's own with a certification that was renewed: four entries in the log. */
async function makeHistory(request: APIRequestContext) {
  const mark = randomUUID().slice(0, 8)
  const mentor = { id: `log-${mark}`, name: `Ylva Logg ${mark}` }
  const put = await request.put(`/api/v1/mentors/${mentor.id}`, { data: { full_name: mentor.name } })
  expect(put.status()).toBe(200)
  const made = await request.post('/api/v1/certifications', {
    data: {
      mentor_id: mentor.id,
      certification_type: 'peer_mentor_basic',
      issued_at: '2024-05-01T10:00:00Z',
      expires_at: '2035-05-01T10:00:00Z',
    },
  })
  const { certification_id } = await made.json()
  const renewed = await request.put(`/api/v1/certifications/${certification_id}`, {
    data: { expires_at: '2036-05-01T10:00:00Z' },
  })
  expect(renewed.status()).toBe(200)
  return { ...mentor, certification: certification_id as string }
}

const titles = (page: Page) => page.getByRole('table').getByRole('rowheader')

test('a coordinator finds by keyboard who renewed a certification, and from what to what', async ({
  page,
  request,
}) => {
  const mentor = await makeHistory(request)
  const complaints = watchComplaints(page)
  await page.goto('/changes')
  await expect(page).toHaveTitle('Endringslogg · Likepersoner')
  await page.getByRole('searchbox', { name: 'Likeperson' }).focus()
  await page.keyboard.type(mentor.id)
  await page.keyboard.press('Enter')
  await expect(page.getByText('4 treff', { exact: true })).toBeVisible()
  await expect(titles(page)).toContainText([
    'Sertifisering fornyet',
    'Sertifisering registrert',
    'Profilen er endret',
    'Registrert som likeperson',
  ])
  // what is chosen while the page still wakes up may be reset by it
  await expect(async () => {
    await page.getByRole('combobox', { name: 'Hva slags endring' }).selectOption('Sertifisering fornyet')
    await page.getByRole('button', { name: 'Vis', exact: true }).press('Enter')
    await expect(page).toHaveURL(new RegExp(`/changes\\?mentor=${mentor.id}&kind=certification.renewed$`), {
      timeout: 2000,
    })
  }).toPass()
  await expect(page.getByText('1 treff', { exact: true })).toBeVisible()
  const row = page.getByRole('row', { name: 'Sertifisering fornyet' })
  await row.getByText('Fra og til').press('Enter')
  await expect(row).toContainText(/Utløper\s*Før: 1\. mai 2035, 12:00 → \. Etter: 1\. mai 2036, 12:00/)
  await expect(row).toContainText(mentor.certification)
  await expect(row).not.toContainText('Utstedt')
  await row.getByRole('link', { name: mentor.name }).press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: mentor.name })).toBeVisible()
  await page.getByRole('link', { name: /endringsloggen/i }).click()
  await expect(page).toHaveURL(new RegExp(`/changes\\?mentor=${mentor.id}$`))
  expect(complaints).toEqual([])
})

test('person, days, order and page size stand in the address, and come back from it', async ({ page, request }) => {
  const mentor = await makeHistory(request)
  await page.goto(`/changes?mentor=${mentor.id}&limit=50`)
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Oslo' }).format()
  await expect(async () => {
    await page.getByRole('combobox', { name: 'Hvem' }).selectOption('open')
    await page.getByLabel('Fra dato').fill(today)
    await page.getByLabel('Til og med dato').fill(today)
    await page.getByRole('button', { name: 'Vis', exact: true }).click()
    const address = new RegExp(`mentor=${mentor.id}&actor=open&from=${today}&to=${today}&limit=50$`)
    await expect(page).toHaveURL(address, { timeout: 2000 })
  }).toPass()
  await expect(titles(page)).toHaveCount(4)
  await page.getByRole('columnheader', { name: 'Når' }).getByRole('link').click()
  await expect(titles(page).first()).toContainText('Registrert som likeperson')
  await expect(page.getByRole('columnheader', { name: 'Når' })).toHaveAttribute('aria-sort', 'ascending')
  await page.reload()
  await expect(page.getByRole('combobox', { name: 'Hvem' })).toHaveValue('open')
  await expect(page.getByLabel('Fra dato')).toHaveValue(today)
  await page.getByLabel('Fra dato').fill('1999-01-01')
  await page.getByLabel('Til og med dato').fill('1999-12-31')
  await page.getByRole('button', { name: 'Vis', exact: true }).click()
  await expect(page.getByText('Ingen treff med disse filtrene')).toBeVisible()
  await page.getByRole('link', { name: 'Nullstill' }).first().click()
  await expect(page).toHaveURL(/\/changes$/)
})

test('values in the address that make no sense are named and not used', async ({ page }) => {
  await page.goto('/changes?from=2026-02-30&kind=A&limit=1000&actor=nobody-at-all')
  await expect(page.getByRole('status').filter({ hasText: 'adressen' })).toContainText('limit, kind, from')
  await expect(page.getByRole('combobox', { name: 'Hvem' })).toHaveValue('nobody-at-all')
})

test('without JavaScript it is filtered and opened all the same', async ({ browser, baseURL, request }) => {
  const mentor = await makeHistory(request)
  const context = await openWithoutScripts(browser, baseURL)
  const page = await context.newPage()
  await page.goto('/changes')
  await page.getByRole('searchbox', { name: 'Likeperson' }).fill(mentor.name)
  await page.getByRole('combobox', { name: 'Hva slags endring' }).selectOption('certification')
  await page.getByRole('button', { name: 'Vis', exact: true }).click()
  await expect(titles(page)).toHaveCount(2)
  const row = page.getByRole('row', { name: 'Sertifisering registrert' })
  await row.getByText('Fra og til').click()
  await expect(row.getByText('Grunnsertifisering', { exact: true })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Visninger' })).toBeHidden()
  await context.close()
})

test('axe finds nothing on the change log with an entry open', async ({ page, request }) => {
  test.slow()
  const mentor = await makeHistory(request)
  await examineLooks(page, `/changes?mentor=${mentor.id}&kind=certification`, (t) =>
    page
      .getByRole('row', { name: t('changes.certification.renewed') })
      .getByText(t('changes.show'))
      .click(),
  )
})
