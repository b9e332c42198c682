import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { check, EVENTS, makePair, put, resolve, session } from './duplicate-requests'
import { type Api, newMentorId, openApi } from './harness'
import { expectProblem } from './sync-requests'

const RECEIPTS = '/api/v1/views/duplicate-receipts'
let api: Api
beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api.close())

const view = async (query: string) => (await api.get(`${RECEIPTS}?${query}`)).body
const eventsOf = (body: { data: { event_id: string }[] }) => body.data.map(({ event_id }) => event_id)
const undo = (id: string) => put(api, id, { state: 'duplicate_found' })
const undoableOf = async (mentor: string) => (await view(`mentor_id=${mentor}`)).data[0]?.undoable

describe('the view of decisions', () => {
  it('shows what was decided, about whose draft, on what, by whom and when', async () => {
    const { id, slot, kept, draftMentor } = await makePair(api, { participant_count: 4 }, { twoMentors: true })
    const [candidate] = (await api.get(`/api/v1/views/duplicate-queue?mentor_id=${draftMentor}`)).body.data
    await resolve(api, id, { resolution: 'co_led', annotation: 'De ledet den sammen' })
    const body = await view(`mentor_id=${draftMentor}`)
    expect(body).toEqual({
      data: [
        {
          receipt_id: expect.stringMatching(/^rec_[0-9A-Z]{8}$/),
          event_id: id,
          mentor_id: draftMentor,
          mentor_name: draftMentor,
          other_mentor_id: kept.mentor_id,
          other_mentor_name: kept.mentor_id,
          resolution: 'co_led',
          title: session.title,
          date: slot.date,
          probability: candidate.probability,
          countable_change: 1,
          batch_id: null,
          decided_by: 'open',
          decided_at: '2026-03-26T10:00:00Z',
          annotation: 'De ledet den sammen',
          undone_by: null,
          undone_at: null,
          undoable: true,
          review_version: expect.any(Number),
        },
      ],
      pagination: { page: 1, limit: 20, total: 1 },
    })
  })

  it('keeps those taken back, and comes latest first', async () => {
    const { id, draftMentor } = await makePair(api)
    await resolve(api, id)
    await api.setNow('2026-03-26T11:00:00Z')
    await undo(id)
    await resolve(api, id, { resolution: 'discard_draft' })
    await api.setNow('2026-03-26T10:00:00Z')
    const body = await view(`mentor_id=${draftMentor}`)
    expect(body.data).toMatchObject([
      { resolution: 'discard_draft', undone_at: null, undoable: true },
      { resolution: 'merge', undone_by: 'open', undone_at: '2026-03-26T11:00:00Z', undoable: false },
    ])
    expect(await view(`mentor_id=${draftMentor}&sort=decided_at`)).toMatchObject({ data: body.data.toReversed() })
    expect(await view(`mentor_id=${draftMentor}&resolution=merge`)).toMatchObject({
      data: [body.data[1]],
      pagination: { total: 1 },
    })
    expect(await view(`mentor_id=${draftMentor}&page=2&limit=1`)).toMatchObject({
      data: [body.data[1]],
      pagination: { total: 2 },
    })
    expect(await view(`mentor_id=${newMentorId()}`)).toMatchObject({ data: [], pagination: { total: 0 } })
    expect(await view(`mentor_id=${draftMentor}&batch_id=bat_00000000`)).toMatchObject({ data: [] })
  })

  it('says that a decision can be taken back exactly while that is so', async () => {
    const merged = await makePair(api)
    const kept = await makePair(api)
    const discarded = await makePair(api)
    await resolve(api, merged.id)
    await resolve(api, kept.id, { resolution: 'keep_both' })
    await resolve(api, discarded.id, { resolution: 'discard_draft' })
    for (const { draftMentor } of [merged, kept, discarded]) expect(await undoableOf(draftMentor)).toBe(true)

    const more = { ...merged.slot, draft_activity: { ...session, notes: 'Ny' } }
    const later = await check(api, more, 'duplicate_found')
    await resolve(api, later)
    const rows = (await view(`mentor_id=${merged.draftMentor}`)).data
    expect(rows.map((row: { undoable: boolean }) => row.undoable)).toEqual([true, false])
    expectProblem(await undo(merged.id), 409, 'activity_moved_on')
    await undo(later)
    expect((await undo(merged.id)).status).toBe(200)

    await api.delete(`${EVENTS}/${kept.id}`)
    expect(await undoableOf(kept.draftMentor)).toBe(false)
    expectProblem(await undo(kept.id), 404, 'event_not_found')
    expect((await undo(discarded.id)).status).toBe(200)
  })

  it("leaves out an erased mentor's, and names an erased one beside the draft no more", async () => {
    const own = await makePair(api)
    const two = await makePair(api, session, { twoMentors: true })
    await resolve(api, own.id)
    await resolve(api, two.id, { resolution: 'merge' })
    const before = (await view('')).pagination.total
    await api.db.query('UPDATE mentor SET erased_at = now() WHERE mentor_id = ANY($1)', [
      [own.draftMentor, two.kept.mentor_id],
    ])
    const body = await view('limit=100')
    expect(body.pagination.total).toBe(before - 1)
    expect(eventsOf(body)).not.toContain(own.id)
    expect(body.data.find((row: { event_id: string }) => row.event_id === two.id)).toMatchObject({
      other_mentor_id: null,
      other_mentor_name: null,
      undoable: false,
    })
    expectProblem(await undo(two.id), 404, 'mentor_not_found')
    expect(await view(`mentor_id=${own.draftMentor}`)).toMatchObject({ data: [], pagination: { total: 0 } })
  })

  it.each(['resolution=reviewed', 'sort=probability', 'page=0', 'mentor_id=a b', `batch_id=${'b'.repeat(41)}`])(
    'refuses %s',
    async (query) => {
      const answer = await api.get(`${RECEIPTS}?${query}`)
      expectProblem(answer, 400, 'invalid_request')
      expect(answer.body.errors[0].pointer).toBe(query.split('=')[0])
    },
  )
})

describe('a receipt', () => {
  it('holds every value that the decision touched, and the evidence it was made on', async () => {
    const { id, kept, draftMentor } = await makePair(api, { title: 'Ute', notes: 'Ny' })
    const [queued] = (await api.get(`/api/v1/views/duplicate-queue?mentor_id=${draftMentor}`)).body.data
    await resolve(api, id, { field_choices: { title: 'draft' } })
    const [row] = (await view(`mentor_id=${draftMentor}`)).data
    const { body } = await api.get(`${EVENTS}/receipts/${row.receipt_id}`)
    const { evidence, content, ...facts } = body
    expect(facts).toEqual(row)
    expect(evidence).toEqual(queued.candidate.evidence)
    expect(content).toMatchObject({ activity_id: kept.id, content_before: 1, content_after: 2 })
    expect(content.lines).toContainEqual({
      field: 'title',
      outcome: 'replaced',
      draft: 'Ute',
      activity: session.title,
      merged: 'Ute',
    })
    expect(content.lines).toContainEqual({
      field: 'notes',
      outcome: 'filled',
      draft: 'Ny',
      activity: null,
      merged: 'Ny',
    })
    await undo(id)
    expect((await api.get(`${EVENTS}/receipts/${row.receipt_id}`)).body).toMatchObject({
      content,
      undone_by: 'open',
      undoable: false,
    })
  })

  it('leaves out what an erased mentor had written, wherever it is read, and says so in its place', async () => {
    const draft = { title: 'Samtalegruppa', duration_minutes: 65, notes: 'Ny' }
    const { id, kept, draftMentor } = await makePair(api, draft, { twoMentors: true })
    await resolve(api, id, { resolution: 'co_led', field_choices: { title: 'draft' } })
    const [row] = (await view(`mentor_id=${draftMentor}`)).data
    const own = async () => (await api.get(`${EVENTS}/receipts/${row.receipt_id}`)).body
    expect(JSON.stringify(await own())).toContain(session.location)
    await api.db.query('UPDATE mentor SET erased_at = now() WHERE mentor_id = $1', [kept.mentor_id])
    const { content, undoable } = await own()
    expect(undoable).toBe(false)
    expect(content.credited).toBe(draftMentor)
    expect(content.lines).toEqual([
      { field: 'mentor_id', outcome: 'kept', draft: draftMentor, erased: ['activity', 'merged'] },
      expect.objectContaining({ field: 'activity_type_id', outcome: 'same', erased: ['activity', 'merged'] }),
      expect.objectContaining({ field: 'date', outcome: 'same', erased: ['activity', 'merged'] }),
      { field: 'title', outcome: 'replaced', draft: 'Samtalegruppa', merged: 'Samtalegruppa', erased: ['activity'] },
      { field: 'duration_minutes', outcome: 'kept', draft: 65, erased: ['activity', 'merged'] },
      { field: 'location', outcome: 'same', draft: session.location, erased: ['activity', 'merged'] },
      { field: 'notes', outcome: 'filled', draft: 'Ny', activity: null, merged: 'Ny' },
    ])
    const [shown] = (await api.get(`${EVENTS}/${id}/review`)).body.receipts
    expect(shown.content).toEqual(content)
  })

  it.each(['rec_00000000', 'rec_x', 'evt-1'])('is 404: %s', async (id) => {
    expectProblem(await api.get(`${EVENTS}/receipts/${id}`), 404, 'receipt_not_found')
  })
})
