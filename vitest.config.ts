import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: {
    alias: { '@': import.meta.dirname, 'server-only': `${import.meta.dirname}/e2e/empty.ts` },
  },
  test: {
    include: ['{app,components,lib,domain,server,prisma,scripts}/**/*.test.ts', 'e2e/{api,faults}/**/*.spec.ts'],
    globalSetup: ['e2e/database.ts'],
    pool: 'forks',
    maxWorkers: 3,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    env: { TZ: 'UTC', APP_ENV: 'test', NODE_ENV: 'test', LOG_LEVEL: 'error', HEARTBEAT_SECONDS: '1' },
  },
})
