import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answered, type Api, newMentorId, openApi } from './harness'
import { certify, EVENTS, listed, pause, resume, snapshot, storedEvents } from './sync-requests'

const BATCH = `${EVENTS}/batch`
const at = (minute: number) => `2026-03-26T09:${String(minute).padStart(2, '0')}:00.123456Z`
const pauseOf = (mentor_id: string, more = {}) => ({ event_type: 'PauseMentorEvent', mentor_id, ...more })
const resumeOf = (mentor_id: string, more = {}) => ({ event_type: 'ResumeMentorEvent', mentor_id, ...more })

let api: Api
beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api.close())

const send = (events: unknown, headers = {}): Promise<Answered> => api.post(BATCH, { events }, headers)

async function changesOf(mentorId: string) {
  const { rows } = await api.db.query(
    `SELECT c.type, c.action, c.revision::int, c.before, c.after FROM change c JOIN mentor m ON m.key = c.mentor_key
     WHERE m.mentor_id = $1 ORDER BY position`,
    [mentorId],
  )
  return rows
}

describe('verdicts', () => {
  it('stores the events of several mentors and says what each led to', async () => {
    const [one, other] = [newMentorId(), newMentorId()]
    const answered = await send([
      pauseOf(one, { client_timestamp: at(1), reason: 'På ferie' }),
      pauseOf(other, { client_timestamp: at(2) }),
      resumeOf(one, { client_timestamp: at(3) }),
    ])
    expect(answered.status, answered.text).toBe(200)
    const facts = { verdict: 'applied', status_changed: true, hand_pause_changed: true }
    const sync_event_id = expect.stringMatching(/^evt_[0-9A-Z]{8}$/)
    expect(answered.body).toEqual({
      results: [
        { index: 0, ...facts, mentor_id: one, sync_event_id, resulting_status: 'paused' },
        { index: 1, ...facts, mentor_id: other, sync_event_id, resulting_status: 'paused' },
        { index: 2, ...facts, mentor_id: one, sync_event_id, resulting_status: 'active' },
      ],
      cursor: expect.stringMatching(/^[\w-]{10}\.\d+\.0$/),
    })
    expect(await snapshot(api, one)).toMatchObject({ status: 'active' })
    expect(await snapshot(api, other)).toMatchObject({ status: 'paused' })
    const ids = answered.body.results.map((result: { sync_event_id: string }) => result.sync_event_id)
    const pending = (await listed(api, `mentor_id=${one}`)).data
    expect(pending.map((event: { sync_event_id: string }) => event.sync_event_id)).toEqual([ids[0], ids[2]])
    expect((await api.get(`${EVENTS}/${ids[0]}`)).body).toMatchObject({ reason: 'På ferie', accepted: true })
  })

  it('gives the same outcome and log as single posts of the same events', async () => {
    const [batched, single] = [newMentorId(), newMentorId()]
    for (const id of [batched, single]) await certify(api, id, '2026-03-20T10:00:00Z')
    const events = (id: string) => [
      resumeOf(id, { client_timestamp: at(5), reason: 'Tilbake' }),
      pauseOf(id, { client_timestamp: at(4) }),
      pauseOf(id),
      resumeOf(id),
    ]
    const { body } = await send(events(batched))
    for (const [index, event] of events(single).entries()) {
      const answer = (await api.post(EVENTS, event)).body
      const { verdict, resulting_status, held_by } = body.results[index]
      expect({ accepted: verdict === 'applied', resulting_status, held_by }).toEqual({
        accepted: answer.accepted,
        resulting_status: answer.resulting_status,
        held_by: answer.held_by,
      })
    }
    const withoutRevision = async (id: string) => (await changesOf(id)).map(({ revision: _, ...rest }) => rest)
    expect(await withoutRevision(batched)).toEqual(await withoutRevision(single))
    const stored = async (id: string) =>
      (
        await api.db.query(
          `SELECT origin, event_type, reason, client_timestamp, accepted, rejection_reason, resulting_status, held_by
           FROM sync_event e JOIN mentor m ON m.key = e.mentor_key WHERE m.mentor_id = $1 ORDER BY e.key`,
          [id],
        )
      ).rows
    expect(await stored(batched)).toEqual(await stored(single))
    const mentors = await api.db.query(
      `SELECT paused_by_hand, paused_by_certification, status_updated_at, last_heard_at FROM mentor WHERE mentor_id = ANY ($1)`,
      [[batched, single]],
    )
    expect(mentors.rows[0]).toEqual(mentors.rows[1])
  })

  it('tells the app of a lapse that a resume is the first to find, once', async () => {
    const mentor_id = newMentorId()
    await certify(api, mentor_id, '2026-03-20T10:00:00Z')
    const { body } = await send([resumeOf(mentor_id, { client_timestamp: at(1) }), resumeOf(mentor_id)])
    expect(body.results[0]).toMatchObject({
      verdict: 'applied',
      resulting_status: 'paused',
      held_by: 'certification_expired',
      status_changed: true,
      hand_pause_changed: false,
      detail: 'Stays paused: a certification has expired.',
    })
    expect((await listed(api, `mentor_id=${mentor_id}&origin=server`)).data).toHaveLength(1)
  })

  it('says of an accepted event that changed nothing that it changed nothing', async () => {
    const mentor_id = newMentorId()
    const { body } = await send([pauseOf(mentor_id), pauseOf(mentor_id)])
    expect(body.results[0]).toMatchObject({ verdict: 'applied', status_changed: true, hand_pause_changed: true })
    expect(body.results[1]).toMatchObject({ verdict: 'applied', status_changed: false, hand_pause_changed: false })
    expect(await storedEvents(api, mentor_id)).toBe(2)
  })

  it('keeps the order of events of one mentor that come without a time, in one batch and the next', async () => {
    const mentor_id = newMentorId()
    await send([pauseOf(mentor_id), resumeOf(mentor_id), pauseOf(mentor_id)])
    expect(await snapshot(api, mentor_id)).toMatchObject({ status: 'paused' })
    await send([resumeOf(mentor_id)])
    expect(await snapshot(api, mentor_id)).toMatchObject({ status: 'active' })
  })

  it('calls what is older than the newest accepted event superseded, and says by which', async () => {
    const mentor_id = newMentorId()
    await pause(api, { mentor_id, client_timestamp: at(30) })
    const { body } = await send([resumeOf(mentor_id, { client_timestamp: at(10) })])
    expect(body.results[0]).toEqual({
      index: 0,
      verdict: 'superseded',
      mentor_id,
      sync_event_id: expect.any(String),
      resulting_status: 'paused',
      detail:
        'Arrived after a newer event of 26 Mar 2026, 10:30 and was therefore not accepted. The status is still “Paused”.',
    })
    const { body: event } = await api.get(`${EVENTS}/${body.results[0].sync_event_id}`)
    expect(event).toMatchObject({ accepted: false, rejection_reason: 'superseded' })
  })

  it('raises the revision of a mentor once, and registers an unknown one as a single post does', async () => {
    const mentor_id = newMentorId()
    await send([pauseOf(mentor_id, { client_timestamp: at(1) }), resumeOf(mentor_id, { client_timestamp: at(2) })])
    expect(await changesOf(mentor_id)).toMatchObject([
      { type: 'mentor', action: 'registered', revision: 1, before: null },
      { type: 'sync_event', action: 'paused', revision: 2 },
      { type: 'sync_event', action: 'resumed', revision: 2, before: { status: 'paused' }, after: { status: 'active' } },
    ])
    expect((await api.get(`/api/v1/mentors/${mentor_id}`)).body).toMatchObject({ incomplete: true })
  })
})

describe('what cannot be stored', () => {
  it('with a key that is not known is taken in and the key named; when strict it is rejected by itself', async () => {
    const [odd, good] = [newMentorId(), newMentorId()]
    const sent = [pauseOf(good), pauseOf(odd, { clientTimestamp: at(1) }), 'nothing']
    const taken = await send(sent)
    expect(taken.headers.get('x-ignored')).toBe('/events/1/clientTimestamp')
    expect(taken.body.results).toMatchObject([{ verdict: 'applied' }, { verdict: 'applied' }, { verdict: 'rejected' }])

    const strict = await send(sent, { prefer: 'handling=strict' })
    expect(strict.status, strict.text).toBe(200)
    expect(strict.headers.get('x-ignored')).toBeNull()
    expect(strict.body.results).toMatchObject([
      { verdict: 'applied' },
      {
        index: 1,
        verdict: 'rejected',
        mentor_id: odd,
        code: 'invalid_request',
        detail: '“clientTimestamp” is not known. The event was not stored; the others are not affected.',
      },
      {
        verdict: 'rejected',
        detail: 'This is not an event that can be read. It was not stored; the others are not affected.',
      },
    ])
    expect(await storedEvents(api, odd)).toBe(1)
    const beside = await api.post(BATCH, { events: sent, other: 1 }, { prefer: 'handling=strict' })
    expect(beside.body.errors).toEqual([{ pointer: '/other', message: expect.any(String) }])
  })

  it('is rejected by itself with a reason, and holds up nothing', async () => {
    const [fine, erased] = [newMentorId(), newMentorId()]
    await pause(api, { mentor_id: erased })
    await api.db.query('UPDATE mentor SET erased_at = now() WHERE mentor_id = $1', [erased])
    const strangers = [newMentorId(), newMentorId(), newMentorId()]
    const { status, body } = await send([
      { event_type: 'DanceMentorEvent', mentor_id: strangers[0] },
      pauseOf(erased),
      pauseOf(fine),
      { event_type: 'PauseMentorEvent' },
      pauseOf(strangers[1] as string, { client_timestamp: 'yesterday' }),
      null,
      pauseOf(strangers[2] as string, { reason: 'a\0b' }),
      resumeOf(fine),
    ])
    expect(status).toBe(200)
    const code = 'invalid_request'
    const rejected = (index: number, mentor_id: string | null, detail: unknown, more = {}) => ({
      ...{ index, verdict: 'rejected', mentor_id, code, detail },
      ...more,
    })
    expect(body.results).toEqual([
      rejected(0, strangers[0] as string, expect.stringContaining('“DanceMentorEvent” is not known')),
      rejected(1, erased, expect.stringContaining('no longer here'), { code: 'mentor_not_found' }),
      expect.objectContaining({ index: 2, verdict: 'applied' }),
      rejected(3, null, expect.stringContaining('“mentor_id” is missing')),
      rejected(
        4,
        strangers[1] as string,
        expect.stringContaining('“client_timestamp” is missing or of the wrong form'),
      ),
      rejected(5, null, expect.stringContaining('not an event that can be read')),
      rejected(6, strangers[2] as string, expect.stringContaining('not an event that can be read')),
      expect.objectContaining({ index: 7, verdict: 'applied', resulting_status: 'active' }),
    ])
    expect(await storedEvents(api, fine)).toBe(2)
    expect(await storedEvents(api, erased)).toBe(1)
    for (const id of strangers) expect((await api.get(`/api/v1/mentors/${id}`)).status).toBe(404)
  })

  it('may be whatever JSON can hold', async () => {
    const mentor_id = newMentorId()
    const strange = [
      '{"__proto__":{"admin":true}}',
      '['.repeat(200) + ']'.repeat(200),
      '"x"',
      '1e999',
      '{"event_type":"PauseMentorEvent","mentor_id":"\\ud800"}',
      `{"event_type":"PauseMentorEvent","mentor_id":"${'m'.repeat(5000)}"}`,
    ]
    const { status, body } = await api.post(
      BATCH,
      `{"events":[${[...strange, JSON.stringify(pauseOf(mentor_id, { extra: 'a\0b' }))].join(',')}]}`,
    )
    expect(status).toBe(200)
    const verdicts = body.results.map((one: { verdict: string }) => one.verdict)
    expect(verdicts).toEqual([...strange.map(() => 'rejected'), 'applied'])
  })

  it.each([
    ['nb-NO,nb;q=0.9', '«mentor_id» mangler eller har feil form. Hendelsen er ikke lagret; de andre påvirkes ikke.'],
    ['en', '“mentor_id” is missing or of the wrong form. The event was not stored; the others are not affected.'],
    ['de', '“mentor_id” is missing or of the wrong form. The event was not stored; the others are not affected.'],
  ])('is explained in the language of Accept-Language: %s', async (language, detail) => {
    const { body } = await send([{ event_type: 'PauseMentorEvent' }], { 'accept-language': language })
    expect(body.results[0].detail).toBe(detail)
  })

  it('writes times as the language and the organisation have them', async () => {
    const mentor_id = newMentorId()
    await resume(api, { mentor_id, client_timestamp: at(30) })
    const { body } = await send([pauseOf(mentor_id, { client_timestamp: at(1) })], { 'accept-language': 'nb' })
    expect(body.results[0].detail).toBe(
      'Kom etter en nyere hendelse fra 26. mars 2026, 10:30 og ble derfor ikke godtatt. Statusen er fortsatt «Aktiv».',
    )
  })
})
