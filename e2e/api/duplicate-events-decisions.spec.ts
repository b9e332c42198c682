import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  activitiesOf,
  check,
  makePair,
  newSlot,
  put,
  receiptOf,
  resolve,
  revisionOf,
  session,
  stateOf,
} from './duplicate-requests'
import { type Api, openApi } from './harness'

let api: Api
beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api.close())

describe('merge', () => {
  it('is the default for one mentor: the kept activity wins, blanks are filled, and the receipt names every value', async () => {
    const { id, kept, activities } = await makePair(
      api,
      { title: 'Gruppe', participant_count: 5, mood: 'good' },
      { kept: { notes: 'Kaffe', mood: 'tired', bus: 12 } },
    )
    const before = await revisionOf(api, kept.mentor_id)
    const answered = await resolve(api, id, { annotation: 'Samme økt.' })
    expect(answered.body).toEqual({
      id,
      event_type: 'check',
      state: 'resolved',
      annotation: 'Samme økt.',
      last_updated_at: '2026-03-26T10:00:00Z',
    })
    expect(await activities()).toEqual([{ ...kept, participant_count: 5 }])
    expect(await revisionOf(api, kept.mentor_id)).toBe(before + 1)
    const { lines } = await receiptOf(api, id)
    expect(lines).toContainEqual({
      field: 'title',
      outcome: 'kept',
      draft: 'Gruppe',
      activity: session.title,
      merged: session.title,
    })
    expect(lines).toContainEqual({ field: 'participant_count', outcome: 'filled', draft: 5, activity: null, merged: 5 })
    expect(lines).toContainEqual({
      field: 'mood',
      extra: true,
      outcome: 'kept',
      draft: 'good',
      activity: 'tired',
      merged: 'tired',
    })
    expect(lines).toContainEqual({ field: 'bus', extra: true, outcome: 'kept', activity: 12, merged: 12 })
  })

  it('takes the fields that were chosen', async () => {
    const { id, kept, activities } = await makePair(
      api,
      { title: 'Gruppe', duration_minutes: 65, mood: 'good' },
      { kept: { mood: 'tired' } },
    )
    const refused = await resolve(api, id, { field_choices: { train: 'draft' } })
    expect([refused.status, refused.body.errors[0].pointer]).toEqual([400, '/field_choices/train'])
    const field_choices = { title: 'draft', mood: 'draft', duration_minutes: 'activity' }
    expect((await resolve(api, id, { resolution: 'merge', field_choices })).status).toBe(200)
    expect(await activities()).toEqual([{ ...kept, title: 'Gruppe', extra: { mood: 'good' } }])
  })

  it('goes into the activity that was chosen, by default the surest', async () => {
    const slot = newSlot()
    const far = await check(api, { ...slot, draft_activity: { title: 'Tur', duration_minutes: 200 } }, 'clear')
    const near = await check(api, { ...slot, date: '2026-03-21' }, 'clear')
    const drafts = [
      await check(api, { ...slot, draft_activity: { ...session, notes: 'en' } }, 'duplicate_found'),
      await check(api, { ...slot, draft_activity: { ...session, notes: 'to' } }, 'duplicate_found'),
    ]
    expect([far, near].every((id) => id.startsWith('evt-'))).toBe(true)
    const [tur, gruppe] = await activitiesOf(api, slot.peer_id)
    await resolve(api, drafts[0] as string)
    expect(await activitiesOf(api, slot.peer_id)).toEqual([tur, { ...gruppe, notes: 'en' }])
    await resolve(api, drafts[1] as string, { candidate_id: tur?.id })
    expect(await activitiesOf(api, slot.peer_id)).toMatchObject([{ title: 'Tur', notes: 'to' }, { notes: 'en' }])
  })

  it('refuses an activity that was not found', async () => {
    const { id } = await makePair(api)
    const { kept } = await makePair(api)
    const { status, body } = await resolve(api, id, { candidate_id: kept.id })
    expect([status, body.code]).toEqual([409, 'review_moved_on'])
    expect(await stateOf(api, id)).toBe('duplicate_found')
  })

  it('refuses a preview that has moved on, and takes the present one', async () => {
    const { slot, id } = await makePair(api)
    const second = await check(api, slot, 'duplicate_found')
    const versionOf = async (event: string): Promise<number> => {
      const { rows } = await api.db.query('SELECT review_version AS v FROM duplicate_event WHERE number = $1', [
        event.slice(4),
      ])
      return rows[0].v
    }
    const seen = await versionOf(second)
    await resolve(api, id)
    const refused = await resolve(api, second, { review_version: seen })
    expect([refused.status, refused.body.code]).toEqual([409, 'review_moved_on'])
    expect((await resolve(api, second, { review_version: await versionOf(second) })).status).toBe(200)
  })

  it('of a pair of two mentors has to be asked for; then the draft’s mentor is not credited', async () => {
    const { id, kept, draftMentor, activities } = await makePair(api, { notes: 'To ledere' }, { twoMentors: true })
    const refused = await resolve(api, id)
    expect([refused.status, refused.body.code, refused.body.allowed]).toEqual([
      409,
      'resolution_required',
      ['merge', 'keep_both', 'co_led', 'discard_draft'],
    ])
    expect(await stateOf(api, id)).toBe('duplicate_found')
    const revisions = [await revisionOf(api, kept.mentor_id), await revisionOf(api, draftMentor)]
    expect((await resolve(api, id, { resolution: 'merge' })).status).toBe(200)
    expect(await activities()).toEqual([{ ...kept, notes: 'To ledere' }])
    expect([await revisionOf(api, kept.mentor_id), await revisionOf(api, draftMentor)]).toEqual(
      revisions.map((r) => r + 1),
    )
    expect((await receiptOf(api, id)).lines).toContainEqual({
      field: 'mentor_id',
      outcome: 'kept',
      draft: draftMentor,
      activity: kept.mentor_id,
      merged: kept.mentor_id,
    })
  })
})

describe('co_led', () => {
  const sums = async (mentorId: string) => (await api.get(`/api/v1/peer-mentor-bloc/${mentorId}`)).body.activity_summary

  it('keeps one activity and credits each leader, until it is taken back', async () => {
    const { slot, id, kept, draftMentor, activities } = await makePair(
      api,
      { notes: 'Vi var to' },
      { twoMentors: true },
    )
    await api.db.query(`INSERT INTO activity_type VALUES ('org_x9y8z7', $1, 'Gruppe', 'Group', true)`, [
      slot.activity_type_id,
    ])
    expect(await sums(draftMentor)).toMatchObject({ total_activities: 0, total_sessions: 0 })
    expect((await resolve(api, id, { resolution: 'co_led' })).status).toBe(200)
    expect(await activities()).toEqual([{ ...kept, notes: 'Vi var to', co_leaders: [draftMentor] }])
    for (const mentor of [kept.mentor_id, draftMentor]) {
      expect(await sums(mentor)).toMatchObject({ total_activities: 1, total_sessions: 1 })
    }
    expect((await put(api, id, { state: 'duplicate_found' })).status).toBe(200)
    expect(await activities()).toEqual([kept])
    expect(await sums(draftMentor)).toMatchObject({ total_activities: 0, total_sessions: 0 })
  })

  it('is refused for one mentor, also for one who is credited already', async () => {
    const { id } = await makePair(api)
    const refused = await resolve(api, id, { resolution: 'co_led' })
    expect([refused.status, refused.body.code, refused.body.allowed]).toEqual([
      409,
      'resolution_required',
      ['merge', 'keep_both', 'discard_draft'],
    ])

    const led = await makePair(api, {}, { twoMentors: true })
    await resolve(api, led.id, { resolution: 'co_led' })
    const again = await check(api, { ...led.slot, peer_id: led.draftMentor, draft_activity: {} }, 'duplicate_found')
    expect((await resolve(api, again, { resolution: 'co_led' })).status).toBe(409)
    expect((await resolve(api, again)).status).toBe(200)
    expect(await led.activities()).toMatchObject([{ co_leaders: [led.draftMentor] }])
  })
})

describe('keep_both', () => {
  it('makes the draft an activity of its own, and the pair stays decided until one of the two changes', async () => {
    const slot = newSlot()
    await check(api, { ...slot, date: '2026-03-18' }, 'clear')
    // `first` waits for the activity of the day before, `second` for `first`
    const first = await check(api, { ...slot, date: '2026-03-19' }, 'duplicate_found')
    const second = await check(api, { ...slot, date: '2026-03-20' }, 'duplicate_found')
    expect((await resolve(api, second, { resolution: 'keep_both' })).status).toBe(200)
    expect(await activitiesOf(api, slot.peer_id)).toHaveLength(2)

    const { rows } = await api.db.query(
      `SELECT a.id FROM duplicate_candidate c JOIN duplicate_event e ON e.key = c.event_key JOIN activity a ON a.key = c.activity_key WHERE e.number = $1`,
      [first.slice(4)],
    )
    expect(rows).toHaveLength(1)
    // taken back and looked at anew: the kept activity is found again, the one decided to be distinct is not
    await resolve(api, first, { resolution: 'discard_draft' })
    await put(api, first, { state: 'duplicate_found' })
    expect(await candidateDates(first)).toEqual(['2026-03-18'])

    // once the other one changes, the pair is no longer decided
    const third = await check(
      api,
      { ...slot, date: '2026-03-20', draft_activity: { ...session, notes: 'Endret' } },
      'duplicate_found',
    )
    const [, own] = await activitiesOf(api, slot.peer_id)
    await resolve(api, third, { candidate_id: own?.id })
    await resolve(api, first, { resolution: 'discard_draft' })
    await put(api, first, { state: 'duplicate_found' })
    expect(await candidateDates(first)).toEqual(['2026-03-18', '2026-03-20'])
  })

  it('is taken back as long as the activity has not changed since', async () => {
    const { slot, id, kept, activities } = await makePair(api, { notes: 'Formiddag' })
    await resolve(api, id, { resolution: 'keep_both' })
    expect(await activities()).toMatchObject([kept, { notes: 'Formiddag' }])
    const [, own] = await activities()
    const later = await check(api, { ...slot, draft_activity: { ...session, participant_count: 3 } }, 'duplicate_found')
    await resolve(api, later, { candidate_id: own?.id })
    const refused = await put(api, id, { state: 'duplicate_found' })
    expect([refused.status, refused.body.code]).toEqual([409, 'activity_moved_on'])
    await put(api, later, { state: 'duplicate_found' })
    expect((await put(api, id, { state: 'duplicate_found' })).status).toBe(200)
    expect(await activities()).toEqual([kept])
    await api.finishJobs()
    expect(await stateOf(api, later)).toBe('duplicate_found')
  })
})

describe('discard_draft', () => {
  it('throws the draft away, with its values in the receipt, and can be taken back', async () => {
    const { id, kept, activities } = await makePair(api, { notes: 'Kladd' })
    expect((await resolve(api, id, { resolution: 'discard_draft' })).status).toBe(200)
    expect(await activities()).toEqual([kept])
    expect((await receiptOf(api, id)).lines).toContainEqual({ field: 'notes', outcome: 'dropped', draft: 'Kladd' })
    expect((await put(api, id, { state: 'duplicate_found' })).body.state).toBe('duplicate_found')
    expect((await resolve(api, id)).status).toBe(200)
    expect(await activities()).toEqual([{ ...kept, notes: 'Kladd' }])
  })
})

async function candidateDates(id: string): Promise<string[]> {
  const { rows } = await api.db.query(
    `SELECT a.date::text AS date FROM duplicate_candidate c JOIN duplicate_event e ON e.key = c.event_key
     JOIN activity a ON a.key = c.activity_key WHERE e.number = $1 ORDER BY 1`,
    [id.slice(4)],
  )
  return rows.map(({ date }) => date)
}
