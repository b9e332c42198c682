import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { activitiesOf, check, newSlot, put, resolve, session } from '@/e2e/api/duplicate-requests'
import { type Api, newMentorId, ORG, openApi } from '@/e2e/api/harness'
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

describe('one review', () => {
  it('shows drafts that wait as candidates that cannot be merged into yet, and later as the activity they became', async () => {
    const slot = newSlot()
    const second = newMentorId()
    await check(api, { ...slot, date: '2026-03-18' }, 'clear')
    const middle = await check(api, { ...slot, date: '2026-03-19' }, 'duplicate_found')
    const last = await check(api, { ...slot, date: '2026-03-20' }, 'duplicate_found')
    const waiting = await queries.getReview(db, call(), last)
    expect(waiting?.candidates).toMatchObject([
      { activity_id: null, event_id: middle, differing: ['date'], allowed: ['keep_both', 'discard_draft'] },
    ])
    await resolve(api, middle, { resolution: 'keep_both' })
    const ready = await queries.getReview(db, call(), last)
    const [, own] = await activitiesOf(api, slot.peer_id)
    expect(ready?.candidates).toMatchObject([
      { activity_id: own?.id, event_id: null, allowed: ['merge', 'keep_both', 'discard_draft'] },
    ])
    expect(ready?.review_version).toBeGreaterThan(waiting?.review_version ?? 0)

    const other = await check(api, { ...slot, peer_id: second }, 'duplicate_found')
    const two = await queries.getReview(db, call(), other)
    expect(two?.candidates[0]).toMatchObject({ event_id: last, differing: ['mentor_id'] })
  })

  it('shows the moves, the decision and the receipt', async () => {
    const slot = newSlot()
    await check(api, slot, 'clear')
    const id = await check(api, { ...slot, draft_activity: { ...session, notes: 'Ny' } }, 'duplicate_found')
    expect(await queries.getReview(db, call(), id)).toMatchObject({
      moves: ['resolved'],
      resolution: null,
      receipt: null,
    })
    await resolve(api, id, { annotation: 'Samme' })
    const review = await queries.getReview(db, call(), id)
    expect(review).toMatchObject({
      event: { id, state: 'resolved', annotation: 'Samme' },
      moves: ['duplicate_found'],
      resolution: 'merge',
      resolved_by: 'open',
    })
    expect(review?.receipt?.lines).toContainEqual(
      expect.objectContaining({ field: 'notes', outcome: 'filled', draft: 'Ny' }),
    )
    await put(api, id, { state: 'duplicate_found' })
    expect(await queries.getReview(db, call(), id)).toMatchObject({ resolution: null, receipt: null })
  })

  it.each(['evt-999999', 'evt_x', ''])('%j is null', async (id) => {
    expect(await queries.getReview(db, call(), id)).toBeNull()
  })
})
