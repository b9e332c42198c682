import { expect, test } from '@playwright/test'
import {
  certify,
  HOUR,
  norwegianDay,
  renewButton,
  rowOf,
  severalSoon,
  soon,
  stored,
  WEEK,
  yearsAfter,
} from './certification-steps'
import { watchComplaints } from './screen'

/** `2026-11-26`: the screens think in the organisation's days. */
const dayInOslo = (at: Date) => at.toLocaleDateString('sv-SE', { timeZone: 'Europe/Oslo' })

test('three are renewed by keyboard, each date shown before anything is saved, and taken back', async ({
  page,
  request,
}) => {
  const [first, second, third, next] = await severalSoon(request, 4)
  if (!first || !second || !third || !next) throw new Error('four were made')
  const complaints = watchComplaints(page)
  await page.goto(WEEK)
  await rowOf(page, first).focus()
  for (const own of [first, second, third]) {
    await expect(rowOf(page, own)).toBeFocused()
    await page.keyboard.press('x')
    await expect(rowOf(page, own)).toHaveAttribute('aria-selected', 'true')
    await page.keyboard.press('j')
  }
  await page.keyboard.press('r')
  const dialog = page.getByRole('dialog', { name: 'Forny 3 sertifiseringer' })
  const list = dialog.getByRole('region', { name: 'Ny utløpsdato for hver' }).getByRole('listitem')
  await expect(list).toHaveCount(3)
  for (const own of [first, second, third]) {
    await expect(list.filter({ hasText: own.name })).toContainText(norwegianDay(yearsAfter(own.expiresAt, 3)))
  }
  await dialog.getByLabel('Varighet i måneder').press('Enter')
  await expect(page.getByText('3 sertifiseringer er fornyet')).toBeVisible()
  for (const own of [first, second, third]) await expect(rowOf(page, own)).toHaveCount(0)
  await expect(rowOf(page, next)).toBeFocused()
  expect(norwegianDay(new Date((await stored(request, second)).expires_at))).toBe(
    norwegianDay(yearsAfter(second.expiresAt, 3)),
  )
  await page.getByRole('button', { name: 'Angre' }).click()
  await expect(page.getByText('3 fornyelser er tatt tilbake')).toBeVisible()
  await expect(rowOf(page, third)).toBeVisible()
  expect((await stored(request, third)).expires_at).toBe(third.expiresAt)
  expect(complaints).toEqual([])
})

test('what a choice makes no sense for is marked with the reason and left out', async ({ page, request }) => {
  const early = await soon(request)
  const late = await certify(request, new Date(Date.now() + 6 * 24 * HOUR))
  await page.goto(WEEK)
  for (const own of [early, late]) await rowOf(page, own).getByRole('checkbox').check()
  await page.getByRole('button', { name: 'Forny 2 sertifiseringer' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: 'En bestemt dato' }).check()
  const between = new Date(Date.now() + 3 * 24 * HOUR)
  await dialog.getByLabel('Siste gyldige dag').fill(dayInOslo(between))
  await expect(dialog.getByText('1 kan ikke fornyes slik og blir ikke med.')).toBeVisible()
  const list = dialog.getByRole('region', { name: 'Ny utløpsdato for hver' }).getByRole('listitem')
  await expect(list.first()).toContainText(`${late.name} Grunnsertifisering`)
  await expect(list.first()).toContainText('ville ikke vart lenger enn nå')
  await dialog.getByRole('button', { name: 'Forny 1 sertifisering' }).click()
  await expect(rowOf(page, early)).toContainText(norwegianDay(between))
  await expect(rowOf(page, late)).toBeVisible()
  expect((await stored(request, late)).expires_at).toBe(late.expiresAt)
})

test('of several, one that somebody else has changed is named with the reason, and the others are renewed', async ({
  page,
  request,
}) => {
  const [first, moved, third] = await severalSoon(request, 3)
  if (!first || !moved || !third) throw new Error('three were made')
  await page.goto(WEEK)
  for (const own of [first, moved, third]) await rowOf(page, own).getByRole('checkbox').check()
  const other = await request.put(`/api/v1/certifications/${moved.certification}`, {
    data: { expires_at: new Date(Date.now() + 2 * HOUR).toISOString() },
  })
  expect(other.status()).toBe(200)
  await page.getByRole('button', { name: 'Forny 3 sertifiseringer' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Forny 3 sertifiseringer' }).click()
  const results = page.getByRole('dialog', { name: '1 rad ble ikke endret' })
  const line = results.getByRole('listitem')
  await expect(line).toContainText(moved.name)
  await expect(line).toContainText('Noen andre har endret dette i mellomtiden')
  await expect(line.getByRole('link')).toHaveAttribute('href', `/mentors/${moved.id}`)
  await expect(results).toContainText('2 er endret.')
  await results.getByRole('button', { name: 'Lukk' }).last().click()
  await expect(rowOf(page, moved)).toBeVisible()
  for (const own of [first, third]) await expect(rowOf(page, own)).toHaveCount(0)
})

test('a connection lost while saving keeps what was typed, and sends it when asked again', async ({
  page,
  request,
  context,
}) => {
  const own = await soon(request)
  await page.goto(WEEK)
  await renewButton(page, own).click()
  const dialog = page.getByRole('dialog', { name: `Forny sertifiseringen til ${own.name}` })
  await dialog.getByLabel('Varighet i måneder').fill('19')
  // what shows a toast is fetched with the first sign of a person
  await expect(page.getByRole('region', { name: /^Varsler/ })).toBeAttached()
  await context.setOffline(true)
  await dialog.getByRole('button', { name: /^Forny til/ }).click()
  await expect(dialog.getByRole('alert')).toContainText('Ingen kontakt med serveren', { timeout: 15_000 })
  await expect(dialog.getByLabel('Varighet i måneder')).toHaveValue('19')
  await context.setOffline(false)
  await dialog.getByRole('button', { name: /^Forny til/ }).click()
  await expect(page.getByText(`${own.name} er fornyet til`)).toBeVisible()
  await expect(rowOf(page, own)).toHaveCount(0)
})
