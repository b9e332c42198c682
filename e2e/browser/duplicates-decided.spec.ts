import { expect, test } from '@playwright/test'
import { clear, decide, mergeOneMore, rowOf, sendPairs, stateOf } from './queue-steps'
import { openWithoutScripts, watchComplaints } from './screen'

// drafts are checked in the background
test.describe.configure({ timeout: 60_000 })

const decidedOf = (mentor: string, more = '') => `/duplicates/decided?mentor_id=${mentor}${more}`

async function receiptsOf(request: Parameters<typeof stateOf>[0], mentor: string) {
  const answer = await request.get(`/api/v1/views/duplicate-receipts?mentor_id=${mentor}`)
  return (await answer.json()).data as { receipt_id: string; event_id: string; resolution: string }[]
}

test('decisions stand with their receipts, the latest first, by kind and mentor', async ({ page, request }) => {
  const own = await sendPairs(request, 3)
  const [first, second, third] = own.ids as [string, string, string]
  await decide(request, first, 'merge')
  await decide(request, second, 'keep_both')
  await decide(request, third, 'discard_draft')
  const complaints = watchComplaints(page)
  await page.goto(decidedOf(own.mentor))
  await expect(page.getByRole('rowheader')).toHaveText([/^Prøvegruppa 3/, /^Prøvegruppa 2/, /^Prøvegruppa 1/])
  const filters = page.getByRole('search', { name: 'Filtre' })
  await filters.getByRole('combobox', { name: 'Avgjørelse' }).selectOption('Begge beholdt')
  await filters.getByRole('button', { name: 'Vis' }).click()
  await expect(page.getByRole('rowheader')).toHaveText([/^Prøvegruppa 2/])
  const [, kept] = await receiptsOf(request, own.mentor)
  await page.getByRole('link', { name: `Prøvegruppa 2 ${own.mark}` }).click()
  await expect(page).toHaveURL(`/duplicates/receipts/${kept?.receipt_id}`)
  expect(complaints).toEqual([])
})

test('by the keyboard a decision is taken back, and its row stays', async ({ page, request }) => {
  const own = await sendPairs(request, 2)
  await clear(request, own)
  const [receipt] = await receiptsOf(request, own.mentor)
  const row = rowOf(page, String(receipt?.receipt_id))
  await page.goto(decidedOf(own.mentor))
  await row.focus()
  await page.keyboard.press('u')
  await expect(row).toContainText('Tatt tilbake')
  await expect(row).toBeFocused()
  await expect(page.getByText('Avgjørelsen er tatt tilbake')).toBeVisible()
  expect(await stateOf(request, String(receipt?.event_id))).toBe('duplicate_found')
  await expect(row).toContainText('uten innlogging')
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/duplicates\/receipts\/rec_/)
  await clear(request, own)
})

test('what cannot be taken back says so, or says why when it comes to it', async ({ page, request }) => {
  const own = await sendPairs(request, 1)
  await decide(request, String(own.ids[0]), 'merge')
  const [receipt] = await receiptsOf(request, own.mentor)
  const row = rowOf(page, String(receipt?.receipt_id))
  await page.goto(decidedOf(own.mentor))
  const undo = row.getByRole('button', { name: /^Angre/ })
  // between the press and its arrival a third draft goes into the same activity
  await page.route(`**/api/v1/duplicate-events/${own.ids[0]}`, async (route) => {
    await mergeOneMore(request, own, { notes: 'Om søvn' })
    await route.continue()
  })
  await undo.click()
  await expect(page.getByText('Aktiviteten er endret siden').first()).toBeVisible()
  await expect(row).toContainText('Kan ikke angres: aktiviteten er endret siden')
  expect(await stateOf(request, String(own.ids[0]))).toBe('resolved')
})

test('decisions of one plan lead back to it', async ({ page, request, browser, baseURL }) => {
  const own = await sendPairs(request, 1)
  const { data } = await (await request.get(`/api/v1/views/duplicate-queue?mentor_id=${own.mentor}`)).json()
  const decisions = [{ id: data[0].id, review_version: data[0].review_version, resolution: 'merge' }]
  const { batch_id } = await (await request.post('/api/v1/duplicate-events/batches', { data: { decisions } })).json()
  await request.post(`/api/v1/duplicate-events/batches/${batch_id}/run`)
  await expect.poll(() => stateOf(request, String(own.ids[0])), { timeout: 15_000 }).toBe('resolved')
  // it can all be read without JavaScript
  const context = await openWithoutScripts(browser, baseURL)
  const reader = await context.newPage()
  await reader.goto(decidedOf(own.mentor))
  await expect(reader.getByRole('button', { name: /^Angre/ })).toBeHidden()
  await reader.getByRole('link', { name: 'samlet avgjørelse' }).click()
  await expect(reader).toHaveURL(`/duplicates/batches/${batch_id}`)
  await context.close()
  await page.goto(decidedOf('nobody-decided-this'))
  await expect(page.getByText('Ingen treff med disse filtrene')).toBeVisible()
  await page.goto(decidedOf(own.mentor, '&page=9'))
  await expect(page.getByText('Denne siden er tom')).toBeVisible()
})
