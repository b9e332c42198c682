import { randomUUID } from 'node:crypto'
import { expect, test } from '@playwright/test'
import { certify, registerMentor, runExpiryJob, sendEvents } from './probe-mentors'
import { examineLooks, openWithoutScripts, watchComplaints } from './screen'

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
  // shown at once, but what comes next has to come after it
  await expect(page.getByText(`${mentor.name} er aktiv igjen`)).toBeVisible()
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

test('a certification is renewed from the page, its date shown before saving, and the pause that it caused is lifted', async ({
  page,
  request,
}) => {
  const mentor = await registerMentor(request)
  await certify(request, mentor.id, -3)
  await runExpiryJob(request)
  await page.goto(`/mentors/${mentor.id}`)
  const why = page.getByRole('region', { name: 'Kan få oppdrag?' })
  await expect(why).toContainText('Satt på pause av utløpsjobben')
  const certifications = page.getByRole('region', { name: 'Sertifiseringer' })
  await certifications.getByRole('button', { name: 'Forny' }).click()
  const dialog = page.getByRole('dialog', { name: `Forny sertifiseringen til ${mentor.name}` })
  await expect(dialog).toContainText('gyldig til og med')
  await dialog.getByRole('button', { name: /^Forny til \d/ }).click()
  await expect(page.getByText(new RegExp(`${mentor.name} er fornyet til`))).toBeVisible()
  await expect(why).toContainText('Ja. Aktiv')
  await expect(certifications).toContainText('Gyldig')
  await expect(certifications.getByRole('button', { name: 'Forny' })).toBeVisible()
})

test('the first certification is recorded by its days, and wrong ones are named beside their fields', async ({
  page,
  request,
}) => {
  const mentor = await registerMentor(request)
  await page.goto(`/mentors/${mentor.id}`)
  await page.getByRole('button', { name: 'Registrer sertifisering' }).click()
  const dialog = page.getByRole('dialog', { name: `Registrer sertifisering for ${mentor.name}` })
  const lastDay = dialog.getByLabel('Siste gyldige dag')
  await lastDay.fill('2020-01-01')
  await dialog.getByRole('button', { name: 'Lagre' }).click()
  await expect(lastDay).toHaveAccessibleDescription('Siste dag kan ikke være før den ble utstedt.')
  await lastDay.fill('2099-12-31')
  await dialog.getByRole('button', { name: 'Lagre' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByText('Grunnsertifisering er registrert til 31. desember 2099')).toBeVisible()
  const certifications = page.getByRole('region', { name: 'Sertifiseringer' })
  await expect(certifications).toContainText('31. desember 2099')
  await expect(page.getByRole('region', { name: 'Kan få oppdrag?' })).toContainText('gyldig til 31. desember 2099')
})

test('a profile that a phone began is completed; a refused address keeps what was typed', async ({ page, request }) => {
  const id = `probe-${randomUUID().slice(0, 8)}`
  await sendEvents(request, [{ event_type: 'PauseMentorEvent', mentor_id: id }])
  const complaints = watchComplaints(page)
  await page.goto(`/mentors/${id}`)
  await expect(page.getByText('Ufullstendig profil')).toBeVisible()
  await page.getByRole('button', { name: 'Fullfør profilen' }).click()
  const dialog = page.getByRole('dialog', { name: 'Fullfør profilen' })
  const [name, email] = [dialog.getByLabel('Navn'), dialog.getByLabel('E-post')]
  await dialog.getByRole('button', { name: 'Lagre' }).click()
  await expect(name).toHaveAccessibleDescription('Skriv et navn.')
  await name.fill('Kari Nordmann')
  await email.fill('kari(at)eksempel.no')
  await dialog.getByRole('button', { name: 'Lagre' }).click()
  await expect(email).toHaveAccessibleDescription(/Dette er ikke en e-postadresse/)
  await expect(name).toHaveValue('Kari Nordmann')
  await email.fill('kari@eksempel.no')
  await dialog.getByRole('button', { name: 'Lagre' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('heading', { level: 1, name: 'Kari Nordmann' })).toBeVisible()
  await expect(page.getByText('Ufullstendig profil')).toBeHidden()
  await expect(page.getByRole('button', { name: 'Rediger profilen' })).toBeFocused()
  // the refusal itself is told by the browser
  expect(complaints.filter((text) => !text.includes('400'))).toEqual([])
})

test('a profile changed by somebody else meanwhile is shown before it is written over', async ({ page, request }) => {
  const mentor = await registerMentor(request)
  await page.goto(`/mentors/${mentor.id}`)
  await page.getByRole('button', { name: 'Rediger profilen' }).click()
  const dialog = page.getByRole('dialog', { name: 'Rediger profilen' })
  await dialog.getByLabel('Navn').fill('Mitt Navn')
  const theirs = { data: { full_name: 'Deres Navn' } }
  expect((await request.put(`/api/v1/mentors/${mentor.id}`, theirs)).status()).toBe(200)
  await dialog.getByRole('button', { name: 'Lagre' }).click()
  await expect(dialog).toContainText('Nå står det: Deres Navn')
  await expect(dialog.getByLabel('Navn')).toHaveValue('Mitt Navn')
  await dialog.getByRole('button', { name: 'Lagre' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('heading', { level: 1, name: 'Mitt Navn' })).toBeVisible()
})

test('a timeline of more than a page is read to its beginning without JavaScript', async ({
  browser,
  baseURL,
  request,
}) => {
  const mentor = await registerMentor(request)
  const events = Array.from({ length: 60 }, (_, index) => ({
    event_type: index % 2 ? 'ResumeMentorEvent' : 'PauseMentorEvent',
    mentor_id: mentor.id,
  }))
  await sendEvents(request, events)
  const context = await openWithoutScripts(browser, baseURL)
  const page = await context.newPage()
  await page.goto(`/mentors/${mentor.id}`)
  const timeline = page.getByRole('region', { name: 'Tidslinje' })
  await expect(timeline.getByRole('listitem')).toHaveCount(50)
  await expect(timeline.getByRole('link', { name: 'Se alt i endringsloggen' })).toHaveAttribute(
    'href',
    `/changes?mentor=${mentor.id}`,
  )
  await timeline.getByRole('link', { name: 'Vis eldre' }).click()
  await expect(page).toHaveURL(/\?before=\d+$/)
  await expect(timeline.getByRole('listitem')).toHaveCount(12)
  await expect(timeline.getByRole('listitem').last()).toContainText('Registrert som likeperson')
  await expect(timeline.getByRole('link', { name: 'Vis eldre' })).toBeHidden()
  await timeline.getByRole('link', { name: 'Til de nyeste' }).click()
  await expect(timeline.getByRole('listitem')).toHaveCount(50)
  await page.goto(`/mentors/${mentor.id}?before=yesterday`)
  await expect(page.getByRole('status').filter({ hasText: 'adressen' })).toContainText('before')
  await context.close()
})

test('the bars of the activity have their numbers in a table behind them', async ({ page }) => {
  await page.goto('/mentors?q=mentor-&sort=mentor_id&status=active')
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

test('axe finds nothing in the dialogs of a profile and of a first certification', async ({ page, request }) => {
  test.slow()
  const mentor = await registerMentor(request)
  await examineLooks(page, `/mentors/${mentor.id}`, async (t) => {
    await page.getByRole('button', { name: t('mentor.complete.edit') }).click()
    await page.getByRole('dialog').getByLabel(t('fields.name')).fill('')
    await page
      .getByRole('dialog')
      .getByRole('button', { name: t('actions.save') })
      .click()
  })
  await examineLooks(page, `/mentors/${mentor.id}`, async (t) => {
    await page.getByRole('button', { name: t('mentor.record.open') }).click()
    await page.getByRole('dialog').getByLabel(t('mentor.record.lastDay')).waitFor()
  })
})
