import { expect, type Page, test } from '@playwright/test'
import {
  clear,
  decide,
  mergeOneMore,
  type Own,
  planWholePage,
  queueOf,
  rowOf,
  sendOfTwo,
  sendPairs,
  stateOf,
} from './queue-steps'
import { openWithoutScripts } from './screen'
import { wordsOf } from './words'

// drafts are checked in the background, twice as many as are decided
test.describe.configure({ timeout: 90_000 })

const t = wordsOf('nb')
const standing = (page: Page) => page.getByRole('main').getByRole('status').first()
const heading = (page: Page, name: string) => page.getByRole('heading', { name })
const rowNamed = (page: Page, own: Own, number: number) =>
  page.getByRole('row', { name: `Prøvegruppa ${number} ${own.mark}` })

test('a plan changes nothing, and whoever opens it sees where it stands', async ({ page, browser, request }) => {
  const own = await sendPairs(request, 2)
  const address = await planWholePage(page, own)
  for (const id of own.ids) expect(await stateOf(request, id)).toBe('duplicate_found')
  const context = await openWithoutScripts(browser, new URL(address).origin)
  const reader = await context.newPage()
  await reader.goto(address)
  await expect(standing(reader)).toContainText('2 utkast kan avgjøres slik.')
  await expect(rowNamed(reader, own, 2)).toContainText('Planlagt')
  await expect(reader.getByText('Å utføre planen krever JavaScript.')).toBeVisible()
  await expect(reader.getByRole('button', { name: /^Utfør/ })).toBeHidden()
  await page.getByRole('button', { name: 'Utfør 2 avgjørelser' }).click()
  await expect(heading(page, 'Avgjørelsene er utført')).toBeVisible({ timeout: 30_000 })
  await reader.reload()
  await expect(heading(reader, 'Avgjørelsene er utført')).toBeVisible()
  await expect(rowNamed(reader, own, 2)).toContainText('Avgjort')
  await context.close()
})

test('one decision that cannot be taken back says why, and the others are', async ({ page, request }) => {
  const own = await sendPairs(request, 2)
  await planWholePage(page, own)
  await page.getByRole('button', { name: 'Utfør 2 avgjørelser' }).click()
  await expect(heading(page, 'Avgjørelsene er utført')).toBeVisible({ timeout: 30_000 })
  // a third draft of the first session goes into the same activity
  await mergeOneMore(request, own, { notes: 'Om søvn' })
  await page.getByRole('button', { name: 'Angre alle 2' }).click()
  await expect(heading(page, 'Avgjørelsene er tatt tilbake')).toBeVisible({ timeout: 30_000 })
  await expect(standing(page)).toContainText('1 kunne ikke tas tilbake og står fortsatt.')
  await expect(rowNamed(page, own, 1)).toContainText('Ikke tatt tilbake')
  await expect(rowNamed(page, own, 1)).toContainText(t('problems.activity_moved_on.title'))
  await expect(rowNamed(page, own, 2)).toContainText('Tatt tilbake')
  await clear(request, own)
})

test('a pair of two mentors is asked for by itself, and may stay in the queue', async ({ page, request }) => {
  const own = await sendPairs(request, 1)
  // of the first one's only the kept activity is left to be alike
  await clear(request, own)
  const second = await sendOfTwo(request, own)
  await page.goto(queueOf(second))
  await rowOf(page, String(second.ids[0])).focus()
  await page.keyboard.press('p')
  const dialog = page.getByRole('dialog', { name: 'Avgjør 1 utkast' })
  const ofTwo = dialog.getByRole('group', { name: '1 av dem ligner en aktivitet som en annen likeperson har ført' })
  await expect(ofTwo.getByRole('radio', { name: 'La dem vente' })).toBeChecked()
  await expect(dialog.getByRole('button', { name: 'Ingenting å forhåndsvise' })).toBeDisabled()
  await dialog.getByRole('radio', { name: 'Behold begge' }).first().check()
  await expect(ofTwo).toBeHidden()
  await dialog.getByRole('radio', { name: 'Slå sammen' }).check()
  await ofTwo.getByRole('radio', { name: 'Ledet sammen' }).check()
  await dialog.getByRole('button', { name: 'Forhåndsvis 1 avgjørelse' }).click()
  await expect(heading(page, 'Plan: ingenting er avgjort ennå')).toBeVisible()
  await expect(rowNamed(page, own, 1)).toContainText('begge likepersonene får den')
  await page.getByRole('button', { name: 'Utfør 1 avgjørelse' }).click()
  await expect(heading(page, 'Avgjørelsene er utført')).toBeVisible({ timeout: 30_000 })
})

test('everything means what was there when the list was read', async ({ page, request }) => {
  const own = await sendPairs(request, 22)
  await page.goto(queueOf(own))
  await page.getByRole('checkbox', { name: 'Velg alle på denne siden' }).check()
  await page.getByRole('button', { name: 'Velg alle 22 som passer' }).click()
  await decide(request, String(own.ids[0]), 'discard_draft')
  await page.getByRole('button', { name: 'Forhåndsvis 22 avgjørelser' }).click()
  const dialog = page.getByRole('dialog', { name: 'Avgjør 21 utkast samlet' })
  await expect(dialog).toContainText('1 er endret av andre siden listen ble lest, og er ikke med.')
  await dialog.getByRole('button', { name: 'Forhåndsvis 21 avgjørelser' }).click()
  await expect(standing(page)).toHaveText('21 utkast kan avgjøres slik.')
  await clear(request, own)
})

test('a plan that cannot be made says why, and the choice stays', async ({ page, request }) => {
  const own = await sendPairs(request, 1)
  await page.route('**/duplicate-events/batches', (route) => route.abort())
  await page.goto(queueOf(own))
  await rowOf(page, String(own.ids[0])).focus()
  await page.keyboard.press('p')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: 'Forkast utkastet' }).check()
  await dialog.getByRole('button', { name: 'Forhåndsvis 1 avgjørelse' }).click()
  await expect(dialog.getByRole('alert')).toContainText(t('problems.network.title'))
  await expect(dialog.getByRole('radio', { name: 'Forkast utkastet' })).toBeChecked()
  await page.unroute('**/duplicate-events/batches')
  await dialog.getByRole('button', { name: 'Forhåndsvis 1 avgjørelse' }).click()
  await expect(heading(page, 'Plan: ingenting er avgjort ennå')).toBeVisible()
  await expect(rowNamed(page, own, 1)).toContainText('Utkastet blir ingen aktivitet.')
  await clear(request, own)
})

test('a batch that stands still says so and is carried on', async ({ page, request }) => {
  const own = await sendPairs(request, 2)
  await page.clock.install()
  const address = await planWholePage(page, own)
  const batch = `**/api/v1/duplicate-events/batches/${address.split('/').at(-1)}`
  // the server takes the order and then does nothing
  const planned = await (await request.get(batch.slice(2))).json()
  const stuck = { ...planned, state: 'running', run_by: 'open', run_at: planned.created_at }
  await page.route(`${batch}*`, (route) => route.fulfill({ json: stuck }))
  await page.route(`${batch}/run`, (route) => route.fulfill({ json: stuck }))
  await page.getByRole('button', { name: 'Utfør 2 avgjørelser' }).click()
  await expect(heading(page, 'Avgjørelsene utføres')).toBeVisible()
  await expect(page.getByRole('progressbar', { name: 'Fremdrift' })).toHaveAttribute('value', '0')
  await expect(page.getByRole('button', { name: 'Fortsett' })).toBeHidden()
  await page.clock.runFor(20_000)
  await expect(standing(page)).toContainText('Det ser ut til å stå stille.')
  await page.unroute(`${batch}*`)
  await page.unroute(`${batch}/run`)
  await page.getByRole('button', { name: 'Fortsett' }).click()
  await expect(async () => {
    await page.clock.runFor(1000)
    await expect(heading(page, 'Avgjørelsene er utført')).toBeVisible({ timeout: 500 })
  }).toPass({ timeout: 30_000 })
  for (const id of own.ids) expect(await stateOf(request, id)).toBe('resolved')
})

test('an address without a batch ends in a page that says so', async ({ page }) => {
  for (const name of ['bat_00000000', 'x']) {
    expect((await page.goto(`/duplicates/batches/${name}`))?.status()).toBe(404)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Det er ingenting på denne adressen')
  }
})
