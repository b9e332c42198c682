import { expect, type Page, test } from '@playwright/test'
import { ownDay, registerMentor } from './probe-mentors'
import { clear, decide, mergeOneMore, rowOf, sendPairs, stateOf } from './queue-steps'
import { examineLooks, openWithoutScripts, watchComplaints } from './screen'

type Request = Parameters<typeof stateOf>[0]

interface Pair {
  readonly pair_id: string
  readonly activities: readonly { readonly activity_id: string; readonly mentor_id: string }[]
}

/** Two activities of a mentor of the test's own that were told apart; then notes were merged into the older one. */
async function makeReturned(request: Request) {
  const own = await sendPairs(request, 1)
  const [id] = own.ids as [string]
  await decide(request, id, 'keep_both')
  await mergeOneMore(request, own, { location: '', notes: 'Om søvn' })
  const { data } = await (await request.get('/api/v1/views/returned-pairs?limit=100')).json()
  const pair = (data as Pair[]).find(({ activities }) => activities[0]?.mentor_id === own.mentor)
  if (!pair) throw new Error('the pair has not come back')
  return { own, id, pair }
}

const tabCount = (page: Page) => page.getByRole('link', { name: /^Endret siden \d/ })

test('what was told apart comes back once one changes; by the keyboard it is confirmed, undone, and reviewed again', async ({
  page,
  request,
}) => {
  const { own, id, pair } = await makeReturned(request)
  const complaints = watchComplaints(page)
  const row = rowOf(page, pair.pair_id)
  await page.goto('/duplicates')
  await tabCount(page).click()
  await expect(page).toHaveURL('/duplicates/changed')
  await expect(row).toContainText('Den andre, Notater: fra «–» til «Om søvn»')

  await row.focus()
  await page.keyboard.press('b')
  await expect(row).toHaveCount(0)
  await page.getByRole('button', { name: 'Angre' }).click()
  await expect(page.getByText('Bekreftelsen er tatt tilbake')).toBeVisible()
  await expect(row).toBeVisible()

  await row.focus()
  await page.keyboard.press('v')
  await expect(page).toHaveURL(`/duplicates/${id}`)
  await expect(page.getByText('De er her igjen fordi noe er endret siden')).toBeVisible()
  await expect(page.getByText('Ført aktivitet, Notater: fra «–» til «Om søvn»')).toBeVisible()
  expect(await stateOf(request, id)).toBe('duplicate_found')
  expect(complaints).toEqual([])
  await clear(request, own)
})

test('a pair that changes between the press and its arrival stays, with the reason', async ({ page, request }) => {
  const { own, pair } = await makeReturned(request)
  const row = rowOf(page, pair.pair_id)
  await page.goto('/duplicates/changed?limit=100')
  await page.route('**/confirmation', async (route) => {
    await mergeOneMore(request, own, {
      location: '',
      starts_at: '18:00',
      participant_count: 9,
      notes: 'Om søvn',
      mood: 'good',
    })
    await route.continue()
  })
  await row.getByRole('button', { name: /^Fortsatt to økter/ }).click()
  await expect(page.getByText('Det du så på, er endret').first()).toBeVisible()
  await expect(row).toContainText('mood')
})

test('it reads without JavaScript, and axe finds nothing', async ({ page, request, browser, baseURL }) => {
  const { pair } = await makeReturned(request)
  const context = await openWithoutScripts(browser, baseURL)
  const reader = await context.newPage()
  await reader.goto('/duplicates/changed?limit=100')
  await expect(rowOf(reader, pair.pair_id)).toContainText('Om søvn')
  await expect(rowOf(reader, pair.pair_id).getByRole('button')).toHaveCount(0)
  await context.close()
  await examineLooks(page, '/duplicates/changed?limit=100')
})

test('what failed is told beside the screens, and can be tried again', async ({ page, request }) => {
  const { id: mentor, mark } = await registerMentor(request)
  const merge = { event_type: 'merge', peer_id: mentor, activity_type_id: 'act-type-008', date: ownDay(mark) }
  const sent = await request.post('/api/v1/duplicate-events', { data: { ...merge, duplicate_check_id: 'dc-999999' } })
  const { id } = await sent.json()
  await page.goto('/duplicates')
  await page.getByRole('link', { name: /^Mislykket [1-9]/ }).click()
  const row = page.getByRole('row').filter({ has: page.locator(`a[href="/duplicates/${id}"]`) })
  await expect(row).toContainText('There is no check dc-999999')
  await examineLooks(page, '/duplicates/failed')
  await page.goto('/duplicates/failed')
  await row.getByRole('button', { name: /^Prøv igjen/ }).click()
  await expect(page.getByText('Det mislyktes igjen')).toBeVisible()
  await expect(row).toBeVisible()
  await row.getByRole('button', { name: /^Fjern/ }).click()
  await expect(page.getByText('Fjernet fra listen')).toBeVisible()
  await expect(row).toHaveCount(0)
  expect((await request.get(`/api/v1/duplicate-events/${id}`)).status()).toBe(404)
})
