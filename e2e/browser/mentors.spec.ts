import { randomUUID } from 'node:crypto'
import { expect, test } from '@playwright/test'
import { certify, registerMentor } from './probe-mentors'
import { examineLooks, openWithoutScripts, watchComplaints } from './screen'

test('a coordinator finds somebody by a part of the name, whatever case and accents, and opens her page', async ({
  page,
  request,
}) => {
  const mentor = await registerMentor(request)
  await certify(request, mentor.id, 400)
  const complaints = watchComplaints(page)
  await page.goto('/mentors')
  await expect(page).toHaveTitle('Likepersoner · Likepersoner')
  await page.getByRole('searchbox', { name: 'Søk' }).fill(`odegard ${mentor.mark.toUpperCase()}`)
  await page.getByRole('searchbox', { name: 'Søk' }).press('Enter')
  await expect(page.getByText('1 treff', { exact: true })).toBeVisible()
  await expect(page).toHaveURL(new RegExp(`/mentors\\?q=odegard\\+${mentor.mark.toUpperCase()}$`))
  const row = page.getByRole('row', { name: mentor.name })
  await expect(row).toContainText('Aktiv')
  await expect(row).toContainText('400 dager igjen')
  await row.getByRole('link', { name: mentor.name }).click()
  await expect(page.getByRole('heading', { level: 1, name: mentor.name })).toBeVisible()
  await expect(page).toHaveTitle(`${mentor.name} · Likepersoner`)
  await expect(page.getByRole('region', { name: 'Kan få oppdrag?' })).toContainText('Ja. Aktiv')
  expect(complaints).toEqual([])
})

test('filters, order and page stand in the address, and come back from it', async ({ page }) => {
  await page.goto('/mentors')
  // a page that is just coming alive may set back what was chosen before
  await expect(async () => {
    await page.getByRole('navigation', { name: 'Rader per side' }).getByRole('link', { name: '50' }).click()
    await expect(page).toHaveURL(/limit=50/, { timeout: 2000 })
    await page.getByRole('combobox', { name: 'Status' }).selectOption('På pause')
    await page.getByRole('button', { name: 'Vis', exact: true }).click()
    await expect(page).toHaveURL(/\/mentors\?status=paused&limit=50$/, { timeout: 2000 })
  }).toPass()
  await expect(page.getByRole('row').nth(1)).toContainText('På pause')
  await page.getByRole('columnheader', { name: 'Utløper' }).getByRole('link').click()
  await expect(page).toHaveURL(/\/mentors\?status=paused&sort=expires_at&limit=50$/)
  await expect(page.getByRole('columnheader', { name: 'Utløper' })).toHaveAttribute('aria-sort', 'ascending')
  await page.reload()
  await expect(page.getByRole('combobox', { name: 'Status' })).toHaveValue('paused')
  await expect(page.getByRole('combobox', { name: 'Sortering' })).toHaveValue('expires_at')
  await page.getByRole('link', { name: 'Nullstill' }).click()
  await expect(page).toHaveURL(/\/mentors$/)
  await expect(page.getByRole('combobox', { name: 'Status' })).toHaveValue('')
  await page.getByRole('link', { name: 'Neste' }).click()
  await expect(page).toHaveURL(/\/mentors\?page=2$/)
  await expect(page.getByRole('navigation', { name: 'Sider' })).toContainText('21–40 av')
})

test('a value in the address that makes no sense is named and not used', async ({ page }) => {
  await page.goto('/mentors?status=asleep&limit=1000&certification=none')
  await expect(page.getByRole('status').filter({ hasText: 'adressen' })).toContainText('limit, status')
  await expect(page.getByRole('combobox', { name: 'Sertifisering' })).toHaveValue('none')
  await expect(page.getByRole('combobox', { name: 'Status' })).toHaveValue('')
})

test('a search without a hit, and a page past the end, say so and lead back', async ({ page }) => {
  await page.goto(`/mentors?q=${randomUUID()}`)
  await expect(page.getByText('Ingen treff med disse filtrene')).toBeVisible()
  await page.goto('/mentors?page=99999&status=active')
  await page.getByRole('link', { name: 'Til første side' }).click()
  await expect(page).toHaveURL(/\/mentors\?status=active$/)
})

test('list, search, filters and page can be read and reached without JavaScript', async ({
  browser,
  baseURL,
  request,
}) => {
  const mentor = await registerMentor(request)
  const context = await openWithoutScripts(browser, baseURL)
  const page = await context.newPage()
  await page.goto('/mentors')
  await page.getByRole('search', { name: 'Filtre' }).getByRole('searchbox').fill(mentor.mark)
  await page.getByRole('combobox', { name: 'Sertifisering' }).selectOption('none')
  await page.getByRole('button', { name: 'Vis', exact: true }).click()
  await expect(page.getByRole('combobox', { name: 'Sertifisering' })).toHaveValue('none')
  await page.getByRole('link', { name: mentor.name }).click()
  await expect(page.getByRole('region', { name: 'Kan få oppdrag?' })).toContainText('Har ingen gyldig sertifisering')
  await context.close()
})

test('axe finds nothing in the list, and it does not scroll sideways', async ({ page }) => {
  test.slow()
  await examineLooks(page, '/mentors?status=wrong')
})
