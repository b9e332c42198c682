import { expect, test } from '@playwright/test'
import { openWithoutScripts, sidewaysScroll, watchComplaints } from './screen'

const SCREENS = [
  ['Oversikt', '/'],
  ['Likepersoner', '/mentors'],
  ['Sertifiseringer', '/certifications'],
  ['Synkhendelser', '/sync-events'],
  ['Duplikater', '/duplicates'],
  ['Endringslogg', '/changes'],
  ['API-referanse', '/api-docs'],
] as const

test.describe('language', () => {
  test.use({ locale: 'en-GB' })

  test('follows the browser at first, then the choice, without a new load and with the focus where it was', async ({
    page,
  }) => {
    const complaints = watchComplaints(page)
    await page.goto('/mentors?status=paused')
    await expect(page.locator('html')).toHaveAttribute('lang', /^en\b/)
    await page.evaluate(() => Object.assign(window, { same: true }))
    const norwegian = page.getByRole('button', { name: 'Norsk bokmål' })
    await norwegian.click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Likepersoner')
    await expect(page.locator('html')).toHaveAttribute('lang', 'nb')
    await expect(norwegian).toHaveAttribute('aria-pressed', 'true')
    await expect(norwegian).toBeFocused()
    expect(await page.evaluate(() => 'same' in window)).toBe(true)
    await expect(page).toHaveURL(/status=paused$/)
    await page.goto('/')
    await expect(page).toHaveTitle('Oversikt · Likepersoner')
    expect(complaints).toEqual([])
  })
})

test.describe('a browser of neither language', () => {
  test.use({ locale: 'de-DE' })

  test('gets English', async ({ page }) => {
    await page.goto('/')
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Overview')
  })
})

test('the theme follows the system until one is chosen, and the choice stays', async ({ page }) => {
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.goto('/')
  const dark = await background()
  await page.emulateMedia({ colorScheme: 'light' })
  const light = await background()
  expect(light).not.toBe(dark)
  await page.getByRole('button', { name: 'Mørkt' }).click()
  await expect.poll(background).toBe(dark)
  await page.goto('/mentors')
  expect(await background()).toBe(dark)
  await expect(page.getByRole('button', { name: 'Mørkt' })).toHaveAttribute('aria-pressed', 'true')
  await page.getByRole('button', { name: 'Følg systemet' }).click()
  await expect.poll(background, { timeout: 10_000 }).toBe(light)
})

test('language and theme can be chosen without JavaScript, on the page one is on', async ({ browser, baseURL }) => {
  const context = await openWithoutScripts(browser, baseURL)
  const page = await context.newPage()
  await page.goto('/mentors?status=paused')
  await page.getByRole('button', { name: 'English' }).click()
  await expect(page).toHaveURL(/\/mentors\?status=paused$/)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Mentors')
  await page.getByRole('button', { name: 'Dark' }).click()
  await expect(page.locator('html')).toHaveClass('dark')
  await expect(page.locator('html')).toHaveAttribute('lang', /^en\b/)
  await context.close()
})

test('the first stop of the keyboard leads past the frame to the content', async ({ page }) => {
  await page.goto('/mentors')
  await page.keyboard.press('Tab')
  const skip = page.getByRole('link', { name: 'Hopp til innholdet' })
  await expect(skip).toBeFocused()
  await expect(skip).toBeInViewport()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main')).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('main').locator(':focus')).toBeInViewport()
})

test('every screen is reached from the rail by keyboard, and the rail says which one it is', async ({ page }) => {
  test.slow()
  await page.goto('/')
  const rail = page.getByRole('complementary').getByRole('navigation')
  for (const [name, path] of SCREENS) {
    const link = rail.getByRole('link', { name })
    await link.focus()
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL((url) => url.pathname === path, { timeout: 20_000 })
    await expect(link).toHaveAttribute('aria-current', 'page')
    await expect(rail.locator('[aria-current]')).toHaveCount(1)
    // the API reference has a second one, of the document's own
    await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
  }
})

test('the rail says in words what its numbers count', async ({ page }) => {
  await page.goto('/')
  const rail = page.getByRole('complementary').getByRole('navigation')
  await expect(rail.getByRole('link', { name: /^Sertifiseringer \d+ utløper innen 30 dager$/ })).toBeVisible()
  await expect(rail.getByRole('link', { name: /^Synkhendelser \d+ venter på bekreftelse$/ })).toBeVisible()
  await expect(rail.getByRole('link', { name: /^Duplikater \d+ til vurdering$/ })).toBeVisible()
})

test('it is said on every screen that sign-in is off', async ({ page }) => {
  await page.goto('/')
  await expect(page.getByRole('complementary').getByText(/^Innlogging er av/)).toBeVisible()
  await page.setViewportSize({ width: 390, height: 800 })
  await page.getByRole('banner').locator('summary').filter({ hasText: 'Mer' }).click()
  await expect(page.getByRole('banner').getByText(/^Innlogging er av/)).toBeVisible()
})

test('an address that nothing answers to says so, in the frame, and leads on', async ({ page }) => {
  const response = await page.goto('/no-such-screen')
  expect(response?.status()).toBe(404)
  await expect(page).toHaveTitle('Det er ingenting på denne adressen · Likepersoner')
  await page.getByRole('link', { name: 'Til oversikten' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Oversikt')
})

test('no screen scrolls sideways at 320 px, and the bar along the edge leads on', async ({ page }) => {
  test.slow()
  await page.setViewportSize({ width: 320, height: 700 })
  for (const [name, path] of SCREENS) {
    await page.goto(path)
    expect(await sidewaysScroll(page), name).toBe(0)
  }
  await page.goto('/')
  await page
    .getByRole('navigation', { name: 'Skjermbilder' })
    .getByRole('link', { name: /^Likepersoner/ })
    .click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Likepersoner')
})
