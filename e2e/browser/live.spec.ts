// What others change appears by itself. Nothing here waits for the stream to stand: what happens before is caught up.
import { type BrowserContext, expect, type Page, test } from '@playwright/test'
import { registerMentor, registerMentors, sendEvents } from './probe-mentors'

const SOON = { timeout: 3000 }
const NOTHING = 'Ingenting venter på deg'
const STREAM = '**/api/v1/changes/stream**'

const pauseOf = (mentor: { id: string }, reason = 'Ferie') => ({
  event_type: 'PauseMentorEvent',
  mentor_id: mentor.id,
  reason,
})
const inboxOf = (mentor: { id: string }) => `/sync-events?mentor_id=${mentor.id}`
const rowOf = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name })

/** How many streams the tabs of a browser ask for. */
function countStreams(context: BrowserContext): () => number {
  let count = 0
  context.on('request', (request) => {
    if (request.url().includes('/changes/stream')) count++
  })
  return () => count
}

test('what a phone reports and another coordinator deals with shows in the inbox and beside the screens', async ({
  page,
  browser,
  request,
  baseURL,
}) => {
  const mentor = await registerMentor(request)
  await page.goto(inboxOf(mentor))
  await expect(page.getByText(NOTHING)).toBeVisible()
  await sendEvents(request, [pauseOf(mentor)])
  await expect(rowOf(page, mentor.name)).toContainText('Ferie', SOON)
  await expect(rowOf(page, mentor.name)).toHaveAttribute('data-changed')

  const other = await browser.newContext({ locale: 'nb-NO', ...(baseURL && { baseURL }) })
  const colleague = await other.newPage()
  await colleague.goto(inboxOf(mentor))
  await rowOf(colleague, mentor.name).getByRole('button', { name: 'Bekreft' }).click()
  await expect(rowOf(page, mentor.name)).toHaveCount(0, SOON)
  await other.close()

  const rail = page.getByRole('navigation', { name: 'Skjermbilder' }).getByRole('link', { name: 'Hendelser' })
  await expect
    .poll(async () => {
      const { sync_events } = await (await request.get('/api/v1/views/counts')).json()
      return (await rail.textContent())?.includes(String(sync_events > 999 ? '999+' : sync_events))
    })
    .toBe(true)
})

test('all tabs of a browser share one stream, and another goes on when the first is closed', async ({
  page,
  context,
  request,
}) => {
  const mentor = await registerMentor(request)
  const streams = countStreams(context)
  await page.goto(`/mentors/${mentor.id}`)
  await expect.poll(streams).toBe(1)
  const list = await context.newPage()
  await list.goto(`/mentors?q=${mentor.mark}`)
  await sendEvents(request, [pauseOf(mentor, 'Reiser bort')])
  await expect(page.getByRole('main')).toContainText('Reiser bort', SOON)
  await expect(rowOf(list, mentor.name)).toContainText('På pause', SOON)
  expect(streams()).toBe(1)

  await page.close()
  await sendEvents(request, [{ event_type: 'ResumeMentorEvent', mentor_id: mentor.id }])
  await expect(rowOf(list, mentor.name)).toContainText('Aktiv', SOON)
  expect(streams()).toBe(2)
})

test('what has left the list waits, with a note, for whoever works in it', async ({ page, request }) => {
  const { mark, mentors } = await registerMentors(request, 2)
  const [first, second] = mentors as [{ id: string; name: string }, { id: string; name: string }]
  await page.goto(`/mentors?q=${mark}&status=active`)
  const aim = rowOf(page, second.name)
  await aim.hover()
  const arrived = `Nr. 00 ${mark}`
  await request.put(`/api/v1/mentors/${mark}-00`, { data: { full_name: arrived } })
  await sendEvents(request, [pauseOf(first)])
  await expect(rowOf(page, arrived)).toHaveCount(1, SOON)
  await expect(rowOf(page, first.name).getByRole('rowheader')).toHaveAttribute(
    'data-gone',
    /Noen andre har endret den/,
    SOON,
  )
  await expect(page.locator('tbody').getByRole('rowheader')).toContainText([first.name, second.name, arrived])
  await page.getByRole('heading', { level: 1 }).hover()
  await expect(page.locator('tbody').getByRole('rowheader')).toContainText([arrived, second.name])
  await expect(rowOf(page, first.name)).toHaveCount(0)
})

test('a page is not drawn anew under what somebody types', async ({ page, context, request }) => {
  const mentor = await registerMentor(request)
  const path = `/changes?mentor=${mentor.id}`
  await page.goto(path)
  const rows = page.getByRole('table').getByRole('row').filter({ hasText: mentor.name })
  await expect(rows).toHaveCount(2)
  const search = page.getByRole('searchbox', { name: 'Likeperson' })
  await search.press('End')
  await search.pressSequentially('x')
  const colleague = await context.newPage()
  await colleague.goto(path)
  await sendEvents(request, [pauseOf(mentor)])
  await expect(colleague.getByRole('table').getByText('Ferie')).not.toHaveCount(0, SOON)
  const waiting = page.getByText('Ny informasjon vises når du er ferdig med å skrive')
  await expect(waiting).toBeVisible()
  await expect(search).toHaveValue(`${mentor.id}x`)
  await expect(rows).toHaveCount(2)
  await search.press('Backspace')
  await expect(waiting).toHaveCount(0)
  await expect(page.getByRole('table').getByText('Ferie')).not.toHaveCount(0, SOON)
})

test('a page is not left for a server that does not answer', async ({ page, request }) => {
  const mentor = await registerMentor(request)
  await page.goto(`/changes?mentor=${mentor.id}`)
  await page.evaluate(() => document.body.setAttribute('data-opened', 'once'))
  const asked = page.waitForRequest('**/healthz')
  await page.route('**/healthz', (route) => route.fulfill({ status: 502 }))
  await page.route('**/changes?*_rsc=*', (route) => route.fulfill({ status: 502 }))
  await sendEvents(request, [pauseOf(mentor)])
  await asked
  await page.unroute('**/changes?*_rsc=*')
  await page.unroute('**/healthz')
  await expect(page.getByRole('table').getByText('Ferie')).not.toHaveCount(0, { timeout: 8000 })
  // the page is the one that was opened
  await expect(page.locator('body')).toHaveAttribute('data-opened', 'once')
})

test('a lost stream says so and brings what was missed', async ({ page, request }) => {
  const mentor = await registerMentor(request)
  await page.route(STREAM, (route) => route.abort())
  await page.goto(inboxOf(mentor))
  await expect(page.getByText('Henter det som mangler')).toBeVisible()
  await sendEvents(request, [pauseOf(mentor)])
  await expect(page.getByText(NOTHING)).toBeVisible()
  await page.unroute(STREAM)
  await expect(rowOf(page, mentor.name)).toHaveCount(1, { timeout: 8000 })
  await expect(page.getByText('Henter det som mangler')).toHaveCount(0)
})

test('where what was missed cannot be told any more, everything is read anew', async ({ page, request }) => {
  const mentor = await registerMentor(request)
  let restored = false
  await page.route('**/api/v1/changes{/stream,}?**', (route) => {
    const url = new URL(route.request().url())
    // as if the database had been restored from a copy since
    if (!restored)
      url.searchParams.set('since', `restored00.${url.searchParams.get('since')?.split('.').slice(1).join('.')}`)
    return route.continue({ url: url.href })
  })
  await page.route('**/api/v1/views/counts', async (route) => {
    restored = true
    await route.continue()
  })
  const refused = page.waitForResponse((answer) => answer.url().includes('/changes?') && answer.status() === 410)
  await page.goto(inboxOf(mentor))
  await sendEvents(request, [pauseOf(mentor)])
  await refused
  await expect(rowOf(page, mentor.name)).toHaveCount(1, { timeout: 5000 })
  expect(restored).toBe(true)
})
