import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { check, newSlot, put, resolve } from '@/e2e/api/duplicate-requests'
import { type Api, ORG, openApi } from '@/e2e/api/harness'
import type { Call } from '@/lib/call'
import { readClock } from '@/lib/clock'
import type { Db } from '@/lib/db'

type Queries = typeof import('@/domain/duplicate-events/queries')

let api: Api
let db: Db
let queries: Queries
let closePool: () => Promise<void>
beforeAll(async () => {
  api = await openApi()
  // what the screens ask is asked in this process, however the API is served
  process.env.DATABASE_URL = api.url
  process.env.APP_NOW = '2026-03-26T10:00:00Z'
  const lib = await import('@/lib/db')
  db = lib.pool()
  closePool = lib.closePool
  queries = await import('@/domain/duplicate-events/queries')
})
afterAll(async () => {
  await closePool()
  await api.close()
})

const call = (): Call => ({
  caller: { org: ORG, actor: 'open' },
  now: readClock(),
  requestId: 'review',
  ifMatch: null,
  afterCommit: () => {},
})

describe('the review queue', () => {
  it('counts what waits for a coordinator', async () => {
    const before = await queries.countReviews(db, call())
    const slot = newSlot()
    await check(api, slot, 'clear')
    const first = await check(api, slot, 'duplicate_found')
    const second = await check(api, slot, 'duplicate_found')
    expect(await queries.countReviews(db, call())).toBe(before + 2)
    await resolve(api, first)
    await put(api, second, { annotation: 'Venter' })
    expect(await queries.countReviews(db, call())).toBe(before + 1)
  })
})
