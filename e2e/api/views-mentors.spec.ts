import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Api, newMentorId, openApi } from './harness'
import { certify, EVENTS, expectProblem, pause, resume } from './sync-requests'

const VIEW = '/api/v1/views/mentors'
const SELECTION = `${VIEW}/selection`

let api: Api
beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api.close())

let names = 0
/** Mentors with a word in their names that no others have. */
async function register(count: number): Promise<{ word: string; ids: string[] }> {
  const word = `Kull${String.fromCharCode(97 + names++)}x`
  const ids = Array.from({ length: count }, newMentorId)
  for (const [index, id] of ids.entries()) await api.put(`/api/v1/mentors/${id}`, { full_name: `${word} ${index}` })
  return { word, ids }
}

const view = async (query: string) => (await api.get(`${VIEW}?${query}`)).body
async function select(query: string, asOf: string) {
  const { status, body, text } = await api.get(`${SELECTION}?${query}&as_of=${encodeURIComponent(asOf)}`)
  expect(status, text).toBe(200)
  return { ids: body.data.map((one: { mentor_id: string }) => one.mentor_id), left_out: body.left_out, data: body.data }
}

describe('the view', () => {
  it('holds the rows of the screen in wire form, and when they were read', async () => {
    const { word, ids } = await register(1)
    await certify(api, ids[0] as string, '2026-04-25T10:00:00Z')
    await pause(api, { mentor_id: ids[0] as string, client_timestamp: '2026-03-26T09:00:00.5Z' })
    expect(await view(`q=${word.toUpperCase()}`)).toEqual({
      data: [
        {
          mentor_id: ids[0],
          full_name: `${word} 0`,
          email: null,
          incomplete: false,
          status: 'paused',
          causes: ['by_hand'],
          certification: {
            certification_type: 'peer_mentor_basic',
            expires_at: '2026-04-25T10:00:00Z',
            days_left: 30,
            state: 'expiring',
          },
          open_assignments: 0,
          sessions_30_days: 0,
          last_heard_at: '2026-03-26T10:00:00Z',
        },
      ],
      pagination: { page: 1, limit: 20, total: 1 },
      as_of: expect.stringMatching(/^2026-03-26T10:00:00\.000000Z~/),
    })
  })

  it('takes the filters of the screen and refuses what makes no sense', async () => {
    expect(
      (await api.get(`${VIEW}?status=paused&certification=none&expiring_within_days=3&sort=-expires_at`)).status,
    ).toBe(200)
    for (const wrong of ['status=asleep', 'certification=gold', 'expiring_within_days=-1', 'sort=email'])
      expectProblem(await api.get(`${VIEW}?${wrong}`), 400, 'invalid_request')
  })
})

describe('the selection', () => {
  it('is everybody who matched, on all pages, in the order of the list', async () => {
    const { word, ids } = await register(25)
    const { as_of, data } = await view(`q=${word}&sort=mentor_id&limit=5`)
    expect(data).toHaveLength(5)
    const selected = await select(`q=${word}&sort=mentor_id`, as_of)
    expect(selected.ids).toEqual(ids.toSorted())
    expect(selected.left_out).toBe(0)
    expect(selected.data[0]).toEqual({ mentor_id: selected.ids[0], full_name: expect.any(String), status: 'active' })
  })

  it('leaves alone who came, and who was changed, since the list was read', async () => {
    const { word, ids } = await register(6)
    const [untouched, renamed, paused, certified, erased, left] = ids as [
      string,
      string,
      string,
      string,
      string,
      string,
    ]
    const { as_of } = await view(`q=${word}`)
    await api.put(`/api/v1/mentors/${renamed}`, { full_name: `${word} anew` })
    await pause(api, { mentor_id: paused })
    await api.post('/api/v1/certifications', {
      mentor_id: certified,
      certification_type: 'peer_mentor_basic',
      issued_at: '2026-01-01T00:00:00Z',
      expires_at: '2027-01-01T00:00:00Z',
    })
    await api.db.query('UPDATE mentor SET erased_at = now() WHERE mentor_id = $1', [erased])
    await api.put(`/api/v1/mentors/${left}`, { full_name: 'No longer of them' })
    const arrived = newMentorId()
    await api.put(`/api/v1/mentors/${arrived}`, { full_name: `${word} late` })
    const { ids: selected, left_out } = await select(`q=${word}`, as_of)
    expect(selected).toEqual([untouched])
    expect(left_out).toBe(4)
    const anew = await view(`q=${word}`)
    expect((await select(`q=${word}`, anew.as_of)).ids.toSorted()).toEqual(
      [untouched, renamed, paused, certified, arrived].toSorted(),
    )
  })

  it('keeps those of whom only something else has changed', async () => {
    const { word, ids } = await register(1)
    const mentor_id = ids[0] as string
    const { body: event } = await pause(api, { mentor_id, client_timestamp: '2026-03-26T09:00:00Z' })
    const { as_of } = await view(`q=${word}`)
    await api.put(`${EVENTS}/${event.sync_event_id}`, { acknowledged: true })
    await resume(api, { mentor_id, client_timestamp: '2026-03-26T08:00:00Z' })
    expect(await select(`q=${word}`, as_of)).toMatchObject({ ids, left_out: 0 })
    await resume(api, { mentor_id, client_timestamp: '2026-03-26T09:30:00Z' })
    expect(await select(`q=${word}`, as_of)).toMatchObject({ ids: [], left_out: 1 })
  })

  it('leaves alone who was being changed while the list was read', async () => {
    const { word, ids } = await register(2)
    const client = await api.db.connect()
    await client.query('BEGIN')
    await client.query(
      `WITH renamed AS (UPDATE mentor SET revision = revision + 1 WHERE mentor_id = $1 RETURNING *)
       INSERT INTO change (org_id, type, id, mentor_key, revision, action, actor, at)
       SELECT org_id, 'mentor', mentor_id, key, revision, 'profile_changed', 'open', now() FROM renamed`,
      [ids[0]],
    )
    const { as_of } = await view(`q=${word}`)
    await client.query('COMMIT')
    client.release()
    expect(await select(`q=${word}`, as_of)).toMatchObject({ ids: [ids[1]], left_out: 1 })
  })

  it('is of the day on which the list was read, whatever the clock says since', async () => {
    const { word, ids } = await register(1)
    await certify(api, ids[0] as string, '2026-03-26T10:30:00Z')
    const { as_of } = await view(`q=${word}&certification=expiring`)
    await api.setNow('2026-03-26T11:00:00Z')
    try {
      expect((await view(`q=${word}&certification=expiring`)).data).toEqual([])
      expect(await select(`q=${word}&certification=expiring`, as_of)).toMatchObject({ ids, left_out: 0 })
    } finally {
      await api.setNow('2026-03-26T10:00:00Z')
    }
  })

  it('is refused for a list of another database, and without one', async () => {
    const { as_of } = await view('')
    const [at, , snapshot] = as_of.split('~')
    expectProblem(await api.get(`${SELECTION}?as_of=${at}~otherbase_~${snapshot}`), 409, 'list_outdated')
    expectProblem(await api.get(`${SELECTION}?as_of=yesterday`), 400, 'invalid_request')
    expectProblem(await api.get(SELECTION), 400, 'invalid_request')
  })

  it('holds a time that exists, of the last 24 hours', async () => {
    const { as_of } = await view('')
    const [at, ...rest] = as_of.split('~')
    const read = (time: string) => api.get(`${SELECTION}?as_of=${encodeURIComponent([time, ...rest].join('~'))}`)
    for (const time of ['2026-13-99T99:99:99.000000Z', '2026-02-30T10:00:00.000000Z', '0000-01-01T00:00:00.000000Z']) {
      const answer = await read(time)
      expectProblem(answer, 400, 'invalid_request')
      expect(answer.body.errors[0].pointer).toBe('as_of')
    }
    for (const time of ['2026-03-25T09:59:59.999999Z', '9999-12-31T23:59:59.999999Z']) {
      expectProblem(await read(time), 409, 'list_outdated')
    }
    for (const time of ['2026-03-25T10:00:00.000000Z', at]) expect((await read(time)).status).toBe(200)
  })
})
