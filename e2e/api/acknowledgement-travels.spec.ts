import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { openStream, type Stream, type StreamedEvent } from './event-stream'
import { type Api, newMentorId, openApi } from './harness'
import { EVENTS, pause } from './sync-requests'

const ACKNOWLEDGE = `${EVENTS}/acknowledge`
let api: Api
const open: Stream[] = []
beforeAll(async () => {
  api = await openApi()
})
afterEach(async () => {
  await Promise.all(open.splice(0).map((stream) => stream.close()))
})
afterAll(() => api.close())

/** An event that waits, and the phone that listens for what becomes of it. */
async function reportAndListen() {
  const mentor_id = newMentorId()
  const { body } = await pause(api, { mentor_id, client_timestamp: '2026-03-20T08:00:00Z', reason: 'own words' })
  const cursor: string = (await api.get(`/api/v1/changes?mentor_id=${mentor_id}`)).body.next
  const stream = await openStream(api, `/api/v1/changes/stream?mentor_id=${mentor_id}&since=${cursor}`)
  open.push(stream)
  return { mentor_id, id: body.sync_event_id as string, cursor, stream }
}

const acknowledged = (id: string, note: string | null) => ({
  type: 'sync_event',
  id,
  action: 'acknowledged',
  actor: 'open',
  at: '2026-03-26T10:00:00Z',
  before: { acknowledged: false, acknowledged_at: null, acknowledged_by: null },
  after: { acknowledged: true, acknowledged_at: '2026-03-26T10:00:00.000000Z', acknowledged_by: 'open', note },
})

const takenBack = (id: string, note: string | null) => ({
  type: 'sync_event',
  id,
  action: 'unacknowledged',
  actor: 'open',
  at: '2026-03-26T10:05:00Z',
  before: { acknowledged: true, acknowledged_at: '2026-03-26T10:00:00.000000Z', acknowledged_by: 'open' },
  after: { acknowledged: false, acknowledged_at: null, acknowledged_by: null, note },
})

/** A cursor may lie a little before what was there already. */
const ofAcknowledging = (changes: StreamedEvent['data'][]) =>
  changes.filter(({ action }) => action !== 'registered' && action !== 'paused')

const asOf = async (mentorId: string) =>
  (await api.get(`/api/v1/views/sync-inbox?mentor_id=${mentorId}`)).body.as_of as string

it.each([
  [
    'alone',
    (id: string) => api.put(`${EVENTS}/${id}`, { acknowledged: true, reason: 'Ringt' }),
    (id: string) => api.put(`${EVENTS}/${id}`, { acknowledged: false }),
  ],
  [
    'with others',
    (id: string) => api.post(ACKNOWLEDGE, { sync_event_ids: [id], reason: 'Ringt' }),
    (id: string) => api.post(ACKNOWLEDGE, { sync_event_ids: [id], acknowledged: false }),
  ],
  [
    'by a filter',
    async (_: string, mentor_id: string) =>
      api.post(ACKNOWLEDGE, { filter: { mentor_id, as_of: await asOf(mentor_id) }, reason: 'Ringt' }),
    async (_: string, mentor_id: string) => {
      const filter = { mentor_id, tab: 'acknowledged', as_of: await asOf(mentor_id) }
      return api.post(ACKNOWLEDGE, { filter, acknowledged: false })
    },
  ],
])(
  'tells the phone who acknowledged %s, when and with which note, and that it was taken back',
  async (_, send, undo) => {
    const { mentor_id, id, cursor, stream } = await reportAndListen()
    expect((await send(id, mentor_id)).status).toBe(200)
    await stream.find(acknowledged(id, 'Ringt'))
    await api.setNow('2026-03-26T10:05:00Z')
    try {
      expect((await undo(id, mentor_id)).status).toBe(200)
    } finally {
      await api.setNow('2026-03-26T10:00:00Z')
    }
    await stream.find(takenBack(id, 'Ringt'))
    const feed = await api.get(`/api/v1/changes?since=${cursor}&mentor_id=${mentor_id}`)
    const told = ofAcknowledging(feed.body.data)
    expect(told).toMatchObject([acknowledged(id, 'Ringt'), takenBack(id, 'Ringt')])
    expect(ofAcknowledging(stream.changes())).toEqual(told)
  },
)

it('says nothing where nothing changed', async () => {
  const { mentor_id, id, cursor, stream } = await reportAndListen()
  await api.put(`${EVENTS}/${id}`, { acknowledged: true })
  await api.put(`${EVENTS}/${id}`, { acknowledged: true })
  await api.post(ACKNOWLEDGE, { sync_event_ids: [id] })
  await api.put(`${EVENTS}/${id}`, { reason: 'Ringt' })
  await stream.find({ action: 'annotated', after: { note: 'Ringt', acknowledged: true } })
  const { data } = (await api.get(`/api/v1/changes?since=${cursor}&mentor_id=${mentor_id}`)).body
  expect(ofAcknowledging(data)).toMatchObject([acknowledged(id, null), { action: 'annotated' }])
})
