import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { activitiesOf, check, EVENTS, makePair, newSlot, put, resolve, session, stateOf } from './duplicate-requests'
import { type Answered, type Api, openApi } from './harness'
import { expectProblem } from './sync-requests'

const BATCHES = `${EVENTS}/batches`
const QUEUE = '/api/v1/views/duplicate-queue'
let api: Api
beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api.close())

interface Item {
  id: string
  outcome: string
  code: string | null
  detail: string | null
  receipt_id: string | null
}

/** The decision about each of these drafts as its reviewer sees it now. */
async function decisionsOf(ids: string[], more: object = {}) {
  const { data } = (await api.get(`${QUEUE}?limit=100`)).body
  const versionOf = (id: string) => data.find((row: { id: string }) => row.id === id)?.review_version ?? 0
  return ids.map((id) => ({ id, review_version: versionOf(id), ...more }))
}

async function plan(ids: string[], more: object = {}) {
  const answer = await api.post(BATCHES, { decisions: await decisionsOf(ids, more) })
  expect(answer.status, answer.text).toBe(201)
  return answer.body
}

const batchOf = async (id: string) => (await api.get(`${BATCHES}/${id}`)).body
const outcomesOf = (batch: { items: Item[] }) => batch.items.map(({ outcome, code }) => code ?? outcome)

async function carryOut(step: 'run' | 'undo', batchId: string) {
  const answer = await api.post(`${BATCHES}/${batchId}/${step}`)
  expect(answer.status, answer.text).toBe(200)
  await api.finishJobs()
  return batchOf(batchId)
}

/** What the answers of the API have to say of a mentor's activities and drafts, times of change apart. */
const nothingButBatches = async () => {
  const { rows } = await api.db.query(
    `SELECT (SELECT jsonb_agg(e ORDER BY key) FROM duplicate_event e) AS events,
       (SELECT jsonb_agg(a ORDER BY key) FROM activity a) AS activities, (SELECT count(*) FROM change) AS changes`,
  )
  return rows[0]
}

describe('a plan', () => {
  it('says of each draft what would be filled, replaced and dropped, and touches nothing', async () => {
    const { id, kept, slot } = await makePair(
      api,
      { title: 'Samtale', notes: 'Fire kom', location: ' ' },
      { kept: { location: null } },
    )
    const before = await nothingButBatches()
    const body = await plan([id])
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
    expect(await batchOf(body.batch_id)).toEqual(body)
    expect(await nothingButBatches()).toEqual(before)
  })

  it('names what each resolution loses', async () => {
    const { id } = await makePair(api)
    const lost = ['activity_type_id', 'date', 'title', 'duration_minutes', 'location']
    const planned = async (draft: string, resolution: string) =>
      (await plan([draft], { resolution })).items.map(({ plan: one }: { plan: unknown }) => one)
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
      ...(await decisionsOf([fine.id, decided.id, moved.id, two.id, gone.id])),
      ...(await decisionsOf([await check(api, newSlot(), 'clear')], { review_version: 2 })),
    ]
    await resolve(api, decided.id)
    await api.db.query('UPDATE duplicate_event SET review_version = review_version + 1 WHERE number = $1', [
      moved.id.slice(4),
    ])
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
    const [merged] = (await plan(ids.slice(0, 1))).items
    expect(merged.plan).toMatchObject({ filled: [], countable_change: 0 })
    const body = await plan(ids, { resolution: 'keep_both' })
    const planned = body.items.map((item: { plan: { countable_change: number } }) => item.plan.countable_change)
    expect(planned).toEqual([1, 0, 0])
    await carryOut('run', body.batch_id)
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
    const body = await plan([first, second])
    expect(body.items).toMatchObject([
      { plan: { filled: ['notes'], dropped: [] } },
      { plan: { filled: ['participant_count'], dropped: ['notes'] } },
    ])
    expect(outcomesOf(await carryOut('run', body.batch_id))).toEqual(['done', 'done'])
    expect(await activitiesOf(api, slot.peer_id)).toMatchObject([{ notes: 'En', participant_count: 4 }])
    expect(outcomesOf(await carryOut('undo', body.batch_id))).toEqual(['undone', 'undone'])
    expect(await activitiesOf(api, slot.peer_id)).toMatchObject([{ notes: null, participant_count: null }])
  })

  it('is refused whole for what is no list of decisions', async () => {
    const { id } = await makePair(api)
    const [decision] = await decisionsOf([id])
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
    const decisions = await decisionsOf([id])
    const first = await send(decisions)
    const again = await send(decisions)
    expect(again.text).toBe(first.text)
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    expectProblem(await send([{ ...decisions[0], resolution: 'keep_both' }]), 422, 'idempotency_key_reused')
  })
})

describe('a run', () => {
  it('carries each row out in the name of whoever pressed it, and shows it with its receipt', async () => {
    const [merged, kept, discarded, coLed] = [
      await makePair(api, { notes: 'Ny' }),
      await makePair(api),
      await makePair(api),
      await makePair(api, session, { twoMentors: true }),
    ]
    const decisions = [
      ...(await decisionsOf([merged.id])),
      ...(await decisionsOf([kept.id], { resolution: 'keep_both' })),
      ...(await decisionsOf([discarded.id], { resolution: 'discard_draft' })),
      ...(await decisionsOf([coLed.id], { resolution: 'co_led' })),
    ]
    const { batch_id } = (await api.post(BATCHES, { decisions })).body
    const started = await api.post(`${BATCHES}/${batch_id}/run`)
    expect(started.body).toMatchObject({ run_by: 'open', run_at: '2026-03-26T10:00:00Z' })
    await api.finishJobs()
    const body = await batchOf(batch_id)
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

  it('refuses a row whose draft has moved on since, by its code, and goes on with the others', async () => {
    const pairs = [await makePair(api), await makePair(api), await makePair(api), await makePair(api)]
    const [first, decided, moved, gone] = pairs.map(({ id }) => id) as [string, string, string, string]
    const { batch_id } = await plan([decided, moved, gone, first])
    await resolve(api, decided)
    await check(api, { ...pairs[2]?.slot, draft_activity: session }, 'duplicate_found')
    await api.db.query('UPDATE duplicate_event SET review_version = review_version + 1 WHERE number = $1', [
      moved.slice(4),
    ])
    await api.delete(`${EVENTS}/${gone}`)
    const body = await carryOut('run', batch_id)
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
    const { batch_id } = await plan([first, second])
    await api.db.query('UPDATE duplicate_event SET review_version = review_version + 1 WHERE number = $1', [
      first.slice(4),
    ])
    const body = await carryOut('run', batch_id)
    expect(outcomesOf(body)).toEqual(['review_moved_on', 'review_moved_on'])
    expect(await activitiesOf(api, slot.peer_id)).toMatchObject([{ notes: null }])
  })

  it('changes nothing when it is run again, also by the same key, or by two at once', async () => {
    const { id, activities } = await makePair(api)
    const { batch_id } = await plan([id], { resolution: 'keep_both' })
    const press = (key: string) => api.post(`${BATCHES}/${batch_id}/run`, undefined, { 'idempotency-key': key })
    const [one, other] = await Promise.all([press(`${batch_id}-1`), press(`${batch_id}-2`)])
    expect([one.status, other.status]).toEqual([200, 200])
    await api.finishJobs()
    const done = await batchOf(batch_id)
    expect(outcomesOf(done)).toEqual(['done'])
    expect((await press(`${batch_id}-1`)).headers.get('idempotent-replayed')).toBe('true')
    await api.setNow('2026-03-26T11:00:00Z')
    expect(await carryOut('run', batch_id)).toEqual(done)
    await api.setNow('2026-03-26T10:00:00Z')
    expect(await activities()).toHaveLength(2)
  })

  it('goes on where it stands when its job was lost half-way, and does nothing twice', async () => {
    const pairs = [await makePair(api), await makePair(api), await makePair(api)]
    const ids = pairs.map(({ id }) => id)
    const { batch_id } = await plan(ids, { resolution: 'keep_both' })
    const stop = `CREATE FUNCTION stop_batch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF NEW.outcome = 'done' AND NEW.position = 1 THEN RAISE EXCEPTION 'stopped' USING ERRCODE = '57P01'; END IF;
        RETURN NEW; END $$;
      CREATE TRIGGER stop_batch BEFORE UPDATE ON duplicate_batch_item FOR EACH ROW EXECUTE FUNCTION stop_batch()`
    await api.db.query(stop)
    try {
      await carryOut('run', batch_id).catch(() => {})
    } finally {
      await api.db.query('DROP TRIGGER stop_batch ON duplicate_batch_item; DROP FUNCTION stop_batch')
    }
    const half = await batchOf(batch_id)
    expect(half.state).toBe('running')
    expect(outcomesOf(half)).toEqual(['done', 'planned', 'planned'])
    expect(await pairs[1]?.activities()).toHaveLength(1)
    expectProblem(await api.post(`${BATCHES}/${batch_id}/undo`), 409, 'batch_not_ended')

    const whole = await carryOut('run', batch_id)
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
    const { batch_id } = await plan(ids)
    expectProblem(await api.post(`${BATCHES}/${batch_id}/undo`), 409, 'batch_not_ended')
    await carryOut('run', batch_id)
    await put(api, ids[1] ?? '', { state: 'duplicate_found' })
    const body = await carryOut('undo', batch_id)
    expect(body).toMatchObject({
      state: 'undone',
      undone_by: 'open',
      undone_at: '2026-03-26T10:00:00Z',
      counts: { done: 0, undone: 3, undo_refused: 0 },
    })
    expect(await Promise.all(pairs.map((pair) => pair.activities()))).toEqual(before)
    for (const id of ids) expect(await stateOf(api, id)).toBe('duplicate_found')

    await resolve(api, ids[0] ?? '')
    expect(await carryOut('undo', batch_id)).toEqual(body)
    expect(await stateOf(api, ids[0] ?? '')).toBe('resolved')
    expectProblem(await api.post(`${BATCHES}/${batch_id}/run`), 409, 'transition_not_allowed')
  })

  it('leaves a row whose activity has moved on since, and says why', async () => {
    const [still, moved] = [await makePair(api), await makePair(api)]
    const { batch_id } = await plan([still.id, moved.id])
    await carryOut('run', batch_id)
    const later = await check(api, { ...moved.slot, draft_activity: { ...session, notes: 'Ny' } }, 'duplicate_found')
    await resolve(api, later)
    const body = await carryOut('undo', batch_id)
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
