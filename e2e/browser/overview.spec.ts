import { randomUUID } from 'node:crypto'
import { expect, type Page, test } from '@playwright/test'
import { examineLooks, openWithoutScripts, watchComplaints } from './screen'

const QUEUES = [
  ['Utløper innen 30 dager', 'Se alle sertifiseringer som utløper', '/certifications'],
  ['Meldinger fra telefonene', 'Se alle meldinger fra telefonene', '/sync-events'],
  ['Mulige duplikater', 'Se alle mulige duplikater', '/duplicates'],
] as const

async function expectQueues(page: Page) {
  for (const [title, link, path] of QUEUES) {
    const queue = page.getByRole('region', { name: title })
    await expect(queue.getByText(/^\d[\d\s]*$/).first()).toBeVisible()
    await expect(queue.getByRole('listitem').first().getByRole('link')).toBeVisible()
    await expect(queue.getByRole('link', { name: link })).toHaveAttribute('href', path)
  }
}

test('the overview shows the three queues with their first rows, the job and the newest changes', async ({ page }) => {
  const complaints = watchComplaints(page)
  await page.goto('/')
  await expect(page).toHaveTitle('Oversikt · Likepersoner')
  await expectQueues(page)
  const job = page.getByRole('region', { name: 'Utløpsjobben' })
  await expect(job).toContainText(/Siste kjøring.*(gjennomgått|Kjører nå|avbrutt)/)
  await expect(job).toContainText(/Neste kjøring(\d|Kjører ikke av seg selv)/)
  await page
    .getByRole('region', { name: 'Utløper innen 30 dager' })
    .getByRole('listitem')
    .first()
    .getByRole('link')
    .click()
  await expect(page).toHaveURL(/\/mentors\/.+/)
  await expect(page.getByRole('region', { name: 'Kan få oppdrag?' })).toBeVisible()
  expect(complaints).toEqual([])
})

test('a change made a moment ago stands among the newest', async ({ page, request }) => {
  const mark = randomUUID().slice(0, 8)
  const full_name = `Ny Likeperson ${mark}`
  expect((await request.put(`/api/v1/mentors/new-${mark}`, { data: { full_name } })).status()).toBe(200)
  await page.goto('/')
  const newest = page.getByRole('region', { name: 'Siste endringer' }).getByRole('listitem')
  await expect(newest.filter({ hasText: full_name }).filter({ hasText: 'Profilen er endret' })).toBeVisible()
})

test('the certifications per month have a table behind the bars that adds up to the same', async ({ page }) => {
  await page.goto('/')
  const months = page.getByRole('region', { name: 'Sertifiseringer som utløper per måned' })
  const total = Number(((await months.getByText('til sammen').textContent()) ?? '').replace(/\D/g, ''))
  await months.getByText('Vis som tabell').click()
  await expect(months.getByRole('row')).toHaveCount(13)
  const cells = await months.getByRole('cell').allInnerTexts()
  expect(cells.reduce((sum, cell) => sum + Number(cell), 0)).toBe(total)
  expect(total).toBeGreaterThan(0)
})

test('the queues can be read without JavaScript', async ({ browser, baseURL }) => {
  const context = await openWithoutScripts(browser, baseURL)
  const page = await context.newPage()
  await page.goto('/')
  await expectQueues(page)
  await context.close()
})

test('axe finds nothing on the overview, and it does not scroll sideways', async ({ page }) => {
  test.slow()
  await examineLooks(page, '/', (t) =>
    page
      .getByRole('region', { name: t('overview.perMonth') })
      .getByText(t('chart.asTable'))
      .click(),
  )
})
