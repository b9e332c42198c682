import { randomUUID } from 'node:crypto'
import { expect, type Page, test } from '@playwright/test'
import { examineLooks, openWithoutScripts, watchComplaints } from './screen'

const QUEUES = [
  ['Utløper innen 30 dager', 'Se alle sertifiseringer som utløper', '/certifications'],
  ['Hendelser fra telefonene', 'Se alle hendelser fra telefonene', '/sync-events'],
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

test('going back to the overview shows what was done meanwhile, in its queue and its numbers', async ({
  page,
  request,
}) => {
  const mark = randomUUID().slice(0, 8)
  const own = { mentor_id: `back-${mark}`, name: `Åse Tilbake ${mark}` }
  expect((await request.put(`/api/v1/mentors/${own.mentor_id}`, { data: { full_name: own.name } })).status()).toBe(200)
  // the oldest of all
  const event = { event_type: 'PauseMentorEvent', mentor_id: own.mentor_id, client_timestamp: '1981-01-01T00:00:00Z' }
  expect((await request.post('/api/v1/mentor-status-sync/events', { data: event })).status()).toBe(201)
  const complaints = watchComplaints(page)
  await page.goto('/')
  const queue = page.getByRole('region', { name: 'Hendelser fra telefonene' })
  await expect(queue.getByRole('link', { name: own.name })).toBeVisible()
  await queue.getByRole('link', { name: 'Se alle hendelser fra telefonene' }).click()
  const row = page.getByRole('row').filter({ hasText: own.name })
  const saved = page.waitForResponse('**/events/acknowledge')
  await row.getByRole('button', { name: /^Bekreft/ }).click()
  await saved
  await expect(row).toHaveCount(0)
  await page.goBack()
  await expect(queue).toBeVisible()
  await expect(queue.getByRole('link', { name: own.name })).toHaveCount(0)
  // tests beside this one report and acknowledge too
  await expect(async () => {
    await page.goForward()
    await expect(page.getByRole('heading', { level: 1, name: 'Synkhendelser' })).toBeVisible()
    await expect(row).toHaveCount(0)
    await page.goBack()
    const { sync_events } = await (await request.get('/api/v1/views/counts')).json()
    const number = new Intl.NumberFormat('nb').format(sync_events)
    await expect(queue.getByText(number, { exact: true })).toBeVisible({ timeout: 1000 })
  }).toPass()
  expect(complaints).toEqual([])
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
