// A reviewer's half hour: what the phones sent twice, from the first review to the last, by keyboard alone.
import { expect, type Page, test } from '@playwright/test'
import { pressOn, tabTo } from './keyboard'
import {
  clear,
  decide,
  freezeReview,
  type Own,
  queueOf,
  rowOf,
  sendOfTwo,
  sendPairs,
  stateOf,
  waitingRows,
} from './queue-steps'
import { watchComplaints } from './screen'
import { wordsOf } from './words'

// drafts are checked in the background, and a half hour holds more than one step
test.describe.configure({ timeout: 120_000 })

const t = wordsOf('nb')
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name })
const note = (page: Page) => page.getByRole('textbox', { name: 'Merknad' })
const said = (page: Page, words: string) => page.getByText(words, { exact: true }).last()

/** Opens a review from the queue of its mentor. */
async function openReview(page: Page, own: Own, id: string): Promise<void> {
  await page.goto(queueOf(own))
  await rowOf(page, id).focus()
  await expect(async () => {
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(`/duplicates/${id}`, { timeout: 2000 })
  }).toPass()
  await expect(heading(page, /^Mulig duplikat/)).toBeFocused()
}

/** Gives a verdict, once it can be given, and is taken on to another review. */
async function give(page: Page, id: string, key: string): Promise<void> {
  await expect(page.getByRole('button', { name: 'Behold begge' })).toBeEnabled()
  await page.keyboard.press(key)
  await expect(page).not.toHaveURL(`/duplicates/${id}`)
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
}

/** Goes to the toasts and presses a button there. */
async function pressInToast(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Alt+t')
  await pressOn(
    page,
    page
      .getByRole('region', { name: /^Varsler/ })
      .getByRole('button', { name })
      .first(),
  )
}

test('one by one: merged as chosen, kept, discarded, credited to both, and taken back', async ({ page, request }) => {
  const own = await sendPairs(request, 4, { duration_minutes: 65, room_key: 'K-17' })
  const [merged, kept, discarded, left] = own.ids as [string, string, string, string]
  const complaints = watchComplaints(page)

  await openReview(page, own, merged)
  await page.keyboard.press('?')
  const keys = page.getByRole('dialog', { name: 'Hurtigtaster' })
  await expect(keys).toContainText('Ledet sammen')
  await page.keyboard.press('d')
  await page.keyboard.press('Escape')
  await expect(keys).toBeHidden()
  // the arrows change what is chosen, as in any group of radio buttons
  await pressOn(page, page.getByRole('radio', { name: 'Varighet: Ført aktivitet, 60 minutter' }), 'ArrowLeft')
  await expect(page.getByRole('radio', { name: 'Varighet: Utkast, 65 minutter' })).toBeFocused()
  const result = (name: string) => page.getByRole('row', { name }).getByRole('cell').last()
  await expect(result('Varighet')).toContainText('65 minutter')
  await expect(result('room_key')).toContainText('fra utkastet')
  await tabTo(page, note(page))
  await page.keyboard.type('bd: ringte og spurte')
  await page.keyboard.press('Tab')
  await give(page, merged, 'm')
  await expect(said(page, 'Slått sammen')).toBeVisible()
  expect(await stateOf(request, merged)).toBe('resolved')

  await pressInToast(page, 'Angre')
  await expect(said(page, 'Avgjørelsen er tatt tilbake')).toBeVisible()
  expect(await stateOf(request, merged)).toBe('duplicate_found')
  await pressInToast(page, 'Åpne')
  await expect(page).toHaveURL(`/duplicates/${merged}`)
  await expect(note(page)).toHaveValue('bd: ringte og spurte')
  await expect(page.getByRole('radio', { name: 'Varighet: Utkast, 65 minutter' })).toBeChecked()
  await give(page, merged, 'm')

  await openReview(page, own, kept)
  const switched = page.getByRole('dialog').getByRole('checkbox', { name: /^Bruk hurtigtaster/ })
  await page.keyboard.press('?')
  await pressOn(page, switched, 'Space')
  await page.keyboard.press('Escape')
  await page.keyboard.press('b')
  expect(await stateOf(request, kept)).toBe('duplicate_found')
  await pressOn(page, page.getByRole('button', { name: 'Hurtigtaster' }))
  await pressOn(page, switched, 'Space')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Hurtigtaster' })).toBeFocused()
  await give(page, kept, 'b')
  await expect(said(page, 'Begge er beholdt')).toBeVisible()

  await openReview(page, own, discarded)
  await give(page, discarded, 'd')
  await expect(said(page, 'Utkastet er forkastet')).toBeVisible()

  const second = await sendOfTwo(request, own)
  const [led] = second.ids as [string]
  await openReview(page, second, led)
  await expect(page.getByRole('row', { name: 'Likeperson' })).toContainText('ulikt')
  await give(page, led, 'c')
  await expect(said(page, 'Ført som ledet sammen')).toBeVisible()

  // what was decided stands, and is taken back where its receipt is
  await page.goto(`/duplicates/${led}`)
  await expect(page.getByText(/er ført som medleder\.$/)).toBeVisible()
  await page.goto(`/duplicates/${kept}`)
  await expect(page.getByText(/^Avgjort som noe annet enn act_/)).toBeVisible()
  await pressOn(page, page.getByRole('region', { name: 'Kvitteringer' }).getByRole('link').first())
  await expect(heading(page, /^Kvittering/)).toBeVisible()
  await pressOn(page, page.getByRole('button', { name: 'Angre' }))
  await expect(page.getByText(/^Tatt tilbake /)).toBeVisible()
  expect(await stateOf(request, kept)).toBe('duplicate_found')
  // a merge is not taken back from under the one that came after it
  await page.goto(`/duplicates/${merged}`)
  await expect(page.getByRole('row', { name: 'Varighet' })).toContainText('erstattet')
  await expect(page.getByText('Kan ikke angres: aktiviteten er endret siden')).toBeVisible()
  expect(complaints).toEqual([])
  await clear(request, { ids: [kept, left] })
})

test('ten at once: chosen, previewed, confirmed, read, and taken back in one', async ({ page, request }) => {
  const own = await sendPairs(request, 10)
  const rowNamed = (number: number) => page.getByRole('row', { name: `Prøvegruppa ${number} ${own.mark}` })
  const standing = page.getByRole('main').getByRole('status').first()
  const plan = (name: string) => page.getByRole('heading', { name })
  const complaints = watchComplaints(page)
  await page.goto(queueOf(own))
  await expect(waitingRows(page)).toHaveCount(10)
  await waitingRows(page).first().focus()
  for (let place = 0; place < 10; place++) {
    await page.keyboard.press('x')
    await page.keyboard.press('j')
  }
  await expect(page.getByText('10 valgt').first()).toBeVisible()
  await page.keyboard.press('p')
  const dialog = page.getByRole('dialog', { name: 'Avgjør 10 utkast samlet' })
  await expect(dialog.getByRole('radio', { name: 'Slå sammen' })).toBeFocused()
  await page.keyboard.press('Enter')

  await expect(plan('Plan: ingenting er avgjort ennå')).toBeVisible()
  await expect(standing).toHaveText('10 utkast kan avgjøres slik.')
  await expect(rowNamed(1)).toContainText('Fylles inn: Sted')
  for (const id of own.ids) expect(await stateOf(request, id)).toBe('duplicate_found')
  // somebody else is faster with one of them
  const [moved, ...others] = own.ids as [string, ...string[]]
  await decide(request, moved, 'keep_both')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('button', { name: 'Utfør 10 avgjørelser' })).toBeFocused()
  await page.keyboard.press('Enter')

  await expect(plan('Avgjørelsene er utført')).toBeVisible({ timeout: 30_000 })
  await expect(standing).toContainText('9 utkast er avgjort. 1 ble avvist og er ikke endret.')
  await expect(rowNamed(1)).toContainText('Avvist')
  await expect(rowNamed(1)).toContainText(t('problems.already_resolved.title'))
  await expect(rowNamed(2)).toContainText('Avgjort')
  await expect(rowNamed(2).getByRole('link', { name: 'Kvittering' })).toBeVisible()
  for (const id of others) expect(await stateOf(request, id)).toBe('resolved')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('button', { name: 'Angre alle 9' })).toBeFocused()
  await page.keyboard.press('Enter')

  await expect(plan('Avgjørelsene er tatt tilbake')).toBeVisible({ timeout: 30_000 })
  await expect(standing).toContainText('9 avgjørelser er tatt tilbake, og utkastene venter i køen igjen.')
  await expect(rowNamed(2)).toContainText('Tatt tilbake')
  for (const id of others) expect(await stateOf(request, id)).toBe('duplicate_found')
  expect(await stateOf(request, moved)).toBe('resolved')
  await page.reload()
  await expect(plan('Avgjørelsene er tatt tilbake')).toBeVisible()
  expect(complaints).toEqual([])
  await clear(request, own)
})

test('two at once: the second sees the decision of the first and loses nothing typed', async ({
  page,
  browser,
  request,
}) => {
  const own = await sendPairs(request, 2, { duration_minutes: 65 })
  const [first] = own.ids as [string]
  const context = await browser.newContext({
    locale: 'nb-NO',
    baseURL: new URL(test.info().project.use.baseURL ?? '').origin,
  })
  const other = await context.newPage()
  // nothing reaches the second one by itself
  const letThrough = await freezeReview(context, request, first)
  await openReview(other, own, first)
  await pressOn(other, other.getByRole('radio', { name: 'Varighet: Ført aktivitet, 60 minutter' }), 'ArrowLeft')
  await tabTo(other, note(other))
  await other.keyboard.type('Hun sier det var to økter')
  await other.keyboard.press('Tab')

  await openReview(page, own, first)
  await give(page, first, 'd')
  await expect(said(page, 'Utkastet er forkastet')).toBeVisible()

  await expect(other.getByRole('button', { name: 'Behold begge' })).toBeEnabled()
  await letThrough()
  await other.keyboard.press('b')
  const told = other.getByRole('status').filter({ hasText: 'Noen andre har allerede avgjort dette' })
  await expect(told).toContainText('Utkastet forkastet')
  await expect(other).toHaveURL(`/duplicates/${first}`)
  await expect(other.getByRole('radio', { name: 'Varighet: Utkast, 65 minutter' })).toBeChecked()
  await expect(note(other)).toHaveValue('Hun sier det var to økter')
  await pressOn(other, told.getByRole('button', { name: 'Se avgjørelsen' }))
  await expect(other.getByRole('heading', { name: 'Kvittering', exact: true })).toBeVisible()
  await expect(note(other)).toHaveValue('Hun sier det var to økter')
  await pressOn(other, other.getByRole('button', { name: 'Lagre merknaden' }))
  await expect(other.getByText('Merknaden er lagret')).toBeVisible()
  const { annotation } = await (await request.get(`/api/v1/duplicate-events/${first}`)).json()
  expect(annotation).toBe('Hun sier det var to økter')
  await context.close()
  await clear(request, own)
})
