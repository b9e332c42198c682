import { randomUUID } from 'node:crypto'
import { type APIRequestContext, expect, type Locator, type Page } from '@playwright/test'
import { testOnOwnApp as test } from './own-app'
import { examineLooks, openWithoutScripts, watchComplaints } from './screen'

const PATH = '/certifications/expiry-job'
const API = '/api/v1/certifications'

/** A connection that lay idle may be closed by the server at the moment of a request. */
const AGAIN = { maxRetries: 2 }

interface Own {
  readonly id: string
  readonly name: string
  readonly certification: string
}

/** A mentor of the test's own whose certification expired on 1 March 2001. */
async function addLapsed(request: APIRequestContext): Promise<Own> {
  const mark = randomUUID().slice(0, 8)
  const own = { id: `job-${mark}`, name: `Ågot Utløp ${mark}` }
  expect((await request.put(`/api/v1/mentors/${own.id}`, { ...AGAIN, data: { full_name: own.name } })).status()).toBe(
    200,
  )
  const certification = await certify(request, own.id, '1998-03-01T00:00:00Z', '2001-03-01T00:00:00Z')
  return { ...own, certification }
}

async function certify(request: APIRequestContext, mentor_id: string, issued_at: string, expires_at: string) {
  const data = { mentor_id, certification_type: 'peer_mentor_basic', issued_at, expires_at }
  const answer = await request.post(API, { ...AGAIN, data })
  expect(answer.status()).toBe(201)
  return (await answer.json()).certification_id as string
}

const renew = (request: APIRequestContext, own: Own) =>
  certify(request, own.id, new Date().toISOString(), '2100-01-01T00:00:00Z')

const statusOf = async (request: APIRequestContext, own: Own) =>
  (await (await request.get(`/api/v1/mentor-status-sync/${own.id}`, AGAIN)).json()).status

async function run(request: APIRequestContext, dry_run: boolean): Promise<string> {
  const answer = await request.post(`${API}/expiry-job/run`, { ...AGAIN, data: { dry_run } })
  expect(answer.status()).toBe(200)
  return (await answer.json()).job_run_id
}

const planOf = (page: Page) => page.getByRole('region', { name: /^Plan job_/ })
const logOf = (page: Page) => page.getByRole('region', { name: /^Logg for job_/ })
const rowOf = (page: Page, own: Own) => planOf(page).getByRole('row').filter({ hasText: own.name })
const carryOutButton = (page: Page) => planOf(page).getByRole('button', { name: /^Sett planen i verk/ })
const standingButton = (page: Page) => page.getByRole('button', { name: /^Sett i verk det som gjelder nå/ })
const previewButton = (page: Page) => page.getByRole('button', { name: 'Forhåndsvis' })

/** Makes a preview and waits for it, however long the page takes to come alive. */
async function preview(page: Page): Promise<void> {
  await page.goto(PATH)
  await expect(async () => {
    if (!(await planOf(page).isVisible())) await previewButton(page).press('Enter', { timeout: 1000 })
    await expect(planOf(page)).toBeVisible({ timeout: 3000 })
  }).toPass()
}

/** Opens the question of the plan, however long the page takes to come alive. */
async function ask(page: Page): Promise<Locator> {
  const dialog = page.getByRole('dialog')
  await expect(async () => {
    if (!(await dialog.isVisible())) await planOf(page).getByRole('button').click({ timeout: 1000 })
    await expect(dialog).toBeVisible({ timeout: 1000 })
  }).toPass()
  return dialog
}

async function carryOutByApi(request: APIRequestContext, plan: string): Promise<string> {
  const answer = await request.post(`${API}/expiry-job/run?plan=${plan}`, AGAIN)
  expect(answer.status()).toBe(200)
  return (await answer.json()).job_run_id
}

test('a preview opens as a plan, is carried out as it stands, and opens the log', async ({ page, request }) => {
  const own = await addLapsed(request)
  const complaints = watchComplaints(page)
  await preview(page)
  await expect(page.getByText(/^Forhåndsvisningen fant [1-9]\d* nye? utløp/)).toBeVisible()
  await expect(page).toHaveURL(/\?run=job_/)
  await expect(planOf(page).getByText(/^Plan job_/)).toBeFocused()
  await expect(rowOf(page, own)).toContainText('Grunnsertifisering utløp 1. mars 2001')
  await expect(rowOf(page, own)).toContainText('Settes på pause')
  await expect(rowOf(page, own).getByRole('link', { name: own.name })).toHaveAttribute('href', `/mentors/${own.id}`)
  expect(await statusOf(request, own)).toBe('active')

  await carryOutButton(page).press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Sette planen i verk?' })
  await expect(dialog).toContainText('settes på pause')
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await expect(carryOutButton(page)).toBeFocused()
  await carryOutButton(page).press('Enter')
  await dialog.getByRole('button', { name: 'Sett i verk' }).press('Enter')
  await expect(page.getByText(/likepersone?r? er satt på pause$/)).toBeVisible()
  await expect(logOf(page).getByText(/^Logg for job_/)).toBeFocused()
  await expect(logOf(page).getByRole('row').filter({ hasText: own.name })).toContainText('utløp 1. mars 2001')
  expect(await statusOf(request, own)).toBe('paused')

  await logOf(page).getByRole('link', { name: /^job_/ }).click()
  await expect(planOf(page)).toContainText('Satt i verk av job_')
  await expect(carryOutButton(page)).toHaveCount(0)
  await planOf(page).getByRole('link', { name: 'Lukk' }).click()
  await expect(planOf(page)).toHaveCount(0)
  const newest = page.getByRole('region', { name: 'Kjøringer' }).getByRole('row').nth(1)
  await expect(newest).toContainText('Etter planen job_')
  await expect(newest).toContainText('Koordinator')
  expect(complaints).toEqual([])
})

test('who renews meanwhile is left out, and who lapses is asked about', async ({ page, request }) => {
  const [kept, renewed] = [await addLapsed(request), await addLapsed(request)]
  await preview(page)
  await expect(rowOf(page, renewed)).toBeVisible()
  await renew(request, renewed)
  const added = await addLapsed(request)

  await (await ask(page)).getByRole('button', { name: 'Sett i verk' }).click()
  const differs = page.getByRole('dialog', { name: 'Noe har endret seg siden forhåndsvisningen' })
  await expect(differs).toContainText('Ingenting er gjort ennå')
  const list = differs.getByRole('alert')
  await expect(list.getByRole('heading', { name: /er ikke lenger med$/ })).toBeVisible()
  await expect(list.getByRole('listitem').filter({ hasText: renewed.name })).toContainText(
    'Grunnsertifisering er fornyet',
  )
  await expect(list.getByRole('listitem').filter({ hasText: added.name })).toContainText('utløp 1. mars 2001')
  for (const own of [kept, added]) expect(await statusOf(request, own)).toBe('active')

  const late = await addLapsed(request)
  await standingButton(page).click()
  await expect(differs).toContainText('Det har endret seg enda en gang')
  await expect(list.getByRole('listitem').filter({ hasText: late.name })).toBeVisible()
  await expect(page.getByText(kept.name)).toBeVisible()
  await standingButton(page).click()
  await expect(logOf(page)).toBeVisible()
  for (const own of [kept, added, late]) {
    await expect(logOf(page).getByRole('row').filter({ hasText: own.name })).toHaveCount(1)
    expect(await statusOf(request, own)).toBe('paused')
  }
  expect(await statusOf(request, renewed)).toBe('active')
})

test('a plan that somebody else has carried out says so', async ({ page, request }) => {
  const own = await addLapsed(request)
  const plan = await run(request, true)
  await page.goto(`${PATH}?run=${plan}`)
  const done = await carryOutByApi(request, plan)
  const dialog = await ask(page)
  await dialog.getByRole('button', { name: 'Sett i verk' }).click()
  await expect(dialog).toContainText(`Planen er allerede satt i verk, av ${done}`)
  await expect(dialog.getByRole('listitem').filter({ hasText: own.name })).toContainText('tatt av en annen kjøring')
  await dialog.getByRole('button', { name: 'Ny forhåndsvisning' }).click()
  await expect(planOf(page)).not.toContainText(plan)
  await expect(rowOf(page, own)).toHaveCount(0)
})

test('without the server the question stays open and says what happened', async ({ page, request, context }) => {
  test.slow()
  const own = await addLapsed(request)
  await page.goto(`${PATH}?run=${await run(request, true)}`)
  const dialog = await ask(page)
  await context.setOffline(true)
  await dialog.getByRole('button', { name: 'Sett i verk' }).click()
  await expect(dialog.getByRole('alert')).toContainText('Ingen kontakt med serveren', { timeout: 15_000 })
  await context.setOffline(false)
  await dialog.getByRole('button', { name: 'Sett i verk' }).click()
  await expect(logOf(page).getByRole('row').filter({ hasText: own.name })).toHaveCount(1)
})

test('a run that makes no sense in the address is named and not used', async ({ page }) => {
  await page.goto(`${PATH}?run=job_01JAN1999_01`)
  await expect(page.getByRole('status').filter({ hasText: 'adressen' })).toContainText('run')
  await expect(page.getByRole('region', { name: 'Kjøringer' }).getByRole('row').nth(1)).toBeVisible()
})

test('plans and logs can be read and reached without JavaScript', async ({ browser, baseURL, request }) => {
  const own = await addLapsed(request)
  const plan = await run(request, true)
  const context = await openWithoutScripts(browser, baseURL)
  const page = await context.newPage()
  await page.goto(PATH)
  const runs = page.getByRole('region', { name: 'Kjøringer' })
  await runs.getByRole('link', { name: `Planen ${plan}` }).click()
  await expect(rowOf(page, own)).toContainText('Settes på pause')
  await expect(carryOutButton(page)).toHaveCount(0)
  await expect(previewButton(page)).toHaveCount(0)
  await runs
    .getByRole('link', { name: /Logg for job_/ })
    .first()
    .click()
  await expect(logOf(page)).toBeVisible()
  await context.close()
})

test('axe finds nothing in the runs, a plan and a log', async ({ page, request }) => {
  await addLapsed(request)
  await examineLooks(page, `${PATH}?run=${await run(request, true)}`)
  await examineLooks(page, `${PATH}?run=${await run(request, false)}`)
})

test('axe finds nothing in the question', async ({ page, request }) => {
  await addLapsed(request)
  await examineLooks(page, `${PATH}?run=${await run(request, true)}`, async () => {
    await ask(page)
  })
})

test('axe finds nothing in what differs', async ({ page, request }) => {
  const renewed = await addLapsed(request)
  const plan = await run(request, true)
  await renew(request, renewed)
  await addLapsed(request)
  await examineLooks(page, `${PATH}?run=${plan}`, async (t) => {
    const dialog = await ask(page)
    await dialog.getByRole('button', { name: t('jobRuns.carryOutNow') }).click()
    await expect(page.getByRole('heading', { name: t('jobRuns.outdatedTitle') })).toBeVisible()
  })
})
