// What a coordinator waits for, in the real browser.
import { type Browser, type CDPSession, chromium, type Page } from '@playwright/test'
import { findChromium } from '@/e2e/chromium'
import { median } from './load'

const ROUNDS = 3
const PRESSES = 7
/** A fast mobile network: 165 ms there and back, 8.1 Mbit/s down, 1.35 up (the protocol counts bytes). */
const MOBILE = { offline: false, latency: 165, downloadThroughput: 8.1e6 / 8, uploadThroughput: 1.35e6 / 8 }
const SLOWED = 4
const TYPED = 'hansen'

interface Load {
  /** Compressed bytes of JavaScript, as they came over the wire. */
  readonly script: number
  /** Largest contentful paint in milliseconds. */
  readonly paint: number
}

/** Measures the screens of the server at `url` and prints what is wanted beside it. */
export async function benchBrowser(url: string): Promise<void> {
  const { executablePath, args, env } = await findChromium()
  const browser = await chromium.launch({
    executablePath,
    args,
    env: { ...(process.env as Record<string, string>), ...env },
  })
  try {
    for (const path of await findScreens(url)) await benchLoad(browser, url, path)
    for (const slowed of [1, SLOWED]) await benchAcknowledge(browser, url, slowed)
    for (const slowed of [1, SLOWED]) await benchTyping(browser, url, slowed)
  } finally {
    await browser.close()
  }
}

/** Every screen that the rail leads to but the API reference, and one of each kind below them. */
async function findScreens(url: string): Promise<string[]> {
  const first = async (list: string) => {
    const { data } = (await (await fetch(`${url}/api/v1/${list}`)).json()) as { data: Record<string, string>[] }
    return data[0] ?? {}
  }
  const { mentor_id } = await first('peer-mentor-bloc?limit=1')
  const { id: review } = await first('duplicate-events?state=duplicate_found&limit=1')
  const { receipt_id } = await first('views/duplicate-receipts?limit=1')
  return [
    '/',
    '/mentors',
    `/mentors/${mentor_id}`,
    '/certifications',
    '/certifications/expiry-job',
    '/sync-events',
    '/duplicates',
    `/duplicates/${review}`,
    '/duplicates/changed',
    '/duplicates/failed',
    '/duplicates/decided',
    `/duplicates/receipts/${receipt_id}`,
    '/duplicates/evidence',
    '/changes',
  ]
}

async function openPage(browser: Browser, slowed: number): Promise<{ page: Page; protocol: CDPSession }> {
  const context = await browser.newContext({ locale: 'nb-NO', viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  const protocol = await context.newCDPSession(page)
  await protocol.send('Emulation.setCPUThrottlingRate', { rate: slowed })
  return { page, protocol }
}

async function benchLoad(browser: Browser, url: string, path: string): Promise<void> {
  await (await fetch(url + path)).text()
  const loads: Load[] = []
  for (let round = 0; round < ROUNDS; round++) loads.push(await loadOnce(browser, url + path))
  const script = Math.max(...loads.map((load) => load.script)) / 1000
  const paint = median(loads.map((load) => load.paint)) / 1000
  console.log(
    `${path}: ${script.toFixed(1)} kB of JavaScript on first load (wanted: at most 170), ` +
      `largest contentful paint ${paint.toFixed(2)} s on a processor slowed ${SLOWED} times and a fast mobile network (wanted: under 1.5)`,
  )
}

/** Visits an address for the first time. */
async function loadOnce(browser: Browser, address: string): Promise<Load> {
  const { page, protocol } = await openPage(browser, SLOWED)
  await protocol.send('Network.enable')
  await protocol.send('Network.emulateNetworkConditions', MOBILE)
  const scripts = new Set<string>()
  let script = 0
  protocol.on('Network.responseReceived', ({ requestId, type }) => type === 'Script' && scripts.add(requestId))
  protocol.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) script += encodedDataLength
  })
  const response = await page.goto(address, { waitUntil: 'networkidle' })
  if (response?.status() !== 200) throw new Error(`${address} answered ${response?.status()}`)
  const paint = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const observer = new PerformanceObserver((list) => resolve(list.getEntries().at(-1)?.startTime ?? Number.NaN))
        observer.observe({ type: 'largest-contentful-paint', buffered: true })
      }),
  )
  await page.context().close()
  return { script, paint }
}

async function benchAcknowledge(browser: Browser, url: string, slowed: number): Promise<void> {
  const { page } = await openPage(browser, slowed)
  await page.goto(`${url}/sync-events`, { waitUntil: 'networkidle' })
  await page.locator('tbody tr[tabindex]').first().focus()
  const spans: number[] = []
  for (let press = 0; press < PRESSES; press++) {
    const row = await page.evaluateHandle(() => document.activeElement)
    const watch = await page.evaluateHandle(
      (acknowledged) => ({
        span: new Promise<number>((resolve) => {
          let pressed = Number.NaN
          addEventListener('keydown', ({ timeStamp }) => (pressed = timeStamp), { capture: true, once: true })
          const observer = new MutationObserver(() => {
            if (acknowledged?.isConnected) return
            observer.disconnect()
            // a message sent from the frame that draws it arrives right after the drawing
            requestAnimationFrame(() => {
              const { port1, port2 } = new MessageChannel()
              port1.onmessage = () => resolve(performance.now() - pressed)
              port2.postMessage(null)
            })
          })
          observer.observe(document.body, { childList: true, subtree: true })
        }),
      }),
      row,
    )
    await page.keyboard.press('e')
    spans.push(await watch.evaluate(({ span }) => span))
  }
  console.log(
    `acknowledge, from the key press to the screen${slower(slowed)}: ${median(spans).toFixed(0)} ms, ` +
      `slowest ${Math.max(...spans).toFixed(0)} ms${slowed === 1 ? ' (wanted: under 100)' : ''}`,
  )
  await page.context().close()
}

async function benchTyping(browser: Browser, url: string, slowed: number): Promise<void> {
  const { page } = await openPage(browser, slowed)
  await page.goto(`${url}/mentors`, { waitUntil: 'networkidle' })
  await page.keyboard.press('ControlOrMeta+k')
  const field = page.getByRole('dialog').locator('input').first()
  await field.waitFor()
  const longest = await page.evaluateHandle(() => {
    const seen = { longest: 0 }
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.longest = Math.max(seen.longest, duration)
    }).observe({ type: 'longtask' })
    return seen
  })
  await field.pressSequentially(TYPED, { delay: 90 })
  await page.getByRole('option').first().waitFor()
  const blocked = (await longest.jsonValue()).longest
  // the browser reports tasks of 50 ms and more
  const span = blocked === 0 ? 'at most 50 ms' : `${blocked.toFixed(0)} ms`
  console.log(
    `typing in the search blocks${slower(slowed)} for ${span} at a time${slowed === 1 ? ' (wanted: at most 50)' : ''}`,
  )
  await page.context().close()
}

function slower(slowed: number): string {
  return slowed === 1 ? '' : ` (processor slowed ${slowed} times)`
}
