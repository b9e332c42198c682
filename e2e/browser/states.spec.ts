import { randomUUID } from 'node:crypto'
import { type APIRequestContext, expect, type Page, test } from '@playwright/test'
import pg from 'pg'
import { loadSampleData } from '@/prisma/sample/load'
import { createTestDatabase, startTestServer, type TestServer } from '@/server/database/test-database'
import { type AppProcess, startApp } from '../faults/app-process'
import { examineLooks, watchComplaints } from './screen'
import { wordsOf } from './words'

const AWAY = /^Ingen kontakt med serveren/

async function openMentor(page: Page, request: APIRequestContext): Promise<string> {
  const mark = randomUUID().slice(0, 8)
  const name = `Frida Uten Nett ${mark}`
  expect((await request.put(`/api/v1/mentors/away-${mark}`, { data: { full_name: name } })).status()).toBe(200)
  await page.goto(`/mentors/away-${mark}`)
  return name
}

const banner = (page: Page) => page.getByRole('status').filter({ hasText: AWAY })

test('without a network a line says so, the page and what is typed stay, and it goes by itself', async ({ page }) => {
  await page.goto('/mentors?status=paused')
  await page.getByRole('searchbox', { name: 'Søk' }).fill('Kari')
  await page.context().setOffline(true)
  await expect(banner(page)).toBeVisible()
  await page.getByRole('complementary').getByRole('link', { name: 'Sertifiseringer' }).click()
  await expect(banner(page)).toContainText('Andre sider kan ikke åpnes')
  await page.getByRole('searchbox', { name: 'Søk' }).press('Enter')
  await expect(page).toHaveURL(/\/mentors\?status=paused$/)
  await page.context().setOffline(false)
  await expect(banner(page)).toHaveCount(0)
  await expect(page.getByRole('searchbox', { name: 'Søk' })).toHaveValue('Kari')
  await page.getByRole('complementary').getByRole('link', { name: 'Sertifiseringer' }).click()
  await expect(page).toHaveURL(/\/certifications$/)
})

test('a save that gets no answer keeps what was typed, says so, and is done when the server is back', async ({
  page,
  request,
}) => {
  const name = await openMentor(page, request)
  await page.route(/\/api\/v1\/|\/healthz/, (route) => route.abort('connectionrefused'))
  await page.getByRole('button', { name: 'Sett på pause' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Begrunnelse' }).fill('Reiser bort')
  await dialog.getByRole('button', { name: 'Sett på pause' }).click()
  await expect(banner(page)).toBeVisible()
  await expect(dialog.getByRole('alert')).toContainText('Ingen kontakt med serveren')
  await expect(dialog.getByRole('textbox', { name: 'Begrunnelse' })).toHaveValue('Reiser bort')
  await page.unroute(/\/api\/v1\/|\/healthz/)
  await expect(banner(page)).toHaveCount(0)
  await dialog.getByRole('button', { name: 'Sett på pause' }).click()
  await expect(page.getByText(`${name} er satt på pause`)).toBeVisible()
})

const t = wordsOf('nb')

for (const { status, says, reads = says } of [
  { status: 401, says: t('problems.signed_out.title') },
  { status: 403, says: t('problems.forbidden.title') },
  { status: 503, says: t('problems.not_serving.title'), reads: t('search.offline') },
]) {
  test(`a gateway's ${status} is told in words, for what is saved and for what is read`, async ({ page, request }) => {
    await openMentor(page, request)
    await page.route('**/api/v1/**', (route) =>
      route.fulfill({ status, contentType: 'text/html', body: '<h1>No</h1>' }),
    )
    await page.getByRole('button', { name: 'Sett på pause' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Begrunnelse' }).fill('Reiser bort')
    await dialog.getByRole('button', { name: 'Sett på pause' }).click()
    await expect(dialog.getByRole('alert')).toContainText(says)
    await expect(dialog.getByRole('textbox', { name: 'Begrunnelse' })).toHaveValue('Reiser bort')
    await dialog.getByRole('button', { name: 'Avbryt' }).click()
    await page.keyboard.press('ControlOrMeta+k')
    await page.getByRole('dialog').getByRole('combobox').fill('Kari')
    await expect(page.getByText(reads).first()).toBeVisible({ timeout: 10_000 })
  })
}

test('a page that takes its time is announced, and the one that is left stays until then', async ({ page }) => {
  await page.goto('/mentors')
  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route(/\/certifications\?.*_rsc=/, async (route) => {
    await released
    await route.continue()
  })
  await page.getByRole('complementary').getByRole('link', { name: 'Sertifiseringer' }).click()
  await expect(page.getByRole('main')).toHaveAttribute('aria-busy', 'true')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Likepersoner')
  release()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sertifiseringer som utløper')
  await expect(page.getByRole('main')).not.toHaveAttribute('aria-busy')
})

test.describe('what no press of a button brings about', () => {
  let server: TestServer
  let app: AppProcess
  let db: pg.Client
  test.beforeAll(async () => {
    test.setTimeout(120_000)
    server = await startTestServer()
    const { url } = await createTestDatabase(server.url)
    await loadSampleData(url, { mentors: 20 })
    app = await startApp({ DATABASE_URL: url }, 'ignore')
    db = new pg.Client({ connectionString: url })
    await db.connect()
  })
  test.afterAll(async () => {
    await db.end()
    await app.stop()
    await server.stop()
  })

  test('a page that fails says what was kept, can be tried again, and keeps its address', async ({ page }) => {
    await db.query('ALTER TABLE mentor RENAME TO mentor_away')
    await page.goto(`${app.url}/mentors?status=active`)
    const notice = page.getByRole('main').getByRole('alert')
    await expect(notice.getByRole('heading', { level: 1 })).toHaveText('Siden kunne ikke vises')
    await expect(notice).toContainText('Det du har lagret, er trygt')
    await expect(notice.locator('code')).toHaveText(/^\d+/)
    const answer = page.waitForResponse((response) => response.url().includes('/mentors?status=active'))
    await notice.getByRole('button', { name: 'Prøv igjen' }).click()
    await answer
    await expect(notice).toBeVisible()
    await db.query('ALTER TABLE mentor_away RENAME TO mentor')
    await notice.getByRole('button', { name: 'Prøv igjen' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Likepersoner')
    await expect(page).toHaveURL(/\/mentors\?status=active$/)
  })

  test('a check that failed says what was kept, and shows by itself how it ends when it is tried again', async ({
    page,
  }) => {
    const { rows } = await db.query(
      `UPDATE duplicate_event SET state = 'failed', error = 'The check met a fault.'
       WHERE key = (SELECT min(key) FROM duplicate_event WHERE state = 'duplicate_found') RETURNING number`,
    )
    await page.goto(`${app.url}/duplicates/evt-${rows[0].number}`)
    await expect(page.getByRole('main')).toContainText('Kontrollen mislyktes. Utkastet er tatt vare på')
    await expect(page.getByRole('main').locator('[lang=en]')).toHaveText('The check met a fault.')
    await page.getByRole('button', { name: 'Prøv igjen' }).click()
    await expect(page.getByRole('main').getByText('Til vurdering')).toBeVisible()
  })

  test('a merge that failed says that nothing was merged, and why', async ({ page, request }) => {
    const data = { event_type: 'merge', peer_id: 'failing', activity_type_id: 'act-type-01', date: '2026-03-20' }
    const { id } = await (await request.post(`${app.url}/api/v1/duplicate-events`, { data })).json()
    await page.goto(`${app.url}/duplicates/${id}`)
    const asked = page.getByRole('region', { name: 'Sammenslåing fra appen' })
    await expect(asked).toContainText('ingenting ble slått sammen')
    await expect(asked.locator('[lang=en]')).toContainText('No draft of this mentor, type and date waits')
    await expect(asked.getByRole('button', { name: 'Prøv igjen' })).toBeVisible()
  })

  test('a receipt leaves out what an erased mentor had written, also in the file', async ({ page }) => {
    const { rows } = await db.query(
      `WITH receipt AS (SELECT key, mentor_key FROM duplicate_receipt WHERE resolution = 'merge' ORDER BY key LIMIT 1),
         other AS (
           UPDATE mentor SET erased_at = now()
           WHERE key = (SELECT max(m.key) FROM mentor AS m JOIN receipt AS r ON r.mentor_key <> m.key) RETURNING key)
       UPDATE duplicate_receipt AS d SET other_mentor_key = (SELECT key FROM other)
       FROM receipt AS r WHERE d.key = r.key RETURNING d.id`,
    )
    const address = `${app.url}/duplicates/receipts/${rows[0].id}`
    await page.goto(address)
    await expect(page.getByRole('main')).toContainText('Den andre likepersonen er slettet')
    const erased = page.getByRole('row', { name: 'Likeperson' }).getByRole('cell')
    await expect(erased.last()).toHaveText(/slettet$/)
    const csv = await page.request.get(`${address}/csv`, { headers: { 'accept-language': 'nb' } })
    expect(await csv.text()).toMatch(/"Likeperson";.*"\(slettet\)";"\(slettet\)"/)
  })
})

test('axe finds nothing in the frame: what a phone folds away, a lost connection, an address of nothing', async ({
  page,
}) => {
  await page.route('**/healthz', (route) => route.abort())
  await examineLooks(page, '/no-such-screen', async () => {
    await page.locator('header details').evaluate((details) => details.toggleAttribute('open', true))
    await page.evaluate(() => dispatchEvent(new Event('offline')))
    await expect(page.getByRole('main').locator('..').getByRole('status').first()).not.toBeEmpty()
  })
})

test('no screen complains when it is left for another', async ({ page }) => {
  const complaints = watchComplaints(page)
  await page.goto('/')
  for (const name of ['Likepersoner', 'Duplikater', 'Oversikt']) {
    await page.getByRole('complementary').getByRole('navigation').getByRole('link', { name }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(name)
  }
  expect(complaints).toEqual([])
})
