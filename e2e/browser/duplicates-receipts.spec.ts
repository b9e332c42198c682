import { randomUUID } from 'node:crypto'
import { type APIRequestContext, expect, test } from '@playwright/test'
import { ownDay } from './probe-mentors'
import { examineLooks, watchComplaints } from './screen'

// a draft is checked in the background
test.describe.configure({ timeout: 60_000 })

const EVENTS = '/api/v1/duplicate-events'

async function sendDraft(request: APIRequestContext, mark: string, draft: object, ends: string): Promise<string> {
  const answer = await request.post(EVENTS, {
    data: {
      event_type: 'check',
      peer_id: `probe-${mark}`,
      activity_type_id: `act-type-${mark}`,
      date: ownDay(mark),
      draft_activity: { title: `Prøvegruppa ${mark}`, location: 'Rom 4B', participant_count: 5, ...draft },
    },
  })
  expect(answer.status()).toBe(201)
  const { id } = await answer.json()
  const state = async () => (await (await request.get(`${EVENTS}/${id}`)).json()).state
  await expect.poll(state, { timeout: 15_000 }).toBe(ends)
  return id
}

/** Merges a draft that says 75 minutes into an activity of 30. Returns the receipt's id. */
async function mergeLonger(request: APIRequestContext): Promise<string> {
  const mark = randomUUID().slice(0, 8)
  await sendDraft(request, mark, { duration_minutes: 30 }, 'clear')
  const id = await sendDraft(request, mark, { duration_minutes: 75 }, 'duplicate_found')
  const data = { state: 'resolved', resolution: 'merge', field_choices: { duration_minutes: 'draft' } }
  expect((await request.put(`${EVENTS}/${id}`, { data })).status()).toBe(200)
  const found = await request.get(`/api/v1/views/duplicate-receipts?mentor_id=probe-${mark}`)
  return (await found.json()).data[0].receipt_id
}

test('a receipt shows every value, can be saved, and takes the decision back', async ({ page, request }) => {
  const receipt = await mergeLonger(request)
  const complaints = watchComplaints(page)
  await page.goto(`/duplicates/receipts/${receipt}`)
  const duration = page.getByRole('row', { name: 'Varighet' })
  await expect(duration).toContainText('erstattet')
  await expect(duration).toContainText('75 minutter')
  await expect(duration).toContainText('30 minutter')
  await expect(page.getByText('(ikke offisielt)')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Grunnlaget for avgjørelsen' })).toContainText('samme likeperson')
  const csv = await request.get(`/duplicates/receipts/${receipt}/csv`, { headers: { 'accept-language': 'nb' } })
  expect(csv.headers()['content-type']).toContain('text/csv')
  expect(await csv.text()).toContain('Varighet')

  await page.getByRole('button', { name: 'Angre' }).click()
  await expect(page.getByText(/^Tatt tilbake /)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Angre' })).toHaveCount(0)
  expect(complaints).toEqual([])
})

test('an address without a receipt ends in a page that says so', async ({ page }) => {
  expect((await page.goto('/duplicates/receipts/rec_00000000'))?.status()).toBe(404)
})

test('a receipt stands up to axe in both themes and widths', async ({ page, request }) => {
  test.slow()
  await examineLooks(page, `/duplicates/receipts/${await mergeLonger(request)}`)
})
