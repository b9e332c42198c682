import { randomUUID } from 'node:crypto'
import { type APIRequestContext, expect, test } from '@playwright/test'
import { examineLooks, openWithoutScripts, watchComplaints } from './screen'

const DAY = 86_400_000

/** A mentor of the test's own, with a name that nobody else has. */
async function registerMentor(request: APIRequestContext) {
  const mark = randomUUID().slice(0, 8)
  const mentor = { id: `probe-${mark}`, name: `Åse Prøve-Ødegård ${mark}`, mark }
  const email = `ase.${mark}@likeperson.example`
  const answer = await request.put(`/api/v1/mentors/${mentor.id}`, { data: { full_name: mentor.name, email } })
  expect(answer.status()).toBe(200)
  return mentor
}

async function certify(request: APIRequestContext, mentorId: string, daysLeft: number) {
  const at = (days: number) => new Date(Date.now() + days * DAY).toISOString()
  const data = {
    mentor_id: mentorId,
    certification_type: 'peer_mentor_basic',
    issued_at: at(daysLeft - 1095),
    expires_at: at(daysLeft),
  }
  expect((await request.post('/api/v1/certifications', { data })).status()).toBe(201)
}

test('a coordinator finds somebody by a part of the name, whatever case and accents, and opens her page', async ({
  page,
  request,
}) => {
  const mentor = await registerMentor(request)
  await certify(request, mentor.id, 400)
  const complaints = watchComplaints(page)
  await page.goto('/mentors')
  await expect(page).toHaveTitle('Likepersoner · Likepersoner')
  await page.getByRole('searchbox', { name: 'Søk' }).fill(`odegard ${mentor.mark.toUpperCase()}`)
  await page.getByRole('searchbox', { name: 'Søk' }).press('Enter')
  await expect(page.getByText('1 treff', { exact: true })).toBeVisible()
  await expect(page).toHaveURL(new RegExp(`/mentors\\?q=odegard\\+${mentor.mark.toUpperCase()}$`))
  const row = page.getByRole('row', { name: mentor.name })
  await expect(row).toContainText('Aktiv')
  await expect(row).toContainText('400 dager igjen')
  await row.getByRole('link', { name: mentor.name }).click()
  await expect(page.getByRole('heading', { level: 1, name: mentor.name })).toBeVisible()
  await expect(page).toHaveTitle(`${mentor.name} · Likepersoner`)
  await expect(page.getByRole('region', { name: 'Kan få oppdrag?' })).toContainText('Ja. Aktiv')
  expect(complaints).toEqual([])
})

test('filters, order and page stand in the address, and come back from it', async ({ page }) => {
  await page.goto('/mentors')
  await page.getByRole('combobox', { name: 'Status' }).selectOption('På pause')
  await page.getByRole('combobox', { name: 'Rader per side' }).selectOption('50')
  await page.getByRole('button', { name: 'Vis', exact: true }).click()
  await expect(page).toHaveURL(/\/mentors\?status=paused&limit=50$/)
  await expect(page.getByRole('row').nth(1)).toContainText('På pause')
  await page.getByRole('columnheader', { name: 'Utløper' }).getByRole('link').click()
  await expect(page).toHaveURL(/\/mentors\?status=paused&sort=expires_at&limit=50$/)
  await expect(page.getByRole('columnheader', { name: 'Utløper' })).toHaveAttribute('aria-sort', 'ascending')
  await page.reload()
  await expect(page.getByRole('combobox', { name: 'Status' })).toHaveValue('paused')
  await expect(page.getByRole('combobox', { name: 'Sortering' })).toHaveValue('expires_at')
  await page.getByRole('link', { name: 'Nullstill' }).click()
  await expect(page).toHaveURL(/\/mentors$/)
  await expect(page.getByRole('combobox', { name: 'Status' })).toHaveValue('')
  await page.getByRole('link', { name: 'Neste' }).click()
  await expect(page).toHaveURL(/\/mentors\?page=2$/)
  await expect(page.getByRole('navigation', { name: 'Sider' })).toContainText('21–40 av')
})

test('a value in the address that makes no sense is named and not used', async ({ page }) => {
  await page.goto('/mentors?status=asleep&limit=1000&certification=none')
  await expect(page.getByRole('status').filter({ hasText: 'adressen' })).toContainText('limit, status')
  await expect(page.getByRole('combobox', { name: 'Sertifisering' })).toHaveValue('none')
  await expect(page.getByRole('combobox', { name: 'Status' })).toHaveValue('')
})

test('a search without a hit, and a page past the end, say so and lead back', async ({ page }) => {
  await page.goto(`/mentors?q=${randomUUID()}`)
  await expect(page.getByText('Ingen treff med disse filtrene')).toBeVisible()
  await page.goto('/mentors?page=99999&status=active')
  await page.getByRole('link', { name: 'Til første side' }).click()
  await expect(page).toHaveURL(/\/mentors\?status=active$/)
})

test('the page of somebody paused by hand with a lapsed certification says both, and what comes next', async ({
  page,
  request,
}) => {
  const mentor = await registerMentor(request)
  await certify(request, mentor.id, -3)
  await page.goto(`/mentors/${mentor.id}`)
  const why = page.getByRole('region', { name: 'Kan få oppdrag?' }).getByRole('listitem')
  await expect(why).toHaveCount(1)
  // the job of another test may have come by already
  await expect(why).toContainText(
    /Grunnsertifisering utløp .*Utløpsjobben setter likepersonen på pause|Satt på pause av utløpsjobben/,
  )
  const pause = { mentor_id: mentor.id, event_type: 'PauseMentorEvent', reason: 'Skal på kurs' }
  expect((await request.post('/api/v1/mentor-status-sync/events', { data: pause })).status()).toBe(201)
  await page.reload()
  await expect(why).toHaveCount(2)
  await expect(why.nth(0)).toContainText(/Satt på pause manuelt .*: «Skal på kurs»/)
  await expect(why.nth(1)).toContainText(/[Pp]å pause .*: Grunnsertifisering utløp \d+\./)
  await expect(page.getByRole('region', { name: 'Sertifiseringer' })).toContainText('for 3 dager siden')
  const timeline = page.getByRole('region', { name: 'Tidslinje' }).getByRole('listitem')
  await expect(timeline.first()).toContainText('Pause meldt')
  await expect(timeline.last()).toContainText('Registrert som likeperson')
})

test('a coordinator pauses somebody with a reason, takes it back by Undo, and ends a pause', async ({
  page,
  request,
}) => {
  const mentor = await registerMentor(request)
  await certify(request, mentor.id, 400)
  const complaints = watchComplaints(page)
  await page.goto(`/mentors/${mentor.id}`)
  const why = page.getByRole('region', { name: 'Kan få oppdrag?' })
  await expect(why).toContainText('Ja. Aktiv')
  await page.getByRole('button', { name: 'Sett på pause' }).click()
  const dialog = page.getByRole('dialog', { name: `Sett ${mentor.name} på pause?` })
  await dialog.getByRole('textbox', { name: 'Begrunnelse' }).fill('Trenger fri')
  await dialog.getByRole('button', { name: 'Sett på pause' }).click()
  await expect(dialog).toBeHidden()
  await expect(why).toContainText('«Trenger fri»')
  await expect(page.getByRole('button', { name: 'Avslutt pausen' })).toBeFocused()
  await page.getByRole('button', { name: 'Angre' }).click()
  await expect(why).toContainText('Ja. Aktiv')
  const pause = { mentor_id: mentor.id, event_type: 'PauseMentorEvent' }
  expect((await request.post('/api/v1/mentor-status-sync/events', { data: pause })).status()).toBe(201)
  await page.reload()
  await page.getByRole('button', { name: 'Avslutt pausen' }).click()
  await expect(page.getByText(`${mentor.name} er aktiv igjen`)).toBeVisible()
  await expect(why).toContainText('Ja. Aktiv')
  expect(complaints).toEqual([])
})

test('a pause that the server refuses leaves the words typed where they are', async ({ page, request }) => {
  const mentor = await registerMentor(request)
  await page.goto(`/mentors/${mentor.id}`)
  await page.getByRole('button', { name: 'Sett på pause' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Begrunnelse' }).fill('Trenger fri')
  await page.context().setOffline(true)
  await dialog.getByRole('button', { name: 'Sett på pause' }).click()
  await expect(dialog.getByRole('alert')).toContainText('Ingen kontakt med serveren')
  await expect(dialog.getByRole('textbox', { name: 'Begrunnelse' })).toHaveValue('Trenger fri')
  await page.context().setOffline(false)
  await dialog.getByRole('button', { name: 'Sett på pause' }).click()
  await expect(page.getByRole('region', { name: 'Kan få oppdrag?' })).toContainText('«Trenger fri»')
})

test('the page of somebody paused by the expiry job names the job and the certification', async ({ page }) => {
  await page.goto('/mentors?status=paused&certification=expired&sort=-expires_at&limit=100')
  const byJob = page.getByRole('row').filter({ hasText: 'på pause fordi en sertifisering er utløpt' })
  await byJob.last().getByRole('link').click()
  await expect(page.getByRole('region', { name: 'Kan få oppdrag?' })).toContainText(
    /Satt på pause av utløpsjobben \d+\. \S+ \d{4}: .+ utløp \d+\./,
  )
})

test('the bars of the activity have their numbers in a table behind them', async ({ page }) => {
  await page.goto('/mentors?sort=mentor_id&status=active')
  await page
    .getByRole('row')
    .filter({ has: page.getByRole('cell', { name: /^[1-9]\d*$/ }) })
    .first()
    .getByRole('link')
    .click()
  const activity = page.getByRole('region', { name: 'Aktivitet per måned' })
  const total = Number(((await activity.getByText('til sammen').textContent()) ?? '').replace(/\D/g, ''))
  await activity.getByText('Vis som tabell').click()
  await expect(activity.getByRole('row')).toHaveCount(13)
  const cells = await activity.getByRole('row').locator('td:first-of-type').allInnerTexts()
  expect(cells.reduce((sum, cell) => sum + Number(cell), 0)).toBe(total)
})

test('an id that names nobody, whatever its form, leads to the page that says so', async ({ page }) => {
  for (const id of ['nobody-of-this-name', '%00', '..%2Fadmin', 'x'.repeat(300)]) {
    const response = await page.goto(`/mentors/${id}`)
    expect(response?.status(), id).toBe(404)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Det er ingenting på denne adressen')
  }
})

test('list, search, filters and page can be read and reached without JavaScript', async ({
  browser,
  baseURL,
  request,
}) => {
  const mentor = await registerMentor(request)
  const context = await openWithoutScripts(browser, baseURL)
  const page = await context.newPage()
  await page.goto('/mentors')
  await page.getByRole('searchbox', { name: 'Søk' }).fill(mentor.mark)
  await page.getByRole('combobox', { name: 'Sertifisering' }).selectOption('none')
  await page.getByRole('button', { name: 'Vis', exact: true }).click()
  await expect(page.getByRole('combobox', { name: 'Sertifisering' })).toHaveValue('none')
  await page.getByRole('link', { name: mentor.name }).click()
  await expect(page.getByRole('region', { name: 'Kan få oppdrag?' })).toContainText('Har ingen gyldig sertifisering')
  await context.close()
})

test('axe finds nothing in the list, and it does not scroll sideways', async ({ page }) => {
  test.slow()
  await examineLooks(page, '/mentors?limit=50&status=wrong')
})

test('axe finds nothing on the page of somebody who may get no assignments', async ({ page, request }) => {
  test.slow()
  const mentor = await registerMentor(request)
  await certify(request, mentor.id, -3)
  await examineLooks(page, `/mentors/${mentor.id}`)
})

test('axe finds nothing on a page with everything on it, the table behind the bars included', async ({ page }) => {
  test.slow()
  await examineLooks(page, '/mentors/mentor-42', (t) =>
    page
      .getByRole('region', { name: t('mentor.activity') })
      .getByText(t('chart.asTable'))
      .click(),
  )
})
