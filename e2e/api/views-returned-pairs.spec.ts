import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  type ActivityRow,
  actionsOf,
  activitiesOf,
  check,
  EVENTS,
  makePair,
  put,
  receiptOf,
  resolve,
  session,
  stateOf,
} from './duplicate-requests'
import { type Api, openApi } from './harness'

const VIEW = '/api/v1/views/returned-pairs'

let api: Api
beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api.close())

interface Side {
  activity_id: string
  content_version: number
  changed: unknown[]
}

/** The pairs that have come back, of which one is this activity. */
async function returned(activity: ActivityRow | undefined) {
  const { status, body } = await api.get(`${VIEW}?limit=100`)
  expect(status).toBe(200)
  return body.data.filter(({ activities }: { activities: Side[] }) =>
    activities.some(({ activity_id }) => activity_id === activity?.id),
  )
}

const waitingCount = async (): Promise<number> => (await api.get('/api/v1/views/counts')).body.duplicates

const confirm = (pair: { pair_id: string; activities: Side[] }) =>
  api.put(`${EVENTS}/distinct-pairs/${pair.pair_id}/confirmation`, {
    content_versions: pair.activities.map(({ content_version }) => content_version),
  })

/** Two kept activities that were decided to be distinct. */
async function makeDistinct(options: Parameters<typeof makePair>[2] = {}) {
  const pair = await makePair(api, { notes: 'Formiddag' }, options)
  await resolve(api, pair.id, { resolution: 'keep_both' })
  const [kept, own] = await pair.activities()
  if (!kept || !own) throw new Error('both were to be kept')
  return { ...pair, kept, own }
}

/** A third draft, merged into the activity with its own notes. */
async function change(of: { slot: object }, activity: ActivityRow, draft: object = { notes: 'Ny' }): Promise<string> {
  const later = await check(api, { ...of.slot, draft_activity: { ...session, ...draft } }, 'duplicate_found')
  const choices = Object.fromEntries(Object.keys(draft).map((field) => [field, 'draft']))
  const merged = await resolve(api, later, {
    resolution: 'merge',
    candidate_id: activity.id,
    field_choices: choices,
  })
  expect(merged.status, merged.text).toBe(200)
  return later
}

it('two kept activities stay decided until one of them changes; then they come back and say what', async () => {
  const made = await makeDistinct()
  expect(await returned(made.own)).toEqual([])
  const before = await waitingCount()
  await change(made, made.kept, { notes: 'Ny' })
  expect(await waitingCount()).toBe(before + 1)
  const [pair, ...others] = await returned(made.own)
  expect(others).toEqual([])
  expect(pair).toMatchObject({
    pair_id: expect.stringMatching(/^dis_/),
    probability: expect.any(Number),
    decided_by: 'open',
    decided_at: '2026-03-26T10:00:00Z',
    returned_at: '2026-03-26T10:00:00Z',
    activities: [
      { activity_id: made.own.id, mentor_id: made.own.mentor_id, fields: { notes: 'Formiddag' }, changed: [] },
      { activity_id: made.kept.id, changed: [{ field: 'notes', before: null, after: 'Ny' }] },
    ],
    reopen: { event_id: made.id, review_version: expect.any(Number) },
    moved_on_by: [],
  })
  expect(pair.evidence).toContainEqual(expect.objectContaining({ field: 'title', level: expect.any(String) }))
})

it('a merge that changes nothing brings nothing back', async () => {
  const made = await makeDistinct()
  await change(made, made.kept, {})
  expect(await returned(made.kept)).toEqual([])
})

it('what no longer looks like one session does not come back', async () => {
  const made = await makeDistinct({ twoMentors: true })
  await change(made, made.kept, { title: 'Fottur til Kolsås', location: 'Bærum', duration_minutes: 240 })
  expect(await returned(made.kept)).toEqual([])
  // another time it would
  await change(made, made.kept, { notes: 'Ny', title: session.title, location: session.location, duration_minutes: 60 })
  expect(await returned(made.kept)).toHaveLength(1)
})

it('when the change is taken back, they are as they were decided', async () => {
  const made = await makeDistinct()
  const later = await change(made, made.kept)
  expect(await returned(made.kept)).toHaveLength(1)
  expect((await put(api, later, { state: 'duplicate_found' })).status).toBe(200)
  expect(await returned(made.kept)).toEqual([])
})

it('a confirmation holds until the next change, is in the log of both, and can be taken back', async () => {
  const made = await makeDistinct({ twoMentors: true })
  await change(made, made.kept)
  const [pair] = await returned(made.kept)
  const confirmed = await confirm(pair)
  expect(confirmed.body).toEqual({
    pair_id: pair.pair_id,
    decided_by: 'open',
    decided_at: '2026-03-26T10:00:00Z',
    returned: false,
  })
  expect(await returned(made.kept)).toEqual([])
  // the same again is no other decision
  expect((await confirm(pair)).body).toEqual(confirmed.body)
  for (const { id } of [made.kept, made.own]) {
    expect((await actionsOf(api, id)).filter((action) => action === 'confirmed_distinct')).toHaveLength(1)
  }

  const path = `${EVENTS}/distinct-pairs/${pair.pair_id}/confirmation`
  const another = await api.delete(`${path}?decided_at=2026-03-26T09:00:00Z`)
  expect([another.status, another.body.code]).toEqual([409, 'review_moved_on'])
  expect(await returned(made.kept)).toEqual([])
  const undone = await api.delete(`${path}?decided_at=${confirmed.body.decided_at}`)
  expect(undone.body).toMatchObject({ pair_id: pair.pair_id, returned: true })
  expect(await returned(made.kept)).toMatchObject([
    { activities: [{}, { changed: [{ field: 'notes', after: 'Ny' }] }] },
  ])
  expect((await api.delete(path)).body).toMatchObject({ returned: true })
  expect(await actionsOf(api, made.own.id)).toContain('unconfirmed_distinct')

  await confirm((await returned(made.kept))[0])
  await change(made, made.kept, { notes: 'Enda nyere' })
  expect(await returned(made.kept)).toMatchObject([
    { activities: [{}, { changed: [{ field: 'notes', before: 'Ny', after: 'Enda nyere' }] }] },
  ])
})

it('confirmed, and then as they were decided at first, they stay decided', async () => {
  const made = await makeDistinct()
  const later = await change(made, made.kept)
  await confirm((await returned(made.kept))[0])
  expect((await put(api, later, { state: 'duplicate_found' })).status).toBe(200)
  expect(await returned(made.kept)).toEqual([])
  await change(made, made.kept, { notes: 'Noe annet' })
  expect(await returned(made.kept)).toHaveLength(1)
})

it('refuses to confirm what was not seen, and takes what was', async () => {
  const made = await makeDistinct()
  await change(made, made.kept)
  const [seen] = await returned(made.kept)
  await change(made, made.kept, { notes: 'Enda nyere' })
  const refused = await confirm(seen)
  expect([refused.status, refused.body.code]).toEqual([409, 'review_moved_on'])
  expect(await returned(made.kept)).toHaveLength(1)
  expect((await confirm((await returned(made.kept))[0])).status).toBe(200)
})

it('knows no pair that was never decided', async () => {
  const path = `${EVENTS}/distinct-pairs/dis_00000000/confirmation`
  for (const { status, body } of [await api.delete(path), await api.put(path, { content_versions: [1, 1] })]) {
    expect([status, body.code]).toEqual([404, 'pair_not_found'])
  }
})

it('taking the decision back makes one of them a draft, whose review says what has changed; then they can be merged', async () => {
  const made = await makeDistinct()
  await change(made, made.kept)
  const [{ reopen }] = await returned(made.kept)
  const { event_id } = reopen
  expect((await put(api, event_id, { state: 'duplicate_found', review_version: reopen.review_version })).status).toBe(
    200,
  )
  expect(await returned(made.kept)).toEqual([])
  const { candidates } = (await api.get(`${EVENTS}/${event_id}/review`)).body
  expect(candidates).toMatchObject([
    {
      activity_id: made.kept.id,
      decided_before: { changed: [{ side: 'activity', field: 'notes', before: null, after: 'Ny' }] },
    },
  ])
  expect((await resolve(api, event_id, { resolution: 'merge' })).status).toBe(200)
  expect(await made.activities()).toMatchObject([{ id: made.kept.id, notes: 'Ny' }])
  // taken back, it can be decided again on what is seen then
  expect((await put(api, event_id, { state: 'duplicate_found' })).status).toBe(200)
  const { review_version } = (await api.get(`${EVENTS}/${event_id}/review`)).body
  expect((await resolve(api, event_id, { resolution: 'discard_draft', review_version })).status).toBe(200)
})

it('takes back the decision that was seen, and no other', async () => {
  const { id } = await makeDistinct()
  const seen = (await api.get(`${EVENTS}/${id}/review`)).body.review_version
  await put(api, id, { state: 'duplicate_found', review_version: seen })
  await resolve(api, id, { resolution: 'merge' })
  const refused = await put(api, id, { state: 'duplicate_found', review_version: seen })
  expect([refused.status, refused.body.code]).toEqual([409, 'review_moved_on'])
  expect(await stateOf(api, id)).toBe('resolved')
  const now = (await api.get(`${EVENTS}/${id}/review`)).body.receipts[0].review_version
  expect((await put(api, id, { state: 'duplicate_found', review_version: now })).status).toBe(200)
})

it('decided to be distinct once more, it is one pair and not two', async () => {
  const made = await makeDistinct()
  await change(made, made.kept)
  await put(api, made.id, { state: 'duplicate_found' })
  await resolve(api, made.id, { resolution: 'keep_both' })
  await change(made, made.kept, { notes: 'Enda nyere' })
  expect(await returned(made.kept)).toMatchObject([{ activities: [{}, { changed: [{ before: 'Ny' }] }] }])
})

it('where the activity that was decided about has moved on, it names what is to be taken back first', async () => {
  const made = await makeDistinct()
  const later = await change(made, made.own)
  const [pair] = await returned(made.own)
  const { rows } = await api.db.query(
    'SELECT r.id FROM duplicate_receipt r JOIN duplicate_event e ON e.key = r.event_key WHERE e.number = $1',
    [later.slice(4)],
  )
  expect(pair).toMatchObject({ reopen: null, moved_on_by: [rows[0].id] })
  expect((await receiptOf(api, later)).activity_id).toBe(made.own.id)
  await put(api, later, { state: 'duplicate_found' })
  expect((await put(api, made.id, { state: 'duplicate_found' })).status).toBe(200)
})

it('what others decided about an activity stays decided when it becomes a draft again', async () => {
  const { slot, id, own, kept } = await makeDistinct()
  const third = await check(api, { ...slot, draft_activity: { ...session, notes: 'Kveld' } }, 'duplicate_found')
  await resolve(api, third, { resolution: 'keep_both' })
  expect(await activitiesOf(api, slot.peer_id)).toHaveLength(3)
  await put(api, id, { state: 'duplicate_found' })
  expect(await stateOf(api, id)).toBe('duplicate_found')
  const { candidates } = (await api.get(`${EVENTS}/${id}/review`)).body
  expect(candidates.map((one: { activity_id: string }) => one.activity_id)).toEqual([kept.id])
  expect(own.id).not.toBe(kept.id)
})

it('pairs of erased mentors are not shown', async () => {
  const made = await makeDistinct()
  await change(made, made.kept)
  expect(await returned(made.kept)).toHaveLength(1)
  await api.db.query('UPDATE mentor SET erased_at = now() WHERE mentor_id = $1', [made.kept.mentor_id])
  expect(await returned(made.kept)).toEqual([])
})
