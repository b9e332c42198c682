// A coordinator's morning, by keyboard alone and on an organisation of its own: nobody else works in it meanwhile.
import { expect, type Locator, type Page, test } from '@playwright/test'
import { loadSampleData } from '@/prisma/sample/load'
import { createTestDatabase, startTestServer, type TestServer } from '@/server/database/test-database'
import { type AppProcess, startApp } from '../faults/app-process'
import { pressOn, tabTo } from './keyboard'
import { watchComplaints } from './screen'

test.describe.configure({ timeout: 180_000 })

let server: TestServer
let app: AppProcess

test.beforeAll(async () => {
  test.setTimeout(180_000)
  server = await startTestServer()
  const { url } = await createTestDatabase(server.url)
  await loadSampleData(url, {})
  app = await startApp({ DATABASE_URL: url })
})
test.afterAll(async () => {
  await app.stop()
  await server.stop()
})

/** Goes where the search leads that the words find first. */
async function goTo(page: Page, words: string, heading: string): Promise<void> {
  const field = page.getByRole('dialog').getByRole('combobox')
  await expect(async () => {
    if (await field.isHidden()) await page.keyboard.press('Control+k')
    await expect(field).toBeFocused({ timeout: 2000 })
  }).toPass()
  await page.keyboard.type(words)
  await expect(page.getByRole('option', { selected: true })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible()
}

const rows = (page: Page) => page.getByRole('main').locator('tbody').getByRole('row')
const nameOf = async (row: Locator) => String(await row.getByRole('rowheader').getByRole('link').textContent())

test('a morning: renew, snooze, plan and run the job, acknowledge, and find it all in the log', async ({ page }) => {
  const complaints = watchComplaints(page)
  await page.goto(app.url)

  await goTo(page, 'innen 30 dager', 'Sertifiseringer som utløper')
  await expect(page.getByRole('link', { name: /^Innen 30 dager/ })).toHaveAttribute('aria-current', 'page')
  const renewed = await Promise.all([0, 1, 2].map((index) => nameOf(rows(page).nth(index))))
  await tabTo(page, rows(page).first())
  for (const key of ['x', 'j', 'x', 'j', 'x', 'r']) await page.keyboard.press(key)
  const renewal = page.getByRole('dialog', { name: 'Forny 3 sertifiseringer' })
  for (const name of renewed) {
    await expect(renewal.getByRole('listitem').filter({ hasText: name })).toContainText(
      /\d+\. \S+ 20\d\d.*\d+\. \S+ 20\d\d/,
    )
  }
  await pressOn(page, renewal.getByRole('button', { name: 'Forny 3 sertifiseringer' }))
  await expect(page.getByText('3 sertifiseringer er fornyet')).toBeVisible()
  for (const name of renewed) await expect(rows(page).filter({ hasText: name })).toHaveCount(0)

  await expect(rows(page).first()).toBeFocused()
  const snoozed = await nameOf(rows(page).first())
  await page.keyboard.press('s')
  const snooze = page.getByRole('dialog')
  await tabTo(page, snooze.getByRole('textbox', { name: 'Begrunnelse' }))
  await page.keyboard.type('Kurset er bestilt')
  await tabTo(page, snooze.getByRole('textbox', { name: 'Følges opp av' }))
  await page.keyboard.type('Kari')
  await page.keyboard.press('Enter')
  await expect(rows(page).filter({ hasText: snoozed })).toHaveCount(0)
  await pressOn(page, page.getByRole('link', { name: /^Utsatt/ }))
  await expect(rows(page).filter({ hasText: snoozed })).toContainText('Kurset er bestilt')

  await goTo(page, 'forhåndsvis', 'Utløpsjobben')
  await pressOn(page, page.getByRole('button', { name: 'Forhåndsvis' }))
  const plan = page.getByRole('region', { name: /^Plan job_/ })
  await expect(plan).toBeVisible()
  const planned = await plan.getByRole('rowheader').getByRole('link').allTextContents()
  expect(planned.length).toBeGreaterThan(0)
  await pressOn(page, plan.getByRole('button', { name: /^Sett planen i verk/ }))
  await pressOn(page, page.getByRole('dialog').getByRole('button', { name: 'Sett i verk' }))
  const log = page.getByRole('region', { name: /^Logg for job_/ })
  await expect(log.getByRole('rowheader').getByRole('link')).toHaveText(planned)

  const paused = log.getByRole('rowheader').getByRole('link').first()
  await pressOn(page, paused)
  await expect(page.getByRole('heading', { level: 1, name: planned[0] ?? '' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Kan få oppdrag?' })).toContainText(/utløpsjobben/i)

  await goTo(page, 'synkhendelser', 'Synkhendelser')
  await tabTo(page, rows(page).first())
  const noted = await nameOf(rows(page).first())
  await page.keyboard.press('r')
  await expect(page.getByRole('dialog').getByRole('textbox')).toBeFocused()
  await page.keyboard.type('Ringt: alt er i orden')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(rows(page).first()).toBeFocused()
  for (let row = 0; row < 18; row++) {
    await page.keyboard.press('x')
    await page.keyboard.press('j')
  }
  await page.keyboard.press('x')
  await expect(page.getByRole('button', { name: 'Bekreft 19 hendelser' })).toBeVisible()
  await page.keyboard.press('e')
  await expect(page.getByText('19 hendelser er bekreftet')).toBeVisible()

  await pressOn(page, page.getByRole('link', { name: /^Bekreftet/ }))
  await expect(rows(page).filter({ hasText: noted }).filter({ hasText: 'Ringt: alt er i orden' })).toHaveCount(1)
  await tabTo(page, rows(page).first())
  const undone = await nameOf(rows(page).first())
  await page.keyboard.press('e')
  await expect(page.getByText('Bekreftelsen er tatt tilbake')).toBeVisible()

  await goTo(page, 'endringslogg', 'Endringslogg')
  await pressOn(page, page.getByRole('navigation', { name: 'Rader per side' }).getByRole('link', { name: '100' }))
  await expect(page).toHaveURL(/limit=100/)
  const logged = (what: string) => rows(page).filter({ hasText: what })
  for (const name of renewed) await expect(logged('Sertifisering fornyet').filter({ hasText: name })).toHaveCount(1)
  await expect(logged('Utløpsvarsel utsatt').filter({ hasText: snoozed })).toHaveCount(1)
  for (const name of planned)
    await expect(logged('Utløpt sertifisering funnet').filter({ hasText: name })).toHaveCount(1)
  // the newest first: what was taken back, and the twenty before it
  await expect(rows(page).first()).toContainText('Bekreftelse tatt tilbake')
  await expect(rows(page).first()).toContainText(undone)
  for (let row = 1; row <= 20; row++) await expect(rows(page).nth(row)).toContainText('Hendelse bekreftet')
  await expect(rows(page).nth(20)).toContainText(noted)
  expect(complaints).toEqual([])
})
