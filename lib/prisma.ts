import 'server-only'
import { PrismaPg } from '@prisma/adapter-pg'
import { PrismaClient } from '@/generated/prisma/client'
import { pool } from './db'

declare global {
  var __prisma: WeakMap<object, PrismaClient> | undefined
}

/**
 * Prisma over the same pool, for ordinary reads where milliseconds are enough.
 * Commands and the busiest reads are SQL in `lib/db`: see docs/decisions/sql-and-prisma.md.
 */
export function prisma(): PrismaClient {
  globalThis.__prisma ??= new WeakMap()
  let client = globalThis.__prisma.get(pool())
  if (!client) {
    client = new PrismaClient({ adapter: new PrismaPg(pool()) })
    globalThis.__prisma.set(pool(), client)
  }
  return client
}
