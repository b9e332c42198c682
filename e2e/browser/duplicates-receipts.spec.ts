import { type APIRequestContext, expect, test } from '@playwright/test'
import { clear, mergeOneMore, sendPairs } from './queue-steps'
import { examineLooks, watchComplaints } from './screen'

// a draft is checked in the background
test.describe.configure({ timeout: 60_000 })

const EVENTS = '/api/v1/duplicate-events'

/** Merges a draft that says 75 minutes into an activity of 60. */
async function mergeLonger(request: APIRequestContext) {
  const own = await sendPairs(request, 1, { duration_minutes: 75 })
  const data = { state: 'resolved', resolution: 'merge', field_choices: { duration_minutes: 'draft' } }
  expect((await request.put(`${EVENTS}/${own.ids[0]}`, { data })).status()).toBe(200)
  const found = await request.get(`/api/v1/views/duplicate-receipts?mentor_id=${own.mentor}`)
  return { own, receipt: (await found.json()).data[0].receipt_id as string }
}

test('a receipt shows every value, can be saved, and takes the decision back', async ({ page, request }) => {
  const { own, receipt } = await mergeLonger(request)
  const complaints = watchComplaints(page)
  await page.goto(`/duplicates/receipts/${receipt}`)
  const duration = page.getByRole('row', { name: 'Varighet' })
  await expect(duration).toContainText('erstattet')
  await expect(duration).toContainText('75 minutter')
  await expect(duration).toContainText('60 minutter')
  await expect(page.getByText('(ikke offisielt)')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Grunnlaget for avgjørelsen' })).toContainText('samme likeperson')
  const csv = await request.get(`/duplicates/receipts/${receipt}/csv`, { headers: { 'accept-language': 'nb' } })
  expect(csv.headers()['content-type']).toContain('text/csv')
  expect(await csv.text()).toContain('Varighet')

  await page.getByRole('button', { name: 'Angre' }).click()
  await expect(page.getByText(/^Tatt tilbake /)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Angre' })).toHaveCount(0)
  await page.getByRole('link', { name: 'Til vurderingen' }).click()
  await expect(page.getByRole('region', { name: 'Kvitteringer' })).toContainText(/^Kvitteringer.*Slått sammen.*angret/)
  expect(complaints).toEqual([])
  await clear(request, own)
})

test('a decision that something else has come on top of stays, and the receipt says why', async ({ page, request }) => {
  const { own, receipt } = await mergeLonger(request)
  const address = `/duplicates/receipts/${receipt}`
  await page.goto(address)
  // between the press and its arrival a third draft goes into the same activity
  await page.route(`**${EVENTS}/${own.ids[0]}`, async (route) => {
    await mergeOneMore(request, own, { notes: 'Om søvn' })
    await route.continue()
  })
  await page.getByRole('button', { name: 'Angre' }).click()
  await expect(page.getByText('Aktiviteten er endret siden').first()).toBeVisible()
  await expect(page.getByText('Kan ikke angres: aktiviteten er endret siden')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Angre' })).toHaveCount(0)
  await expect(page).toHaveURL(address)
  await page.goto(`/duplicates/${own.ids[0]}`)
  await expect(page.getByText('Kan ikke angres: aktiviteten er endret siden')).toBeVisible()
})

test('an address without a receipt ends in a page that says so', async ({ page }) => {
  expect((await page.goto('/duplicates/receipts/rec_00000000'))?.status()).toBe(404)
})

test('a receipt stands up to axe in both themes and widths', async ({ page, request }) => {
  test.slow()
  const { receipt } = await mergeLonger(request)
  await examineLooks(page, `/duplicates/receipts/${receipt}`)
})
