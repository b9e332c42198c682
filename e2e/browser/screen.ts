// What every screen has to stand: no complaint of the browser, none of axe in either theme and width, no sideways scroll.
import AxeBuilder from '@axe-core/playwright'
import { type Browser, type BrowserContext, expect, type Page } from '@playwright/test'

/** Collects what the browser complains about from now on: errors in the console, broken rules of the policy, crashes. */
export function watchComplaints(page: Page): string[] {
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  return complaints
}

/** Opens `path` in both themes on a laptop and a phone; `prepare` opens what is to be examined with it. */
export async function examineLooks(page: Page, path: string, prepare?: () => Promise<void>): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [1440, 390]) {
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize({ width, height: 900 })
      await page.goto(path)
      await prepare?.()
      // the development server lays its own button over the page
      const { violations } = await new AxeBuilder({ page }).exclude('nextjs-portal').analyze()
      const found = violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
      expect(found, `${path}, ${colorScheme}, ${width} px`).toEqual([])
    }
  }
  await page.setViewportSize({ width: 320, height: 800 })
  expect(await sidewaysScroll(page), `${path} at 320 px`).toBe(0)
}

/** How many pixels of the page lie beyond its right edge. */
export function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
}

/** A visitor whose browser runs no scripts. Close it in the end. */
export function openWithoutScripts(browser: Browser, baseURL: string | undefined): Promise<BrowserContext> {
  return browser.newContext({ javaScriptEnabled: false, locale: 'nb-NO', ...(baseURL !== undefined && { baseURL }) })
}
