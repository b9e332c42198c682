import { fileURLToPath } from 'node:url'
import { defineConfig } from 'prisma/config'

// The CLI would otherwise download a native engine; ours is made of npm packages only.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= fileURLToPath(new URL('./scripts/schema-engine.mjs', import.meta.url))

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  // `npm run db:run -- npx prisma …` opens the embedded database and sets DATABASE_URL; generate and validate need none
  datasource: { url: process.env.DATABASE_URL ?? 'postgresql://app@127.0.0.1:1/use-npm-run-db-run' },
})
