import { type APIRequestContext, expect, type Page, test } from '@playwright/test'
import { HOUR, norwegianDay, type Own, rowOf, severalSoon, soon, WEEK } from './certification-steps'
import { examineLooks, openWithoutScripts, watchComplaints } from './screen'

const SNOOZED = '/certifications?window=snoozed&limit=100'
const REASON = 'Påmeldt kurset i Bergen; venter på bekreftelse.'

const inDays = (days: number) => new Date(Date.now() + days * 24 * HOUR)
const isoDay = (moment: Date) => moment.toLocaleDateString('sv-SE', { timeZone: 'Europe/Oslo' })

async function snoozed(request: APIRequestContext, own: Own, until = isoDay(inDays(20))): Promise<Own> {
  const data = { until, reason: REASON, owner: 'Ingrid Solberg' }
  expect((await request.put(`/api/v1/certifications/${own.certification}/snooze`, { data })).status()).toBe(200)
  return own
}

async function fill(page: Page, choice: { reason: string; owner?: string }) {
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Begrunnelse').fill(choice.reason)
  if (choice.owner !== undefined) await dialog.getByLabel('Følges opp av').fill(choice.owner)
}

test('in a tab that was left open overnight, today is today, and times follow', async ({ page, request }) => {
  const own = await soon(request)
  const complaints = watchComplaints(page)
  await page.clock.install()
  await page.goto(WEEK)
  await rowOf(page, own).press('s')
  const until = page.getByRole('dialog').getByLabel('Varsles igjen')
  await expect(until).toHaveValue(isoDay(inDays(14)))
  await page.keyboard.press('Escape')
  await expect(until).toHaveCount(0)
  await page.clock.fastForward(24 * HOUR)
  await rowOf(page, own).press('s')
  await expect(until).toHaveValue(isoDay(inDays(15)))

  // the browser's clock is now a day ahead of the server's: what passes counts, not what it shows
  await page.goto('/')
  const newest = page.getByRole('region', { name: 'Siste endringer' }).getByRole('listitem').first()
  await expect(newest).toContainText(/for \d+ (sekund|minutt)|nå/)
  await page.clock.fastForward(25 * HOUR)
  await expect(newest).toContainText('for 1 dag siden')
  expect(complaints).toEqual([])
})

test('a warning is snoozed by keyboard, found in its tab, and ended early', async ({ page, request }) => {
  const [own, next] = await severalSoon(request, 2)
  if (!own || !next) throw new Error('two were made')
  const complaints = watchComplaints(page)
  await page.goto(WEEK)
  await rowOf(page, own).press('s')
  const dialog = page.getByRole('dialog', { name: `Utsett varselet om ${own.name}` })
  await expect(dialog).toContainText('settes fortsatt på pause')
  await dialog.getByRole('button', { name: '1 uke' }).click()
  await expect(dialog.getByLabel('Varsles igjen')).toHaveValue(isoDay(inDays(7)))
  await fill(page, { reason: REASON, owner: 'Ingrid Solberg' })
  await dialog.getByLabel('Følges opp av').press('Enter')
  await expect(rowOf(page, own)).toHaveCount(0)
  await expect(rowOf(page, next)).toBeFocused()
  await expect(page.getByText(`Varselet om ${own.name} er utsatt til ${norwegianDay(inDays(7))}`)).toBeVisible()

  // who follows it up is remembered
  await rowOf(page, next).press('s')
  await expect(page.getByRole('dialog').getByLabel('Følges opp av')).toHaveValue('Ingrid Solberg')
  await page.keyboard.press('Escape')

  await page.getByRole('link', { name: /^Utsatt/ }).click()
  await expect(page).toHaveURL(/window=snoozed/)
  const row = rowOf(page, own)
  for (const text of [norwegianDay(inDays(7)), REASON, 'Følges opp av Ingrid Solberg', 'Settes på pause']) {
    await expect(row).toContainText(text)
  }
  await row.getByRole('button', { name: `Avslutt utsettelsen av Grunnsertifisering for ${own.name}` }).click()
  await expect(row).toHaveCount(0)
  await expect(page.getByText(`${own.name} varsles igjen`)).toBeVisible()
  await page.goto(WEEK)
  await expect(rowOf(page, own)).toBeVisible()
  expect(complaints).toEqual([])
})

test('a snooze and its end are undone', async ({ page, request }) => {
  const own = await soon(request)
  await page.goto(WEEK)
  await rowOf(page, own).getByRole('button', { name: 'Utsett' }).click()
  await fill(page, { reason: REASON, owner: 'Per Arne Dahl' })
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Utsett til/ })
    .click()
  await expect(rowOf(page, own)).toHaveCount(0)
  await page.getByRole('button', { name: 'Angre' }).click()
  await expect(page.getByText('Endringen er tatt tilbake')).toBeVisible()
  await expect(rowOf(page, own)).toBeVisible()

  await snoozed(request, own)
  await page.goto(SNOOZED)
  await rowOf(page, own).getByRole('button', { name: 'Avslutt utsettelsen' }).click()
  await expect(rowOf(page, own)).toHaveCount(0)
  await page.getByRole('button', { name: 'Angre' }).click()
  await expect(rowOf(page, own)).toContainText(REASON)
})

test('what is missing or wrong is said beside its field, and what was typed stays when the server refuses', async ({
  page,
  request,
}) => {
  const own = await soon(request)
  await page.goto(WEEK)
  await rowOf(page, own).getByRole('button', { name: 'Utsett' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Varsles igjen').fill(isoDay(inDays(0)))
  await dialog.getByRole('button', { name: 'Utsett', exact: true }).click()
  for (const sentence of ['Velg en dato fra i morgen', 'Skriv hvorfor', 'Skriv hvem som følger opp']) {
    await expect(dialog.getByText(sentence)).toBeVisible()
  }
  await fill(page, { reason: REASON, owner: 'Marit Kvåle' })
  await dialog.getByRole('button', { name: '1 måned' }).click()
  await expect(dialog.getByText('Velg en dato fra i morgen')).toHaveCount(0)
  expect(
    (await request.put(`/api/v1/certifications/${own.certification}`, { data: { status: 'revoked' } })).status(),
  ).toBe(200)
  await dialog.getByRole('button', { name: /^Utsett til/ }).click()
  await expect(dialog.getByRole('alert')).toContainText('Sertifiseringen gjelder ikke lenger')
  await expect(dialog.getByLabel('Begrunnelse')).toHaveValue(REASON)
  await expect(dialog.getByLabel('Følges opp av')).toHaveValue('Marit Kvåle')
})

test('everything that matched is changed across pages, and what was touched meanwhile is left alone', async ({
  page,
  request,
}) => {
  const made: Own[] = []
  for (const own of await severalSoon(request, 22)) made.push(await snoozed(request, own))
  const [touched, ...others] = made
  if (!touched) throw new Error('some were made')
  await page.goto('/certifications?window=snoozed')
  await page.getByRole('checkbox', { name: 'Velg alle på denne siden' }).check()
  await page.getByRole('button', { name: /^Velg alle \d+ som passer/ }).click()
  await snoozed(request, touched, isoDay(inDays(33)))
  await page.getByRole('button', { name: /^Endre \d+ utsettelser/ }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText('1 er endret siden listen ble lest, og blir ikke med.')).toBeVisible()
  await dialog.getByRole('button', { name: '1 måned' }).click()
  await fill(page, { reason: 'Alle tas opp på neste møte.', owner: 'Ingrid Solberg' })
  await dialog.getByRole('button', { name: /^Utsett til/ }).click()
  await expect(page.getByText(/^\d+ varsler er utsatt til/)).toBeVisible({ timeout: 15_000 })
  const snoozeOf = async (own: Own) => (await request.get(`/api/v1/certifications/${own.certification}/snooze`)).json()
  for (const own of others) expect(await snoozeOf(own)).toMatchObject({ reason: 'Alle tas opp på neste møte.' })
  expect(await snoozeOf(touched)).toMatchObject({ reason: REASON, until: isoDay(inDays(33)) })
  await page.getByRole('button', { name: 'Angre' }).click()
  await expect(page.getByText(/^\d+ endringer er tatt tilbake/)).toBeVisible({ timeout: 15_000 })
  for (const own of others) expect(await snoozeOf(own)).toMatchObject({ reason: REASON })
})

test('the tab of the snoozed is read without JavaScript, and sorted by its address', async ({
  browser,
  baseURL,
  request,
}) => {
  const own = await snoozed(request, await soon(request))
  const context = await openWithoutScripts(browser, baseURL)
  const page = await context.newPage()
  await page.goto(SNOOZED)
  await expect(rowOf(page, own)).toContainText(REASON)
  await page.getByRole('link', { name: /^Varsles igjen/ }).click()
  await expect(page).toHaveURL(/sort=-until/)
  await page.getByRole('navigation', { name: 'Rader per side' }).getByRole('link', { name: '50' }).click()
  await expect(page).toHaveURL(/limit=50/)
  await context.close()
})

test('axe finds nothing in the snoozed and the dialog', async ({ page, request }) => {
  test.slow()
  await snoozed(request, await soon(request))
  const own = await soon(request)
  await examineLooks(page, '/certifications?window=snoozed')
  await examineLooks(page, WEEK, async (t) => {
    await rowOf(page, own)
      .getByRole('button', { name: t('snooze.snooze') })
      .click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(t('snooze.back')).fill('2020-01-01')
    await dialog.getByRole('button', { name: t('snooze.snooze'), exact: true }).click()
  })
})

test('what was typed is there again after the dialog was closed', async ({ page, request }) => {
  const own = await soon(request)
  await page.goto(WEEK)
  await rowOf(page, own).press('s')
  await fill(page, { reason: 'Kurs er bestilt', owner: 'Ingrid Solberg' })
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await rowOf(page, own).press('s')
  await expect(page.getByRole('dialog').getByLabel('Begrunnelse')).toHaveValue('Kurs er bestilt')
  await expect(page.getByRole('dialog').getByLabel('Følges opp av')).toHaveValue('Ingrid Solberg')
})
