import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BATCHES, batchOf, carryOut, decisionsOf, outcomesOf, plan, touch } from './batch-requests'
import { activitiesOf, check, EVENTS, makePair, newSlot, put, resolve, session, stateOf } from './duplicate-requests'
import { type Answered, type Api, openApi } from './harness'
import { expectProblem } from './sync-requests'

let api: Api
beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api.close())

describe('a run', () => {
  it('carries each row out in the name of whoever pressed it, and shows it with its receipt', async () => {
    const [merged, kept, discarded, coLed] = [
      await makePair(api, { notes: 'Ny' }),
      await makePair(api),
      await makePair(api),
      await makePair(api, session, { twoMentors: true }),
    ]
    const decisions = [
      ...(await decisionsOf(api, [merged.id])),
      ...(await decisionsOf(api, [kept.id], { resolution: 'keep_both' })),
      ...(await decisionsOf(api, [discarded.id], { resolution: 'discard_draft' })),
      ...(await decisionsOf(api, [coLed.id], { resolution: 'co_led' })),
    ]
    const { batch_id } = (await api.post(BATCHES, { decisions })).body
    const started = await api.post(`${BATCHES}/${batch_id}/run`)
    expect(started.body).toMatchObject({ run_by: 'open', run_at: '2026-03-26T10:00:00Z' })
    await api.finishJobs()
    const body = await batchOf(api, batch_id)
    expect(body).toMatchObject({ state: 'done', ended_at: '2026-03-26T10:00:00Z', counts: { planned: 0, done: 4 } })
    expect(await merged.activities()).toMatchObject([{ notes: 'Ny' }])
    expect(await kept.activities()).toHaveLength(2)
    expect(await discarded.activities()).toHaveLength(1)
    expect(await coLed.activities()).toMatchObject([{ co_leaders: [coLed.draftMentor] }])
    const receipts = (await api.get(`/api/v1/views/duplicate-receipts?batch_id=${batch_id}`)).body.data
    expect(receipts).toHaveLength(4)
    for (const { receipt_id, id, resolution } of body.items) {
      const receipt = receipts.find((one: { event_id: string }) => one.event_id === id)
      expect(receipt).toMatchObject({ receipt_id, resolution, batch_id, decided_by: 'open', undone_at: null })
    }
    const { rows } = await api.db.query('SELECT DISTINCT actor FROM change WHERE request_id = $1', [batch_id])
    expect(rows).toEqual([{ actor: 'open' }])
  })

  it('tells of what it does to the countable number as planned, and then as its receipts say', async () => {
    const big = { ...session, participant_count: 8 }
    const slot = newSlot()
    await check(api, { ...slot, draft_activity: session }, 'clear')
    const first = await check(api, { ...slot, draft_activity: { ...big, notes: 'en' } }, 'duplicate_found')
    const second = await check(api, { ...slot, draft_activity: { ...big, notes: 'to' } }, 'duplicate_found')
    const decisions = await decisionsOf(api, [first, second], { resolution: 'keep_both' })
    const changesOf = ({ items }: { items: { id: string; countable_change: number | null }[] }) =>
      [first, second].map((id) => items.find((item) => item.id === id)?.countable_change)
    const planned = (await api.post(BATCHES, { decisions })).body
    // of one mentor, type and day one counts, whichever comes first
    expect(changesOf(planned).sort()).toEqual([0, 1])
    const [counting, other] = changesOf(planned)[0] === 1 ? [first, second] : [second, first]
    await touch(api, counting)
    const done = await carryOut(api, 'run', planned.batch_id)
    const told = new Map(
      done.items.map((item: { id: string; countable_change: number }) => [item.id, item.countable_change]),
    )
    expect([told.get(counting), told.get(other)]).toEqual([null, 1])
    await put(api, other, { state: 'duplicate_found' })
    expect(changesOf(await batchOf(api, planned.batch_id))).toEqual([null, null])
  })

  it('refuses a row whose draft has moved on since, by its code, and goes on with the others', async () => {
    const pairs = [await makePair(api), await makePair(api), await makePair(api), await makePair(api)]
    const [first, decided, moved, gone] = pairs.map(({ id }) => id) as [string, string, string, string]
    const { batch_id } = await plan(api, [decided, moved, gone, first])
    await resolve(api, decided)
    await check(api, { ...pairs[2]?.slot, draft_activity: session }, 'duplicate_found')
    await touch(api, moved)
    await api.delete(`${EVENTS}/${gone}`)
    const body = await carryOut(api, 'run', batch_id)
    expect(outcomesOf(body)).toEqual(['already_resolved', 'review_moved_on', 'event_not_found', 'done'])
    expect(body.state).toBe('done')
    expect(body.items[1].detail).toContain(moved)
    expect(body.items[0].receipt_id).toBeNull()
    expect(await stateOf(api, moved)).toBe('duplicate_found')
  })

  it('refuses a row that would do something else because one before it was refused', async () => {
    const slot = newSlot()
    await check(api, slot, 'clear')
    const draft_activity = { ...session, notes: 'En' }
    const first = await check(api, { ...slot, draft_activity }, 'duplicate_found')
    const second = await check(api, { ...slot, draft_activity: { ...session, notes: 'To' } }, 'duplicate_found')
    const { batch_id } = await plan(api, [first, second])
    await touch(api, first)
    const body = await carryOut(api, 'run', batch_id)
    expect(outcomesOf(body)).toEqual(['review_moved_on', 'review_moved_on'])
    expect(await activitiesOf(api, slot.peer_id)).toMatchObject([{ notes: null }])
  })

  it('changes nothing when it is run again, also by the same key, or by two at once', async () => {
    const { id, activities } = await makePair(api)
    const { batch_id } = await plan(api, [id], { resolution: 'keep_both' })
    const press = (key: string) => api.post(`${BATCHES}/${batch_id}/run`, undefined, { 'idempotency-key': key })
    const [one, other] = await Promise.all([press(`${batch_id}-1`), press(`${batch_id}-2`)])
    expect([one.status, other.status]).toEqual([200, 200])
    await api.finishJobs()
    const done = await batchOf(api, batch_id)
    expect(outcomesOf(done)).toEqual(['done'])
    expect((await press(`${batch_id}-1`)).headers.get('idempotent-replayed')).toBe('true')
    await api.setNow('2026-03-26T11:00:00Z')
    expect(await carryOut(api, 'run', batch_id)).toEqual(done)
    await api.setNow('2026-03-26T10:00:00Z')
    expect(await activities()).toHaveLength(2)
  })

  it('goes on where it stands when its job was lost half-way, and does nothing twice', async () => {
    const pairs = [await makePair(api), await makePair(api), await makePair(api)]
    const ids = pairs.map(({ id }) => id)
    const { batch_id } = await plan(api, ids, { resolution: 'keep_both' })
    const stop = `CREATE FUNCTION stop_batch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF NEW.outcome = 'done' AND NEW.position = 1 THEN RAISE EXCEPTION 'stopped' USING ERRCODE = '57P01'; END IF;
        RETURN NEW; END $$;
      CREATE TRIGGER stop_batch BEFORE UPDATE ON duplicate_batch_item FOR EACH ROW EXECUTE FUNCTION stop_batch()`
    await api.db.query(stop)
    try {
      await carryOut(api, 'run', batch_id).catch(() => {})
    } finally {
      await api.db.query('DROP TRIGGER stop_batch ON duplicate_batch_item; DROP FUNCTION stop_batch')
    }
    const half = await batchOf(api, batch_id)
    expect(half.state).toBe('running')
    expect(outcomesOf(half)).toEqual(['done', 'planned', 'planned'])
    expect(await pairs[1]?.activities()).toHaveLength(1)
    expectProblem(await api.post(`${BATCHES}/${batch_id}/undo`), 409, 'batch_not_ended')

    const whole = await carryOut(api, 'run', batch_id)
    expect(whole.state).toBe('done')
    expect(outcomesOf(whole)).toEqual(['done', 'done', 'done'])
    expect(whole.items[0]).toEqual(half.items[0])
    for (const pair of pairs) expect(await pair.activities()).toHaveLength(2)
  })
})

describe('the undo of a batch', () => {
  it('takes back what the batch did, each row with its result, and only once', async () => {
    const pairs = [await makePair(api, { notes: 'Ny' }), await makePair(api), await makePair(api)]
    const ids = pairs.map(({ id }) => id)
    const before = await Promise.all(pairs.map((pair) => pair.activities()))
    const { batch_id } = await plan(api, ids)
    expectProblem(await api.post(`${BATCHES}/${batch_id}/undo`), 409, 'batch_not_ended')
    await carryOut(api, 'run', batch_id)
    await put(api, ids[1] ?? '', { state: 'duplicate_found' })
    const body = await carryOut(api, 'undo', batch_id)
    expect(body).toMatchObject({
      state: 'undone',
      undone_by: 'open',
      undone_at: '2026-03-26T10:00:00Z',
      counts: { done: 0, undone: 3, undo_refused: 0 },
    })
    expect(await Promise.all(pairs.map((pair) => pair.activities()))).toEqual(before)
    for (const id of ids) expect(await stateOf(api, id)).toBe('duplicate_found')

    await resolve(api, ids[0] ?? '')
    expect(await carryOut(api, 'undo', batch_id)).toEqual(body)
    expect(await stateOf(api, ids[0] ?? '')).toBe('resolved')
    expectProblem(await api.post(`${BATCHES}/${batch_id}/run`), 409, 'transition_not_allowed')
  })

  it('leaves a row whose activity has moved on since, and says why', async () => {
    const [still, moved] = [await makePair(api), await makePair(api)]
    const { batch_id } = await plan(api, [still.id, moved.id])
    await carryOut(api, 'run', batch_id)
    const later = await check(api, { ...moved.slot, draft_activity: { ...session, notes: 'Ny' } }, 'duplicate_found')
    await resolve(api, later)
    const body = await carryOut(api, 'undo', batch_id)
    expect(body.state).toBe('undone')
    expect(outcomesOf(body)).toEqual(['undone', 'activity_moved_on'])
    expect(body.items[1]).toMatchObject({ outcome: 'undo_refused', detail: expect.stringContaining(moved.kept.id) })
    expect(await stateOf(api, moved.id)).toBe('resolved')
  })
})

describe('a batch that does not exist', () => {
  it.each([
    ['GET', ''],
    ['POST', '/run'],
    ['POST', '/undo'],
  ])('is 404: %s %s', async (method, step) => {
    for (const id of ['bat_00000000', 'bat_x', 'evt-1']) {
      const answer: Answered = await api.request(method, `${BATCHES}/${id}${step}`)
      expectProblem(answer, 404, 'batch_not_found')
    }
  })
})
