import { defineConfig } from '@playwright/test'
import { findChromium } from './e2e/chromium'

const port = Number(process.env.E2E_PORT ?? 3780)
/** A server that runs already, `npm run dev` say; without it one is started on a throw-away database. */
const running = process.env.E2E_BASE_URL
const { executablePath, args, env } = await findChromium()

export default defineConfig({
  testDir: 'e2e/browser',
  workers: 3,
  retries: 0,
  timeout: 45_000,
  // a busy machine may keep a person waiting, too
  expect: { timeout: 10_000 },
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ? [['list'], ['json']] : 'list',
  use: {
    baseURL: running ?? `http://127.0.0.1:${port}`,
    locale: 'nb-NO',
    timezoneId: 'Europe/Oslo',
    // a trace costs a quarter of the time; `--trace retain-on-failure` asks for one
    screenshot: 'only-on-failure',
    launchOptions: { executablePath, args, env: { ...(process.env as Record<string, string>), ...env } },
  },
  ...(!running && {
    webServer: {
      command: 'exec node --import tsx e2e/start-app.ts',
      env: { PORT: String(port) },
      url: `http://127.0.0.1:${port}/readyz`,
      timeout: 240_000,
      gracefulShutdown: { signal: 'SIGTERM', timeout: 15_000 },
      reuseExistingServer: false,
    },
  }),
})
