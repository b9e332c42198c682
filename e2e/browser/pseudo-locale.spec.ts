// Walks the screens while every message of the catalogue is accented, presses every button it meets, and reads out what
// nobody could have translated.
import { expect, type Page, test } from '@playwright/test'
import pg from 'pg'
import { loadSampleData } from '@/prisma/sample/load'
import { createTestDatabase, startTestServer, type TestServer } from '@/server/database/test-database'
import { type AppProcess, startApp } from '../faults/app-process'
import { findForeign, readDataTexts, readShownTexts } from './foreign-text'

test.describe.configure({ timeout: 480_000 })
test.use({ viewport: { width: 1440, height: 900 } })

const ENVIRONMENT = { APP_ENV: 'test', PSEUDO_LOCALE: '1' }

let server: TestServer
let database: string
let app: AppProcess
const found = new Map<string, Set<string>>()
const data = new Set<string>()
let screens: readonly string[] = []

test.beforeAll(async () => {
  test.setTimeout(180_000)
  server = await startTestServer()
  database = (await createTestDatabase(server.url)).url
  await loadSampleData(database, { mentors: 60 })
  await rememberData()
  app = await startApp({ ...ENVIRONMENT, DATABASE_URL: database })
})
test.afterAll(async () => {
  await app.stop()
  await server.stop()
})

/** Notes what the page says at this moment. Answers how much it has said so far. */
async function note(page: Page, where: string): Promise<number> {
  const texts = found.get(where) ?? new Set()
  found.set(where, texts)
  // a page that is just being left says nothing
  for (const text of await readShownTexts(page).catch(() => [])) texts.add(text)
  return texts.size
}

/** Notes what the page says now and whatever follows, until nothing new comes. */
async function listen(page: Page, where: string): Promise<void> {
  let size = -1
  await expect
    .poll(
      async () => {
        const before = size
        size = await note(page, where)
        return size === before
      },
      { intervals: [150], timeout: 20_000 },
    )
    .toBe(true)
}

/** Everything that people, phones and buttons have put into the database, also what is gone by now. */
async function rememberData(): Promise<void> {
  for (const text of await readDataTexts(database)) data.add(text)
}

async function expectNothingForeign(): Promise<void> {
  await rememberData()
  const foreign = [...found].flatMap(([where, texts]) =>
    findForeign([...texts], new Set([...data, ...namesIn(where)])).map((text) => `${where}: ${text}`),
  )
  found.clear()
  await test.info().attach('foreign', { body: foreign.join('\n'), contentType: 'text/plain' })
  expect(foreign).toEqual([])
}

/** A screen names the parameters of its address that make no sense. */
function namesIn(where: string): string[] {
  return [...where.matchAll(/[?&](\w+)=/g)].map(([, name]) => name ?? '')
}

/** Found once for all tests. */
async function findScreens(page: Page): Promise<readonly string[]> {
  if (screens.length === 0) {
    screens = await followLinks(page, ['/', '/no-such-screen', '/mentors/nobody', '/duplicates/nobody'])
  }
  return screens
}

/** The screens that links lead to, one address for each kind: of mentors, pages and runs the first will do. */
async function followLinks(page: Page, starts: readonly string[]): Promise<string[]> {
  const visited = new Map<string, string>()
  const waiting = [...starts]
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    const kind = kindOf(path)
    if (visited.has(kind)) continue
    visited.set(kind, path)
    await page.goto(app.url + path)
    await listen(page, path)
    const links = await page
      .locator('a[href^="/"]:not([download])')
      .evaluateAll((all) => all.map((one) => one.getAttribute('href')))
    waiting.push(...links.filter((href) => href !== null).filter((href) => !/^\/api\/|\/csv\b|#/.test(href)))
  }
  return [...visited.values()]
}

/** Addresses are of a kind that differ only in whom they are about, and in how a list is cut and ordered. */
function kindOf(path: string): string {
  const { pathname, searchParams } = new URL(path, 'http://x')
  const values = [...searchParams].filter(
    ([name]) => !/^(page|limit|sort|run|mentor|q|search|from|to|log|cursor)$/.test(name),
  )
  return `${pathname.replaceAll(/\/[^/]*[\dA-Z_][^/]*/g, '/:id')}?${values.map((pair) => pair.join('=')).sort()}`
}

/** Presses each kind of button once, then what a dialog offers, with its fields filled in badly. */
async function pressButtons(
  page: Page,
  path: string,
  pressed: Set<string>,
  prepare?: () => Promise<void>,
): Promise<void> {
  const buttons = page.locator('button:visible:not([disabled])')
  // the tabs of a screen have most of their buttons in common
  const screen = kindOf(path.replace(/\?.*/, ''))
  for (;;) {
    await page.context().clearCookies()
    await page.goto(app.url + path)
    await prepare?.()
    const names = await buttons.evaluateAll((all) =>
      all.map((one) => (one.getAttribute('aria-label') ?? one.textContent) || ''),
    )
    const kinds = names.map((name) => name.replaceAll(/[\w\s.@-]+/g, ' ').trim())
    const next = kinds.findIndex((kind) => !pressed.has(`${screen} ${kind}`) && !pressed.has(kind))
    if (next < 0) return
    const kind = kinds[next] ?? ''
    // of the frame's buttons once is enough
    const framed = await buttons.nth(next).evaluate((one) => one.closest('main, [role=dialog]') === null)
    pressed.add(framed ? kind : `${screen} ${kind}`)
    await buttons.nth(next).click()
    await listen(page, `${path}, ${names[next]}`)
    await answerDialog(page, `${path}, ${names[next]}`)
  }
}

async function answerDialog(page: Page, where: string): Promise<void> {
  const dialog = page.getByRole('dialog')
  if ((await dialog.count()) === 0) return
  for (const choice of await dialog.getByRole('radio').all()) {
    await choice.check()
    await note(page, `${where}, a choice`)
  }
  for (const field of await dialog.locator('input:not([type=radio]):not([type=checkbox]), textarea').all()) {
    await field.fill((await field.getAttribute('type')) === 'date' ? '2020-01-01' : '0')
    await note(page, `${where}, a field`)
  }
  const last = dialog.locator('footer button:not([disabled])').last()
  if ((await last.count()) > 0) await last.click()
  await listen(page, `${where}, confirmed`)
}

test('every text on every screen, in its tabs, dialogs, menus, toasts and errors, comes from the catalogue', async ({
  page,
}) => {
  const all = await findScreens(page)
  expect(all.length).toBeGreaterThan(12)
  const lists = all.filter((path) => !/[?]|\/.*\//.test(path))
  for (const path of lists) {
    for (const query of ['page=9999', 'page=x&limit=x&sort=x&tab=x&window=x&status=x', 'search=qqqq&q=qqqq&run=x']) {
      await page.goto(`${app.url}${path}?${query}`)
      await listen(page, `${path}?${query}`)
    }
  }
  await expectNothingForeign()
})

test('so does what buttons bring up', async ({ page }) => {
  const pressed = new Set<string>()
  for (const path of await findScreens(page)) {
    if (path.startsWith('/api-docs')) continue
    await pressButtons(page, path, pressed)
    const row = page.locator('main').getByRole('checkbox').nth(1)
    // what was pressed before may have emptied the list
    await pressButtons(page, path, pressed, async () => {
      if ((await row.count()) > 0) await row.check()
    })
    // a later button may take back what this one has made
    await rememberData()
  }
  expect(pressed.size).toBeGreaterThan(15)
  await expectNothingForeign()
})

test('so do empty screens and those that fail', async ({ page }) => {
  const shown = (await findScreens(page)).filter((path) => !path.startsWith('/api-docs'))
  found.clear()
  const nobodys = await startApp({ ...ENVIRONMENT, DATABASE_URL: database, ORG_ID: 'org_empty' }, 'ignore')
  const db = new pg.Client({ connectionString: database })
  await db.connect()
  for (const path of shown) {
    await page.goto(nobodys.url + path)
    await listen(page, `${path}, empty`)
  }
  await db.query('ALTER TABLE mentor RENAME TO mentor_away')
  for (const path of shown) {
    await page.goto(nobodys.url + path)
    await listen(page, `${path}, failed`)
  }
  await db.query('ALTER TABLE mentor_away RENAME TO mentor')
  await db.end()
  await nobodys.stop()
  await expectNothingForeign()
})
