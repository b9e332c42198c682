/** `npm run screenshots`: every screen with sample data, light, dark and on a phone, into `screenshots/`. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Browser, chromium, type Page } from '@playwright/test'
import { start } from '@/bench/processes'
import { findChromium } from '@/e2e/chromium'

const FOLDER = 'screenshots'
const LOOKS = [
  { name: 'light', width: 1440, colorScheme: 'light', locale: 'nb-NO' },
  { name: 'dark', width: 1440, colorScheme: 'dark', locale: 'nb-NO' },
  { name: 'phone', width: 390, colorScheme: 'light', locale: 'nb-NO' },
  { name: 'english', width: 1440, colorScheme: 'light', locale: 'en-GB' },
] as const

interface Screen {
  readonly name: string
  readonly path: string
  readonly prepare?: (page: Page) => Promise<void>
}

const data = mkdtempSync(path.join(tmpdir(), 'screenshots-'))
const app = await start(process.execPath, () => ['--import', 'tsx', 'server/main.ts', 'demo'], '/readyz', {
  env: { DATA_DIR: data, LOG_LEVEL: 'warn' },
})
try {
  rmSync(FOLDER, { recursive: true, force: true })
  mkdirSync(FOLDER)
  const { executablePath, args, env } = await findChromium()
  const browser = await chromium.launch({
    executablePath,
    args,
    env: { ...(process.env as Record<string, string>), ...env },
  })
  for (const screen of await listScreens()) await takeAll(browser, screen)
  await browser.close()
} finally {
  await app.stop()
  rmSync(data, { recursive: true, force: true })
}

async function listScreens(): Promise<Screen[]> {
  const first = async (list: string) => {
    const answer = (await (await fetch(`${app.url}/api/v1/${list}`)).json()) as { data: Record<string, string>[] }
    return answer.data[0] ?? {}
  }
  const { id: waiting } = await first('duplicate-events?state=duplicate_found&limit=1')
  const { id: decided } = await first('duplicate-events?state=resolved&limit=1')
  const { job_run_id: run } = await first('certifications/expiry-job/logs?limit=1')
  const preview = await fetch(`${app.url}/api/v1/certifications/expiry-job/run`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ dry_run: true }),
  })
  const { job_run_id: plan } = (await preview.json()) as Record<string, string>
  const openDialog = (opener: string) => async (page: Page) => {
    await page.locator(opener).first().click()
    await page.getByRole('dialog').waitFor()
  }
  return [
    { name: 'overview', path: '/' },
    { name: 'mentors', path: '/mentors' },
    { name: 'mentor', path: '/mentors/mentor-42' },
    { name: 'certifications', path: '/certifications' },
    { name: 'certifications-expired', path: '/certifications?window=expired' },
    { name: 'certifications-snoozed', path: '/certifications?window=snoozed' },
    { name: 'certifications-renew', path: '/certifications', prepare: openDialog('tbody tr td:last-child button') },
    { name: 'expiry-job', path: '/certifications/expiry-job' },
    { name: 'expiry-job-plan', path: `/certifications/expiry-job?run=${plan}` },
    { name: 'expiry-job-log', path: `/certifications/expiry-job?run=${run}` },
    { name: 'sync-events', path: '/sync-events' },
    { name: 'sync-events-not-accepted', path: '/sync-events?tab=not_accepted' },
    { name: 'sync-events-acknowledged', path: '/sync-events?tab=acknowledged' },
    { name: 'duplicates', path: '/duplicates' },
    { name: 'duplicate', path: `/duplicates/${waiting}` },
    { name: 'duplicate-decided', path: `/duplicates/${decided}` },
    { name: 'changes', path: '/changes' },
    { name: 'search', path: '/', prepare: searchFor('an') },
    { name: 'api-reference', path: '/api-docs' },
    { name: 'not-found', path: '/no-such-screen' },
  ]
}

function searchFor(words: string) {
  return async (page: Page) => {
    await page.keyboard.press('ControlOrMeta+k')
    await page.getByRole('combobox').fill(words)
    await page.getByRole('option').first().waitFor()
  }
}

async function takeAll(browser: Browser, { name, path, prepare }: Screen): Promise<void> {
  for (const { name: look, width, colorScheme, locale } of LOOKS) {
    const viewport = { width, height: width === 390 ? 844 : 900 }
    const context = await browser.newContext({ viewport, colorScheme, locale, timezoneId: 'Europe/Oslo' })
    const page = await context.newPage()
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await page.goto(app.url + path, { waitUntil: 'networkidle' })
    await prepare?.(page)
    // a window as high as the page, so that the rail and the bar reach its end; a dialog stands before the part in view
    const height = await page.evaluate(() => document.documentElement.scrollHeight)
    if (!prepare) await page.setViewportSize({ width, height })
    await page.screenshot({ path: `${FOLDER}/${name}.${look}.png` })
    await context.close()
  }
  console.log(name)
}
