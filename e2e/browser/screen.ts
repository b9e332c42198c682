// What every screen has to stand: no complaint of the browser, none of axe in any language, theme and width, no sideways
// scroll.
import { type Browser, type BrowserContext, expect, type Page, test } from '@playwright/test'
import axeCore from 'axe-core'
import { LOCALES } from '@/lib/i18n/locales'
import { type Words, wordsOf } from './words'

/** Collects what the browser complains about from now on: errors in the console, broken rules of the policy, crashes. */
export function watchComplaints(page: Page): string[] {
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  return complaints
}

// target-size is part of 2.2 and switched on by its tag only
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice']
/** What another theme can change. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block']

const LAYER = '[role=dialog], [role=alertdialog], [role=menu], [role=listbox]'

/** An examination takes its time, so it brings it along (in milliseconds). */
const EXAMINATION = 60_000

/**
 * Opens `path` in both languages, on a laptop and a phone, in both themes; `prepare` opens what is to be examined with
 * it, once a language, finding it by that language's words. What it opened has to outlive a change of width; what lies
 * below it, out of reach, is examined once with it and then by itself where `prepare` opens nothing. Twice as large
 * (200 % of 1440 px leave 720) and at 320 px nothing may lie beyond the edge.
 */
export async function examineLooks(page: Page, path: string, prepare?: (t: Words) => Promise<void>): Promise<void> {
  test.setTimeout(test.info().timeout + EXAMINATION)
  const { baseURL = '' } = test.info().project.use
  const before = page.viewportSize()
  // before anything is drawn: colours on their way to another theme would be examined half-way
  await page.emulateMedia({ reducedMotion: 'reduce' })
  for (const language of LOCALES) {
    await page.context().addCookies([{ name: 'locale', value: language, url: baseURL }])
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.goto(path)
    await prepare?.(wordsOf(language))
    await page.evaluate(`${axeCore.source}; 0`)
    let within: string | undefined
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 900 })
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        const runOnly = colorScheme === 'light' ? RULES : COLOUR_RULES
        const at = `${path}, ${language}, ${colorScheme}, ${width} px`
        expect(await findViolations(page, runOnly, within), at).toEqual([])
        within = (await page.locator(LAYER).filter({ visible: true }).count()) > 0 ? LAYER : undefined
      }
    }
    for (const size of [
      { width: 720, height: 450 },
      { width: 320, height: 640 },
    ]) {
      await page.setViewportSize(size)
      // a page takes a moment to fit itself into a new size
      const at = { message: `${path}, ${language}, at ${size.width} px` }
      await expect.poll(() => sidewaysScroll(page), at).toBe(0)
      await expect.poll(() => beyondTheEdge(page), at).toEqual([])
    }
  }
  await page.context().clearCookies({ name: 'locale' })
  await page.emulateMedia({ colorScheme: null, reducedMotion: null })
  if (before) await page.setViewportSize(before)
}

/** What axe finds by these rules, on the page or in its layers alone, as `rule: element`. */
function findViolations(page: Page, runOnly: string[], within: string | undefined): Promise<string[]> {
  return page.evaluate(
    async ({ runOnly, within }) => {
      // the development server lays its own button over the page
      const context = { include: within ?? 'html', exclude: 'nextjs-portal' }
      const { axe } = window as unknown as { axe: typeof axeCore }
      const { violations } = await axe.run(context, { runOnly, resultTypes: ['violations'] })
      return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
    },
    { runOnly, within },
  )
}

/** Dialogs and menus of which a part cannot be reached: they do not make the page scroll. */
function beyondTheEdge(page: Page): Promise<string[]> {
  return page.locator(LAYER).evaluateAll((elements) =>
    elements.flatMap((element) => {
      const { left, right, top, bottom, width } = element.getBoundingClientRect()
      const inside = left >= 0 && top >= 0 && right <= innerWidth + 0.5 && bottom <= innerHeight + 0.5
      return width === 0 || inside ? [] : [`${element.role}: ${[left, top, right, bottom].map(Math.round).join(' ')}`]
    }),
  )
}

/** How many pixels of the page lie beyond its right edge. */
export function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
}

/** A visitor whose browser runs no scripts. Close it in the end. */
export function openWithoutScripts(browser: Browser, baseURL: string | undefined): Promise<BrowserContext> {
  return browser.newContext({ javaScriptEnabled: false, locale: 'nb-NO', ...(baseURL !== undefined && { baseURL }) })
}
