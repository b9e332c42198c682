import { type APIRequestContext, expect, type Page, test } from '@playwright/test'
import { decide, sendPairs } from './queue-steps'
import { openWithoutScripts, watchComplaints } from './screen'

// drafts are checked in the background
test.describe.configure({ timeout: 60_000 })

const SETTINGS = '/api/v1/settings/countable'

async function put(request: APIRequestContext, data: object): Promise<void> {
  expect((await request.put(SETTINGS, { data })).status()).toBe(200)
}

const rule = (page: Page) => page.getByRole('region', { name: 'Hva som teller' })

test('decisions show how often the check and each of its findings have been right', async ({
  page,
  browser,
  baseURL,
  request,
}) => {
  const own = await sendPairs(request, 2)
  await decide(request, String(own.ids[0]), 'merge')
  await decide(request, String(own.ids[1]), 'keep_both')
  const complaints = watchComplaints(page)
  await page.goto('/duplicates')
  await page.getByRole('navigation', { name: 'Duplikater' }).getByRole('link', { name: 'Treffsikkerhet' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Treffsikkerhet')
  const { decided, one_session } = await (await request.get('/api/v1/views/duplicate-evidence')).json()
  expect(one_session).toBeGreaterThan(0)
  expect(decided).toBeGreaterThan(one_session)
  const bands = page.getByRole('table', { name: 'Hvor ofte det ble én økt, etter sannsynligheten kontrollen ga' })
  await expect(bands).toContainText(/\d+\s% \(\d+ av \d+\)/)
  const levels = page.getByRole('table', { name: 'Hvor ofte hvert tegn har hatt rett' })
  await expect(levels.getByRole('row', { name: /^samme tittel(?!,)/ })).toContainText(/for \(\+[\d,]+\)/)
  expect(complaints).toEqual([])
  const context = await openWithoutScripts(browser, baseURL)
  const reader = await context.newPage()
  await reader.goto('/duplicates/evidence')
  await expect(reader.getByRole('table')).toHaveCount(2)
  await expect(rule(reader)).toContainText('Nå teller aktiviteter med minst')
  await expect(reader.getByRole('button', { name: 'Lagre regelen' })).toBeHidden()
  await context.close()
})

test.describe('the rule of what counts', () => {
  // one rule for all: its tests take turns
  test.describe.configure({ mode: 'serial' })

  test.beforeEach(({ request }) => put(request, { participants: 3, minutes: 45, once_a_day: true }))
  test.afterEach(({ request }) => put(request, { participants: 3, minutes: 45, once_a_day: true }))

  test('is changed, said to be not official, and holds from then on', async ({ page, request }) => {
    await page.goto('/duplicates/evidence')
    await expect(rule(page)).toContainText('Ikke offisielt')
    await expect(rule(page)).toContainText('minst 3 deltakere og 45 minutter.')
    await page.getByRole('spinbutton', { name: 'Minste varighet i minutter' }).fill('44')
    await page.getByRole('checkbox', { name: /^Flere av samme/ }).uncheck()
    await page.getByRole('button', { name: 'Lagre regelen' }).click()
    await expect(page.getByText('Regelen er lagret')).toBeVisible()
    await expect(rule(page)).toContainText('minst 3 deltakere og 44 minutter.')
    await expect(rule(page)).not.toContainText('type og dag teller én gang.')
    expect(await (await request.get(SETTINGS)).json()).toEqual({ participants: 3, minutes: 44, once_a_day: false })
  })

  test('is not changed by what makes no sense, which is told beside the field', async ({ page, request }) => {
    await page.goto('/duplicates/evidence')
    const minutes = page.getByRole('spinbutton', { name: 'Minste varighet i minutter' })
    for (const wrong of ['-1', '1441', '30.5', '']) {
      await minutes.fill(wrong)
      await page.getByRole('button', { name: 'Lagre regelen' }).click()
      await expect(minutes).toHaveAccessibleDescription('Skriv et helt tall fra 0 til 1440.')
      await expect(minutes).toHaveValue(wrong)
    }
    await minutes.fill('44')
    await page.getByRole('button', { name: 'Lagre regelen' }).click()
    await expect(page.getByText('Regelen er lagret')).toBeVisible()
    await expect(minutes).toHaveAccessibleDescription('')
    expect(await (await request.get(SETTINGS)).json()).toMatchObject({ minutes: 44 })
  })

  test('changed by two at once keeps the first one’s, and what the second has typed', async ({ page, request }) => {
    await page.goto('/duplicates/evidence')
    const read = page.waitForResponse(`**${SETTINGS}`)
    await page.getByRole('spinbutton', { name: 'Minste antall deltakere' }).fill('2')
    await read
    await put(request, { participants: 4, minutes: 45, once_a_day: true })
    await page.getByRole('button', { name: 'Lagre regelen' }).click()
    await expect(rule(page).getByRole('alert')).toBeVisible()
    await expect(rule(page)).toContainText('minst 4 deltakere')
    await expect(page.getByRole('spinbutton', { name: 'Minste antall deltakere' })).toHaveValue('2')
    await page.getByRole('button', { name: 'Lagre regelen' }).click()
    await expect(page.getByText('Regelen er lagret')).toBeVisible()
    await expect(rule(page)).toContainText('minst 2 deltakere')
  })
})
