// The app on a throw-away database with sample data, for the browser tests. Ends with SIGTERM.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { loadSampleData } from '@/prisma/sample/load'
import { createTestDatabase, startTestServer } from '@/server/database/test-database'

const server = await startTestServer()
const database = await createTestDatabase(server.url)
await loadSampleData(database.url, {})
// far from now: the screens say when the job runs next, and it must not run while they are tested
const nightly = `${String((new Date().getUTCHours() + 12) % 24).padStart(2, '0')}:00`
const app = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts', 'start'], {
  stdio: 'inherit',
  env: {
    ...process.env,
    NODE_ENV: 'production',
    DATABASE_URL: database.url,
    EXPIRY_JOB_AT: nightly,
    LOG_LEVEL: 'warn',
  },
})
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => app.kill('SIGTERM'))
const [code] = await once(app, 'exit')
await server.stop()
process.exit(code ?? 1)
