import { readFile } from 'node:fs/promises'
import { expect, test } from '@playwright/test'
import { clear, decide, queueOf, rowOf, sendOfTwo, sendPairs, waitingRows } from './queue-steps'
import { examineLooks, openWithoutScripts, watchComplaints } from './screen'

// drafts are checked in the background
test.describe.configure({ timeout: 60_000 })

test('by the keyboard: down and up, selected, and opened with Enter', async ({ page, request }) => {
  const own = await sendPairs(request, 3)
  const [first, second] = own.ids as [string, string]
  const complaints = watchComplaints(page)
  await page.goto(queueOf(own))
  await rowOf(page, first).focus()
  await page.keyboard.press('j')
  await expect(rowOf(page, second)).toBeFocused()
  await page.keyboard.press('x')
  await expect(rowOf(page, second)).toHaveAttribute('aria-selected', 'true')
  await expect(page.getByText('1 valgt').first()).toBeVisible()
  await page.keyboard.press('k')
  await expect(rowOf(page, first)).toBeFocused()
  // letters rest once they are off, Enter and the arrows do not
  await page.getByRole('checkbox', { name: 'Hurtigtaster når en rad er i fokus' }).uncheck()
  await rowOf(page, first).focus()
  await page.keyboard.press('x')
  await expect(rowOf(page, first)).toHaveAttribute('aria-selected', 'false')
  await page.keyboard.press('ArrowDown')
  await expect(rowOf(page, second)).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`/duplicates/${second}$`), { timeout: 15_000 })
  expect(complaints).toEqual([])
  await clear(request, own)
})

test('mentor, the certain ones and the order stand in the address', async ({ page, request }) => {
  const own = await sendPairs(request, 2)
  await clear(request, own)
  const pair = await sendPairs(request, 1)
  const second = await sendOfTwo(request, pair)
  await page.goto('/duplicates')
  const filters = page.getByRole('search', { name: 'Filtre' })
  await filters.getByRole('combobox', { name: 'Likeperson-ID' }).fill(second.mentor)
  await filters.getByRole('button', { name: 'Vis' }).click()
  await expect(page).toHaveURL(`/duplicates?mentor_id=${second.mentor}`)
  await expect(waitingRows(page)).toHaveCount(1)
  await expect(waitingRows(page)).toContainText(second.name)
  await expect(waitingRows(page)).toContainText('ulike likepersoner')
  await filters.getByRole('checkbox', { name: 'Bare de sikre' }).check()
  await filters.getByRole('button', { name: 'Vis' }).click()
  await expect(page).toHaveURL(`/duplicates?mentor_id=${second.mentor}&certain=true`)
  // two mentors are never certain
  await expect(page.getByText('Ingen treff med disse filtrene')).toBeVisible()
  await page.getByRole('main').getByRole('link', { name: 'Nullstill' }).last().click()
  await expect(page).toHaveURL('/duplicates')
  await page.goto('/duplicates?certain=perhaps')
  await expect(page.getByRole('main').getByRole('status').first()).toContainText('certain')
  await clear(request, pair)
  await clear(request, second)
})

test('the order turns with its heading, and a page past the end says so', async ({ page, request }) => {
  const own = await sendPairs(request, 3)
  await page.goto(queueOf(own, '&sort=dispatched_at'))
  const idsOf = () => waitingRows(page).evaluateAll((rows) => rows.map((row) => row.getAttribute('data-row')))
  expect(await idsOf()).toEqual(own.ids)
  await page.getByRole('columnheader', { name: 'Ventet siden' }).getByRole('link').click()
  await expect(page).toHaveURL(queueOf(own, '&sort=-dispatched_at'))
  await expect.poll(idsOf).toEqual(own.ids.toReversed())
  await page.goto(queueOf(own, '&page=9'))
  await expect(page.getByText('Denne siden er tom')).toBeVisible()
  await page.getByRole('link', { name: 'Til første side' }).click()
  await expect(waitingRows(page)).toHaveCount(3)
  await clear(request, own)
})

test('the file holds exactly the view', async ({ page, request }) => {
  const own = await sendPairs(request, 2)
  await page.goto(queueOf(own, '&sort=-dispatched_at'))
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Last ned CSV' }).click(),
  ])
  const lines = (await readFile(await saved.path(), 'utf8')).trim().split('\r\n')
  expect(lines.slice(1).map((line) => line.split(';')[0])).toEqual(own.ids.toReversed().map((id) => `"${id}"`))
  await clear(request, own)
})

test('what another decides leaves the list when it is read again', async ({ page, request }) => {
  const own = await sendPairs(request, 2)
  const [first] = own.ids as [string]
  await page.goto(queueOf(own))
  await rowOf(page, first).focus()
  await page.keyboard.press('x')
  await decide(request, first, 'keep_both')
  await page.getByRole('link', { name: 'Avgjort' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Avgjorte duplikater')
  await page.goBack()
  await expect(waitingRows(page)).toHaveCount(1)
  await expect(page.getByText('1 valgt')).toHaveCount(0)
  await clear(request, own)
})

test('without JavaScript the queue is filtered and leads to the review', async ({ browser, baseURL, request }) => {
  const own = await sendPairs(request, 1)
  const context = await openWithoutScripts(browser, baseURL)
  const page = await context.newPage()
  await page.goto('/duplicates')
  await page
    .getByRole('textbox', { name: 'Likeperson-ID' })
    .or(page.getByRole('combobox', { name: 'Likeperson-ID' }))
    .fill(own.mentor)
  await page.getByRole('button', { name: 'Vis' }).click()
  const row = page.getByRole('row', { name: `Prøvegruppa 1 ${own.mark}` })
  await expect(row).toContainText('Sted')
  await expect(row.getByRole('checkbox')).toBeHidden()
  await row.getByRole('link', { name: `Prøvegruppa 1 ${own.mark}` }).click()
  await expect(page).toHaveURL(new RegExp(`/duplicates/${own.ids[0]}$`))
  await context.close()
  await clear(request, own)
})

test('axe finds nothing in a selection of the queue, nor in what asks for its plan', async ({ page, request }) => {
  test.slow()
  const pair = await sendPairs(request, 1)
  await clear(request, pair)
  const second = await sendOfTwo(request, pair)
  await examineLooks(page, queueOf(second), async (t) => {
    await page.getByRole('checkbox', { name: t('list.selectPage') }).check()
  })
  await examineLooks(page, queueOf(second), async (t) => {
    await page.getByRole('checkbox', { name: t('list.selectPage') }).check()
    await page.getByRole('button', { name: t('duplicateQueue.preview', { count: 1 }) }).click()
    await expect(page.getByRole('dialog').getByRole('group')).toHaveCount(2)
  })
  await clear(request, second)
})
