import { expect, test } from '@playwright/test'
import { clear, decide, planWholePage, sendPairs } from './queue-steps'
import { examineLooks } from './screen'

test.describe.configure({ timeout: 60_000 })

test('axe finds nothing in a plan with a row that is refused, nor in its results', async ({ page, request }) => {
  test.slow()
  const own = await sendPairs(request, 3)
  const address = new URL(await planWholePage(page, own)).pathname
  await examineLooks(page, address)
  await decide(request, String(own.ids[0]), 'keep_both')
  expect((await request.post(`/api/v1${address.replace('duplicates', 'duplicate-events')}/run`)).status()).toBe(200)
  await expect(async () => {
    await page.goto(address)
    await expect(page.getByRole('button', { name: /^(Angre alle|Undo all)/ })).toBeVisible({ timeout: 1000 })
  }).toPass({ timeout: 30_000 })
  await examineLooks(page, address)
})

test('axe finds nothing in the decisions, taken back or not', async ({ page, request }) => {
  const own = await sendPairs(request, 2)
  await clear(request, own)
  const back = await request.put(`/api/v1/duplicate-events/${own.ids[0]}`, { data: { state: 'duplicate_found' } })
  expect(back.status()).toBe(200)
  await examineLooks(page, `/duplicates/decided?mentor_id=${own.mentor}`)
  await clear(request, own)
})

test('axe finds nothing in the accuracy, nor in the rule of what counts', async ({ page, request }) => {
  const own = await sendPairs(request, 1)
  await decide(request, String(own.ids[0]), 'merge')
  await examineLooks(page, '/duplicates/evidence', async (t) => {
    await page.getByRole('spinbutton', { name: t('countable.minutes') }).fill('')
    await page.getByRole('button', { name: t('countable.save') }).click()
    await expect(page.getByText(t('countable.minutesError'))).toBeVisible()
  })
})
