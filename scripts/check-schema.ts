/**
 * Fails when prisma/schema.prisma and the migrations describe different databases. Functions, sequences and indexes on
 * expressions exist in SQL only: Prisma does not see them, so they do not count.
 */
import { spawnSync } from 'node:child_process'
import { createTestDatabase, startTestServer } from '@/server/database/test-database'

const server = await startTestServer()
try {
  const { url } = await createTestDatabase(server.url)
  const options = [
    'migrate',
    'diff',
    '--from-config-datasource',
    '--to-schema',
    'prisma/schema.prisma',
    '--script',
    '--exit-code',
  ]
  const { status, stdout, stderr } = spawnSync('node_modules/.bin/prisma', options, {
    encoding: 'utf8',
    env: { ...process.env, DATABASE_URL: url },
  })
  if (status === 2) {
    console.error(`The migrations do not lead to prisma/schema.prisma. What is missing from them:\n\n${stdout}`)
    process.exitCode = 1
  } else if (status !== 0) {
    console.error(`The comparison failed: ${stderr || stdout}`)
    process.exitCode = 1
  }
} finally {
  await server.stop()
}
