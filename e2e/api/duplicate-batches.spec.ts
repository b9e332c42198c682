import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BATCHES, batchOf, carryOut, decisionsOf, outcomesOf, plan, touch } from './batch-requests'
import { activitiesOf, check, EVENTS, makePair, newSlot, resolve, session } from './duplicate-requests'
import { type Api, openApi } from './harness'
import { expectProblem } from './sync-requests'

let api: Api
beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api.close())

/** What the answers of the API have to say of a mentor's activities and drafts, times of change apart. */
const nothingButBatches = async () => {
  const { rows } = await api.db.query(
    `SELECT (SELECT jsonb_agg(e ORDER BY key) FROM duplicate_event e) AS events,
       (SELECT jsonb_agg(a ORDER BY key) FROM activity a) AS activities, (SELECT count(*) FROM change) AS changes`,
  )
  return rows[0]
}

/** As if the two had been told apart, and the draft had come back since. */
const tellApart = (draftId: string, activityId: string) =>
  api.db.query(
    `INSERT INTO distinct_pair (org_id, activity_key, content_version, other_draft_key, decided_by, decided_at)
     SELECT a.org_id, a.key, a.content_version, e.key, 'open', now() FROM activity a, duplicate_event e
     WHERE a.id = $1 AND e.number = $2`,
    [activityId, draftId.slice(4)],
  )

describe('a plan', () => {
  it('says of each draft what would be filled, replaced and dropped, and touches nothing', async () => {
    const { id, kept, slot } = await makePair(
      api,
      { title: 'Samtale', notes: 'Fire kom', location: ' ' },
      { kept: { location: null } },
    )
    const before = await nothingButBatches()
    const body = await plan(api, [id])
    expect(body).toMatchObject({
      batch_id: expect.stringMatching(/^bat_[0-9A-Z]{8}$/),
      state: 'planned',
      created_by: 'open',
      created_at: '2026-03-26T10:00:00Z',
      run_by: null,
      ended_at: null,
      undone_by: null,
      counts: { planned: 1, refused: 0, done: 0, undone: 0, undo_refused: 0 },
      items: [
        {
          id,
          mentor_id: slot.peer_id,
          mentor_name: slot.peer_id,
          title: 'Samtale',
          date: slot.date,
          resolution: 'merge',
          candidate_id: kept.id,
          plan: { filled: ['notes'], replaced: [], dropped: ['title'] },
          outcome: 'planned',
          code: null,
          receipt_id: null,
        },
      ],
    })
    expect(await batchOf(api, body.batch_id)).toEqual(body)
    expect(await nothingButBatches()).toEqual(before)
  })

  it('names what each resolution loses', async () => {
    const { id } = await makePair(api)
    const lost = ['activity_type_id', 'date', 'title', 'duration_minutes', 'location']
    const planned = async (draft: string, resolution: string) =>
      (await plan(api, [draft], { resolution })).items.map(({ plan: one }: { plan: unknown }) => one)
    expect(await planned(id, 'discard_draft')).toMatchObject([{ filled: [], replaced: [], dropped: lost }])
    expect(await planned(id, 'keep_both')).toMatchObject([{ filled: [], replaced: [], dropped: [] }])
    const two = await makePair(api, session, { twoMentors: true })
    expect(await planned(two.id, 'merge')).toMatchObject([{ dropped: ['mentor_id'] }])
    expect(await planned(two.id, 'co_led')).toMatchObject([{ dropped: [] }])
  })

  it('refuses a draft by the code that a single decision would get, and plans the others', async () => {
    const [fine, decided, moved, two, gone] = [
      await makePair(api),
      await makePair(api),
      await makePair(api),
      await makePair(api, session, { twoMentors: true }),
      await makePair(api),
    ]
    const decisions = [
      ...(await decisionsOf(api, [fine.id, decided.id, moved.id, two.id, gone.id])),
      ...(await decisionsOf(api, [await check(api, newSlot(), 'clear')], { review_version: 2 })),
    ]
    await resolve(api, decided.id)
    await touch(api, moved.id)
    await api.delete(`${EVENTS}/${gone.id}`)
    const answer = await api.post(BATCHES, { decisions })
    expect(outcomesOf(answer.body)).toEqual([
      'planned',
      'already_resolved',
      'review_moved_on',
      'resolution_required',
      'event_not_found',
      'transition_not_allowed',
    ])
    for (const { id, code, detail } of answer.body.items) {
      if (code === null) continue
      const { id: _, ...decision } = decisions.find((one) => one.id === id) ?? { id }
      const other = { already_resolved: 'keep_both', transition_not_allowed: 'merge' }[code as string]
      const single = await resolve(api, id, { ...decision, ...(other && { resolution: other }) })
      expect(single.body.code, detail).toBe(code)
    }
  })

  it('says by how much the number of countable activities changes, each row on what the rows before it leave', async () => {
    const group = { ...session, participant_count: 5 }
    const slot = newSlot()
    await check(api, { ...slot, draft_activity: { ...group, participant_count: 2 } }, 'clear')
    const ids = [
      await check(api, { ...slot, draft_activity: group }, 'duplicate_found'),
      await check(api, { ...slot, draft_activity: group }, 'duplicate_found'),
      await check(api, { ...slot, draft_activity: group }, 'duplicate_found'),
    ]
    const [merged] = (await plan(api, ids.slice(0, 1))).items
    expect(merged.plan).toMatchObject({ filled: [], countable_change: 0 })
    const body = await plan(api, ids, { resolution: 'keep_both' })
    const planned = body.items.map((item: { plan: { countable_change: number } }) => item.plan.countable_change)
    expect(planned).toEqual([1, 0, 0])
    await carryOut(api, 'run', body.batch_id)
    const receipts = (await api.get(`/api/v1/views/duplicate-receipts?batch_id=${body.batch_id}&sort=decided_at`)).body
    expect(receipts.data.map((row: { countable_change: number }) => row.countable_change)).toEqual(planned)
  })

  it('plans the drafts of one session one after the other, and carries them out so', async () => {
    const slot = newSlot()
    await check(api, slot, 'clear')
    const first = await check(api, { ...slot, draft_activity: { ...session, notes: 'En' } }, 'duplicate_found')
    const second = await check(
      api,
      { ...slot, draft_activity: { ...session, notes: 'To', participant_count: 4 } },
      'duplicate_found',
    )
    const body = await plan(api, [first, second])
    expect(body.items).toMatchObject([
      { plan: { filled: ['notes'], dropped: [] } },
      { plan: { filled: ['participant_count'], dropped: ['notes'] } },
    ])
    expect(outcomesOf(await carryOut(api, 'run', body.batch_id))).toEqual(['done', 'done'])
    expect(await activitiesOf(api, slot.peer_id)).toMatchObject([{ notes: 'En', participant_count: 4 }])
    expect(outcomesOf(await carryOut(api, 'undo', body.batch_id))).toEqual(['undone', 'undone'])
    expect(await activitiesOf(api, slot.peer_id)).toMatchObject([{ notes: null, participant_count: null }])
  })

  it('decides what waits for a draft before that draft is thrown away', async () => {
    const slot = newSlot()
    await check(api, slot, 'clear')
    const first = await check(api, { ...slot, draft_activity: session }, 'duplicate_found')
    const second = await check(api, { ...slot, draft_activity: { ...session, notes: 'To' } }, 'duplicate_found')
    const decisions = [
      ...(await decisionsOf(api, [first], { resolution: 'discard_draft' })),
      ...(await decisionsOf(api, [second])),
    ]
    const body = (await api.post(BATCHES, { decisions })).body
    expect(body.items).toMatchObject([
      { id: second, resolution: 'merge', outcome: 'planned' },
      { id: first, resolution: 'discard_draft', outcome: 'planned' },
    ])
    expect(outcomesOf(await carryOut(api, 'run', body.batch_id))).toEqual(['done', 'done'])
    expect(await activitiesOf(api, slot.peer_id)).toMatchObject([{ notes: 'To' }])
  })

  it('decides what was told apart from an activity before that activity takes something over', async () => {
    const { id, kept, slot } = await makePair(api, { notes: 'Ny' })
    const apart = await check(api, { ...slot, draft_activity: session }, 'duplicate_found')
    await tellApart(apart, kept.id)
    const decisions = [
      ...(await decisionsOf(api, [id])),
      ...(await decisionsOf(api, [apart], { resolution: 'keep_both' })),
    ]
    const body = (await api.post(BATCHES, { decisions })).body
    expect(body.items.map((item: { id: string }) => item.id)).toEqual([apart, id])
    expect(outcomesOf(await carryOut(api, 'run', body.batch_id))).toEqual(['done', 'done'])
  })

  it('refuses a draft that another row has checked again whatever the order, as the run would', async () => {
    const { id, kept, slot } = await makePair(api)
    const waiting = await check(api, { ...slot, draft_activity: { ...session, notes: 'Ny' } }, 'duplicate_found')
    await tellApart(id, kept.id)
    const decisions = [
      ...(await decisionsOf(api, [id], { resolution: 'discard_draft' })),
      ...(await decisionsOf(api, [waiting])),
    ]
    const body = (await api.post(BATCHES, { decisions })).body
    expect(outcomesOf(body)).toEqual(['planned', 'changed_by_batch'])
    expect(body.items[1]).toMatchObject({ id: waiting, plan: null, detail: expect.stringContaining(id) })
    expect(outcomesOf(await carryOut(api, 'run', body.batch_id))).toEqual(['done', 'changed_by_batch'])
    expect(outcomesOf(await plan(api, [waiting]))).toEqual(['planned'])
  })

  it('is refused whole for what is no list of decisions', async () => {
    const { id } = await makePair(api)
    const [decision] = await decisionsOf(api, [id])
    const refused: [unknown, string][] = [
      [{ decisions: [] }, '/decisions'],
      [{ decisions: Array.from({ length: 501 }, (_, n) => ({ id: `evt-${n}`, review_version: 1 })) }, '/decisions'],
      [{ decisions: [decision, decision] }, '/decisions/1/id'],
      [{ decisions: [{ id }] }, '/decisions/0/review_version'],
      [{ decisions: [{ ...decision, resolution: 'reviewed' }] }, '/decisions/0/resolution'],
      [{ decisions: [{ ...decision, candidate_id: 'act' }] }, '/decisions/0/candidate_id'],
    ]
    for (const [body, pointer] of refused) {
      const answer = await api.post(BATCHES, body)
      expectProblem(answer, 400, 'invalid_request')
      expect(answer.body.errors[0].pointer).toBe(pointer)
    }
    const unknown = await api.post(BATCHES, { decisions: [decision, { id: 'evt-999999999', review_version: 1 }] })
    expectProblem(unknown, 404, 'event_not_found')
    expect((await api.post(BATCHES, { decisions: [decision] })).status).toBe(201)
  })

  it('is made once for one Idempotency-Key', async () => {
    const { id } = await makePair(api)
    const send = (decisions: unknown) => api.post(BATCHES, { decisions }, { 'idempotency-key': `plan-${id}` })
    const decisions = await decisionsOf(api, [id])
    const first = await send(decisions)
    const again = await send(decisions)
    expect(again.text).toBe(first.text)
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    expectProblem(await send([{ ...decisions[0], resolution: 'keep_both' }]), 422, 'idempotency_key_reused')
  })
})
