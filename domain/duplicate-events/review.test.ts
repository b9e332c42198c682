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
  it('is ordered by certainty, with both records, what differs and why, and an exact total', async () => {
    const before = await queries.countReviews(db, call())
    const slot = newSlot()
    await check(api, slot, 'clear')
    const unsure = await check(
      api,
      { ...slot, draft_activity: { title: 'Tur', duration_minutes: 200 } },
      'duplicate_found',
    )
    const sure = await check(
      api,
      { ...slot, draft_activity: { ...session, duration_minutes: 65, bus: 12 } },
      'duplicate_found',
    )
    const [kept] = await activitiesOf(api, slot.peer_id)

    const queue = await queries.listReviewQueue(db, call(), { page: 1, limit: 100 })
    expect(queue.pagination.total).toBe(before + 2)
    expect(await queries.countReviews(db, call())).toBe(before + 2)
    const ids = queue.data.map(({ id }) => id)
    expect(ids.indexOf(sure)).toBeLessThan(ids.indexOf(unsure))
    expect(queue.data.find(({ id }) => id === sure)).toMatchObject({
      mentor_id: slot.peer_id,
      mentor_name: slot.peer_id,
      draft: { title: session.title, duration_minutes: 65, extra: { bus: 12 } },
      candidate_count: 2,
      candidate: {
        activity_id: kept?.id,
        event_id: null,
        mentor_id: slot.peer_id,
        fields: { title: session.title, duration_minutes: 60, extra: {} },
        differing: ['duration_minutes', 'bus'],
        allowed: ['merge', 'keep_both', 'discard_draft'],
      },
    })
    const { candidate } = queue.data.find(({ id }) => id === sure) ?? {}
    expect(candidate?.evidence).toContainEqual({
      field: 'duration',
      level: 'within_10_min',
      weight: expect.any(Number),
    })
    const second = await queries.listReviewQueue(db, call(), { page: 2, limit: 1 })
    expect(second.data.map(({ id }) => id)).toEqual([ids[1]])

    await resolve(api, sure)
    await resolve(api, unsure, { resolution: 'keep_both' })
    expect(await queries.countReviews(db, call())).toBe(before)
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
