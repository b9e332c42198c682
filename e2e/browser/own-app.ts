import { test } from '@playwright/test'
import { loadSampleData } from '@/prisma/sample/load'
import { createTestDatabase, startTestServer } from '@/server/database/test-database'
import { type AppProcess, startApp } from '../faults/app-process'

/** For what concerns a whole organisation: a small one with an app of its own, in which nobody else works meanwhile. */
export const testOnOwnApp = test.extend<object, { app: AppProcess }>({
  app: [
    // biome-ignore lint/correctness/noEmptyPattern: the runner reads from the pattern what a fixture needs
    async ({}, use) => {
      const server = await startTestServer()
      const { url } = await createTestDatabase(server.url)
      await loadSampleData(url, { mentors: 60 })
      const app = await startApp({ DATABASE_URL: url })
      await use(app)
      await app.stop()
      await server.stop()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  baseURL: ({ app }, use) => use(app.url),
})
