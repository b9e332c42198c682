import { expect, type Page, test } from '@playwright/test'
import { examineLooks, openWithoutScripts, watchComplaints } from './screen'

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Visninger' })

async function openViews(page: Page) {
  await page.getByRole('button', { name: 'Visninger' }).press('Enter')
  await expect(dialog(page)).toBeVisible()
}

async function save(page: Page, name: string) {
  await dialog(page).getByLabel('Lagre det du ser nå som').fill(name)
  await page.keyboard.press('Enter')
}

test('a view is saved, opened after a reload, renamed, replaced and deleted with a way back', async ({ page }) => {
  const complaints = watchComplaints(page)
  await page.goto('/mentors?status=paused&sort=-full_name&page=2')
  await openViews(page)
  await expect(dialog(page)).toContainText('Ingen visninger er lagret ennå')
  await save(page, ' ')
  await expect(dialog(page).getByText('Skriv et navn.')).toBeVisible()
  await save(page, 'Pauser  bakfra')
  await expect(dialog(page).getByRole('status')).toHaveText('«Pauser bakfra» er lagret.')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Visninger' })).toBeFocused()

  await page.goto('/mentors?certification=expired')
  await openViews(page)
  await dialog(page).getByRole('link', { name: 'Pauser bakfra' }).press('Enter')
  await expect(page).toHaveURL(/\/mentors\?sort=-full_name&status=paused$/)
  await expect(dialog(page)).toBeHidden()
  await expect(page.getByRole('combobox', { name: 'Status' })).toHaveValue('paused')

  await openViews(page)
  await expect(dialog(page).getByRole('link', { name: 'Pauser bakfra' })).toHaveAttribute('aria-current', 'true')
  await dialog(page).getByRole('button', { name: 'Gi «Pauser bakfra» nytt navn' }).press('Enter')
  await page.keyboard.type('Pauser')
  await page.keyboard.press('Enter')
  await expect(dialog(page).getByRole('link', { name: 'Pauser', exact: true })).toBeVisible()
  await page.keyboard.press('Escape')

  await page.goto('/mentors?certification=none')
  await openViews(page)
  await save(page, 'PAUSER')
  await expect(dialog(page).getByRole('status')).toContainText('Det finnes alt en visning som heter «Pauser»')
  await dialog(page).getByRole('button', { name: 'Erstatt' }).click()
  await expect(dialog(page).getByRole('link', { name: 'PAUSER' })).toHaveAttribute(
    'href',
    '/mentors?certification=none',
  )
  await dialog(page).getByRole('button', { name: 'Slett «PAUSER»' }).press('Enter')
  await expect(dialog(page)).toContainText('«PAUSER» er slettet.')
  await expect(dialog(page).getByRole('link')).toHaveCount(0)
  await expect(dialog(page).getByRole('button', { name: 'Angre' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(dialog(page).getByRole('link', { name: 'PAUSER' })).toBeVisible()
  expect(complaints).toEqual([])
})

test('tabs of a browser are in step, and each screen has views of its own', async ({ page, context }) => {
  await page.goto('/certifications?window=7')
  await openViews(page)
  const other = await context.newPage()
  await other.goto('/certifications?window=90')
  await openViews(other)
  await save(other, 'Kvartalet')
  await expect(dialog(page).getByRole('link', { name: 'Kvartalet' })).toBeVisible()
  await dialog(page).getByRole('button', { name: 'Slett «Kvartalet»' }).click()
  await expect(dialog(other).getByRole('link')).toHaveCount(0)
  await dialog(page).getByRole('button', { name: 'Angre' }).click()
  await expect(dialog(other).getByRole('link', { name: 'Kvartalet' })).toBeVisible()
  await page.goto('/changes')
  await openViews(page)
  await expect(dialog(page)).toContainText('Ingen visninger er lagret ennå')
})

test('what cannot be read is told, put aside and never lost', async ({ page }) => {
  const damaged = '{"schema_version":99,"views":"of a newer app"}'
  await page.goto('/sync-events')
  await page.evaluate((text) => localStorage.setItem('saved-views.sync-events', text), damaged)
  await page.reload()
  await openViews(page)
  await expect(dialog(page)).toContainText('kan ikke leses')
  expect(await page.evaluate(() => localStorage.getItem('saved-views.sync-events'))).toBe(damaged)
  await save(page, 'Min')
  await expect(dialog(page).getByRole('link', { name: 'Min' })).toBeVisible()
  await expect(dialog(page)).not.toContainText('kan ikke leses')
  const kept = await page.evaluate(() =>
    Object.entries(localStorage).filter(([key]) => key.startsWith('saved-views.sync-events.unreadable.')),
  )
  expect(kept.map(([, text]) => text)).toEqual([damaged])
})

test('a full storage is told, and what was typed stays', async ({ page }) => {
  await page.goto('/duplicates')
  await page.evaluate(() => {
    localStorage.setItem('filler', '')
    for (let size = 4_000_000; size > 0; size = Math.floor(size / 2)) {
      try {
        for (;;) localStorage.setItem('filler', `${localStorage.getItem('filler')}${'x'.repeat(size)}`)
      } catch {
        // smaller pieces until nothing fits any more
      }
    }
  })
  await openViews(page)
  await save(page, 'Alle')
  await expect(dialog(page)).toContainText('Nettleseren kunne ikke lagre endringen')
  await expect(dialog(page).getByLabel('Lagre det du ser nå som')).toHaveValue('Alle')
})

test('without JavaScript there is no button that would do nothing', async ({ browser, baseURL }) => {
  const context = await openWithoutScripts(browser, baseURL)
  const page = await context.newPage()
  await page.goto('/mentors')
  await expect(page.getByRole('link', { name: 'Last ned CSV' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Visninger' })).toBeHidden()
  await context.close()
})

test('axe finds nothing in the dialog with its views, a rename and a question', async ({ page }) => {
  test.slow()
  await page.goto('/changes')
  const views = ['Fornyet', 'Alt som utløpsjobben gjorde i november'].map((name) => ({ name, query: '' }))
  await page.evaluate(
    (text) => localStorage.setItem('saved-views.changes', text),
    JSON.stringify({ schema_version: 1, views }),
  )
  await examineLooks(page, '/changes?kind=certification', async (t) => {
    await page.getByRole('button', { name: t('savedViews.title') }).click()
    const open = page.getByRole('dialog', { name: t('savedViews.title') })
    await open.getByRole('button', { name: t('savedViews.renameOf', { name: 'Fornyet' }) }).click()
    await open.getByLabel(t('savedViews.name')).fill('Fornyet')
    await page.keyboard.press('Enter')
    await expect(open.getByRole('button', { name: t('savedViews.replace') })).toBeVisible()
  })
})
