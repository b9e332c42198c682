import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { countableChange } from '@/domain/activities/countable-rule'
import { check, EVENTS, makePair, newSlot, put, resolve, session } from './duplicate-requests'
import { type Api, openApi } from './harness'
import { expectProblem } from './sync-requests'

let api: Api
beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api.close())

const review = async (id: string) => (await api.get(`${EVENTS}/${id}/review`)).body
const undo = (id: string) => put(api, id, { state: 'duplicate_found' })
const big = { participant_count: 5, duration_minutes: 60 }

describe('a review', () => {
  it('shows the draft, what it may duplicate, why, and what each decision does', async () => {
    const { id, slot, kept } = await makePair(api, { ...big, notes: 'Ny' })
    const body = await review(id)
    expect(body).toMatchObject({
      id,
      state: 'duplicate_found',
      mentor_id: slot.peer_id,
      draft: { ...session, ...big, notes: 'Ny', starts_at: null, extra: {} },
      draft_countable: true,
      moves: ['resolved'],
      resolution: null,
      receipts: [],
    })
    const [candidate] = body.candidates
    expect(candidate).toMatchObject({
      activity_id: kept.id,
      event_id: null,
      countable: false,
      differing: ['participant_count', 'notes'],
      allowed: ['merge', 'keep_both', 'discard_draft'],
      preview: { fields: { ...session, ...big, notes: 'Ny' } },
      countable_change: { merge: 1, keep_both: 1, discard_draft: 0 },
      decided_before: null,
    })
    const bits = candidate.evidence.reduce((sum: number, one: { weight: number }) => sum + one.weight, body.prior)
    expect(1 / (1 + 2 ** -bits)).toBeCloseTo(candidate.probability, 10)
    expect(body.threshold).toBe(0.85)
  })

  it('tells what decides whether a merge with choices counts, down to the day that is full already', async () => {
    const slot = newSlot()
    const group = { ...session, title: 'Samtalegruppe for pårørende', starts_at: '18:00', participant_count: 5 }
    await check(api, { ...slot, draft_activity: group }, 'clear')
    const id = await check(api, { ...slot, date: '2026-03-21', draft_activity: group }, 'duplicate_found')
    expect((await review(id)).candidates[0].countable_besides).toEqual([])
    const { activity_type_id } = slot
    await api.db.query(
      `INSERT INTO activity (org_id, mentor_key, activity_type_id, date, duration_minutes, participant_count, created_at, updated_at)
       SELECT org_id, mentor_key, activity_type_id, date + 1, 60, 4, now(), now() FROM activity WHERE activity_type_id = $1`,
      [activity_type_id],
    )
    const body = await review(id)
    expect(body.countable_rule).toEqual({ participants: 3, minutes: 45, once_a_day: true })
    const [candidate] = body.candidates
    expect(candidate).toMatchObject({
      countable: true,
      countable_change: { merge: 0 },
      countable_besides: [{ activity_type_id, date: '2026-03-21' }],
    })
    const moved = { ...candidate.fields, date: '2026-03-21' }
    const change = countableChange(body.countable_rule, candidate.countable_besides, candidate.fields, moved)
    expect(change).toBe(-1)
    await resolve(api, id, { resolution: 'merge', field_choices: { date: 'draft' } })
    expect((await review(id)).receipts[0].countable_change).toBe(change)
  })

  it('shows the decisions about it, also those taken back', async () => {
    const { id, kept } = await makePair(api)
    await resolve(api, id)
    await undo(id)
    await resolve(api, id, { resolution: 'keep_both' })
    const body = await review(id)
    expect(body).toMatchObject({ state: 'resolved', resolution: 'keep_both', moves: ['duplicate_found'] })
    expect(body.resolved_at).toBe('2026-03-26T10:00:00Z')
    expect(body.receipts).toMatchObject([
      { resolution: 'keep_both', undoable: true, content: { distinct_from: [kept.id] } },
      { resolution: 'merge', undoable: false, undone_by: 'open' },
    ])
  })

  it('is not found for what is no event, or is cancelled', async () => {
    const { id } = await makePair(api)
    expect((await api.get(`${EVENTS}/${id}/review`)).status).toBe(200)
    await api.delete(`${EVENTS}/${id}`)
    expectProblem(await api.get(`${EVENTS}/${id}/review`), 404, 'event_not_found')
    expectProblem(await api.get(`${EVENTS}/none/review`), 404, 'event_not_found')
  })

  it('has the place that the queue gives it, also where nothing was weighed', async () => {
    const ids = [(await makePair(api)).id, (await makePair(api)).id, (await makePair(api)).id]
    await api.db.query('UPDATE duplicate_event SET probability = NULL WHERE number = ANY($1)', [
      ids.slice(1).map((id) => Number(id.slice(4))),
    ])
    const queue = (await api.get('/api/v1/views/duplicate-queue?limit=100')).body
    const order: string[] = queue.data.map((row: { id: string }) => row.id)
    expect(order.slice(-2)).toEqual(ids.slice(1))
    for (const [at, id] of order.entries()) {
      expect((await review(id)).queue).toEqual({
        place: at + 1,
        total: queue.pagination.total,
        previous: order[at - 1] ?? null,
        next: order[at + 1] ?? order[0],
      })
    }
    await resolve(api, order.at(-1) ?? '', { resolution: 'discard_draft' })
    const left = { place: null, total: order.length - 1, previous: null, next: order[0] }
    expect((await review(order.at(-1) ?? '')).queue).toEqual(left)
  })

  it('weighs what it may duplicate anew when that changes, and keeps it before a coordinator', async () => {
    const { slot, id, kept } = await makePair(api, { notes: 'Om søvn' })
    const [before] = (await review(id)).candidates
    const other = await check(api, { ...slot, draft_activity: { ...session, title: 'Fottur', location: 'Kolsås' } })
    const choices = { title: 'draft', location: 'draft' }
    const merged = await resolve(api, other, { candidate_id: kept.id, resolution: 'merge', field_choices: choices })
    expect(merged.status, merged.text).toBe(200)
    const [after] = (await review(id)).candidates
    expect(after).toMatchObject({ activity_id: kept.id, fields: { title: 'Fottur' } })
    expect(after.probability).toBeLessThan(before.probability)
    const level = ({ evidence }: { evidence: { field: string; level: string }[] }) =>
      evidence.find(({ field }) => field === 'title')?.level
    expect([level(before), level(after)]).toEqual(['bare_equal', 'different'])
    const { rows } = await api.db.query('SELECT probability FROM duplicate_event WHERE number = $1', [id.slice(4)])
    expect(rows[0].probability).toBe(after.probability)
    await put(api, other, { state: 'duplicate_found' })
    const back = (await review(id)).candidates.find((one: { activity_id: string }) => one.activity_id === kept.id)
    expect(back).toMatchObject({ probability: before.probability, evidence: before.evidence })
  })

  it('says what has changed since a pair was decided to be two sessions', async () => {
    const slot = newSlot()
    const waiting = await makeWaiting(slot)
    const kept = await check(api, { ...slot, draft_activity: { ...session, notes: 'Andre gruppe' } }, 'duplicate_found')
    await resolve(api, kept, { resolution: 'keep_both' })
    expect(await candidateIds(waiting)).not.toContain(kept)
    const [{ body: detail }] = [await api.get(`${EVENTS}/${kept}/review`)]
    const activity = detail.receipts[0].content.activity_id
    const before = await review(waiting)
    expect(before.candidates.map((one: { activity_id: string }) => one.activity_id)).not.toContain(activity)
    // a third draft goes into the activity and fills what was blank
    const third = await check(api, { ...slot, draft_activity: { ...session, ...big, notes: 'Andre gruppe' } })
    await resolve(api, third, { resolution: 'merge', candidate_id: activity })
    await api.finishJobs()
    const again = (await review(waiting)).candidates.find(
      (one: { activity_id: string }) => one.activity_id === activity,
    )
    expect(again.decided_before).toEqual({
      decided_by: 'open',
      decided_at: '2026-03-26T10:00:00Z',
      changed: [{ side: 'activity', field: 'participant_count', before: null, after: 5 }],
    })
  })
})

async function makeWaiting(slot: ReturnType<typeof newSlot>): Promise<string> {
  await check(api, { ...slot, draft_activity: session }, 'clear')
  return check(api, { ...slot, draft_activity: { ...session, notes: 'Første gruppe' } }, 'duplicate_found')
}

const candidateIds = async (id: string) =>
  (await review(id)).candidates.map((one: { event_id: string | null }) => one.event_id)
