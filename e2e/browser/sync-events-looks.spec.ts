import { expect, test } from '@playwright/test'
import { ACKNOWLEDGE, clear, listOf, report } from './bulk-steps'
import { examineLooks } from './screen'

test('axe finds nothing in a selection of everything', async ({ page, request }) => {
  test.slow()
  const own = await report(request, 25)
  await examineLooks(page, listOf(own), async (t) => {
    await page.getByRole('checkbox', { name: t('list.selectPage') }).check()
    await page.getByRole('button', { name: t('list.chooseEverything', { count: 25 }) }).click()
  })
  await clear(request, own)
})

test('axe finds nothing in the note on many', async ({ page, request }) => {
  const own = await report(request, 2)
  await examineLooks(page, listOf(own), async (t) => {
    await page.getByRole('checkbox', { name: t('list.selectPage') }).check()
    await page.getByRole('button', { name: t('syncInbox.writeNoteMany'), exact: true }).click()
    await expect(page.getByRole('dialog')).toBeVisible()
  })
  await clear(request, own)
})

test('axe finds nothing in the results', async ({ page, request }) => {
  const own = await report(request, 3)
  await page.route(ACKNOWLEDGE, (route) => route.abort())
  await examineLooks(page, listOf(own), async (t) => {
    await page.getByRole('checkbox', { name: t('list.selectPage') }).check()
    await page.getByRole('button', { name: t('actions.acknowledgeMany', { count: 3 }) }).click()
    await expect(page.getByRole('dialog')).toBeVisible()
  })
  await clear(request, own)
})
