import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { openStream, type Stream } from './event-stream'
import { type Api, doubledPath, newMentorId, openApi } from './harness'
import { certify, expectProblem, NOW, pause, resume } from './sync-requests'

const EVENTS = { accept: 'text/event-stream' }
const AT_ONCE = '2026-03-20T08:00:00Z'
let api: Api
const open: Stream[] = []
beforeAll(async () => {
  api = await openApi()
})
afterEach(async () => {
  await Promise.all(open.splice(0).map((stream) => stream.close()))
})
afterAll(() => api.close())

async function follow(path: string): Promise<Stream> {
  const stream = await openStream(api, path, EVENTS)
  open.push(stream)
  return stream
}

const enrol = (mentor_id: string, course_id: string) =>
  api.post('/api/v1/certification-bloc/events', { mentor_id, event_type: 'EnrolInCourseEvent', payload: { course_id } })

describe.each([
  {
    service: 'mentor-status-sync',
    change: (mentor_id: string) => resume(api, { mentor_id, client_timestamp: '2026-03-21T08:00:00Z' }),
    becomes: { status: 'active' },
  },
  {
    service: 'certification-bloc',
    change: (mentor_id: string) => enrol(mentor_id, 'course-1'),
    becomes: { enrolled_course_ids: ['course-1'] },
  },
  {
    service: 'peer-mentor-bloc',
    change: (mentor_id: string) => resume(api, { mentor_id, client_timestamp: '2026-03-21T08:00:00Z' }),
    becomes: { profile: { status: 'active' } },
  },
])('the snapshot of $service as a stream', ({ service, change, becomes }) => {
  const pathOf = (mentorId: string) => `/api/v1/${service}/${mentorId}`

  async function paused(): Promise<string> {
    const mentor_id = newMentorId()
    await pause(api, { mentor_id, client_timestamp: AT_ONCE })
    return mentor_id
  }

  it('is what GET answers, then every new state, with the cursor to go on from', async () => {
    const mentor_id = await paused()
    const before = await api.get(pathOf(mentor_id))
    const stream = await follow(pathOf(mentor_id))
    expect(stream.headers.get('content-type')).toBe('text/event-stream')
    const first = await stream.find({ mentor_id })
    expect(first.event).toBe('snapshot')
    expect(JSON.stringify(first.data)).toBe(before.text)
    expect((await change(mentor_id)).status).toBe(201)
    const next = await stream.find(becomes)
    expect(JSON.stringify(next.data)).toBe((await api.get(pathOf(mentor_id))).text)
    const { data } = (await api.get(`/api/v1/changes?mentor_id=${mentor_id}&since=${first.id}`)).body
    expect(data.length).toBeGreaterThan(0)
    expect((await api.get(`/api/v1/changes?mentor_id=${mentor_id}&since=${next.id}`)).status).toBe(200)
    expect(stream.retry()).toBeGreaterThanOrEqual(1000)
  })

  it('says nothing of other mentors, nor of what makes no difference to it', async () => {
    const [mentor_id, other] = [await paused(), await paused()]
    const stream = await follow(pathOf(mentor_id))
    await stream.find({ mentor_id })
    await change(other)
    await api.put(`/api/v1/mentors/${mentor_id}`, { email: 'kari@example.no' })
    await change(mentor_id)
    await stream.find(becomes)
    const states = stream.events.map(({ data }) => JSON.stringify(data))
    expect(stream.events.every(({ data }) => data.mentor_id === mentor_id)).toBe(true)
    expect(states).toEqual([...new Set(states)])
  })

  it('is a problem document for an unknown mentor, before anything is sent', async () => {
    const request = (path: string) => api.request('GET', path, { headers: EVENTS })
    expectProblem(await request(pathOf(newMentorId())), 404, 'mentor_not_found')
    expectProblem(await request(pathOf('%20')), 404, 'mentor_not_found')
    const mentor_id = await paused()
    expect((await request(pathOf(mentor_id))).headers.get('content-type')).toBe('text/event-stream')
    expect((await request(doubledPath(pathOf(mentor_id)))).headers.get('vary')?.split(', ')).toContain('Accept')
  })

  it('leaves the plain answer as it was', async () => {
    const mentor_id = await paused()
    const plain = await api.get(pathOf(mentor_id))
    expect(plain.headers.get('vary')?.split(', ')).toContain('Accept')
    expect(plain.headers.get('changes-cursor')).not.toBeNull()
    for (const accept of ['*/*', 'application/json', 'text/event-stream;q=0.5, application/json']) {
      const answer = await api.get(pathOf(mentor_id), { accept })
      expect(answer.text).toBe(plain.text)
      expect(answer.headers.get('etag')).toBe(plain.headers.get('etag'))
    }
    const etag = plain.headers.get('etag') as string
    expect((await api.get(pathOf(mentor_id), { 'if-none-match': etag })).status).toBe(304)
    expect((await api.request('HEAD', pathOf(mentor_id), { headers: EVENTS })).status).toBe(200)
  })
})

describe('many who follow', () => {
  it('share one connection to the database, and leave none behind', async () => {
    const mentor_id = newMentorId()
    await pause(api, { mentor_id, client_timestamp: AT_ONCE })
    const connections = async () =>
      (
        await api.db.query(
          `SELECT FROM pg_stat_activity WHERE application_name = 'peer-mentors-changes' AND datname = current_database()`,
        )
      ).rowCount
    const services = ['mentor-status-sync', 'certification-bloc', 'peer-mentor-bloc']
    const streams = await Promise.all(
      Array.from({ length: 30 }, (_, index) => follow(`/api/v1/${services[index % 3]}/${mentor_id}`)),
    )
    await Promise.all(streams.map((stream) => stream.find({ mentor_id })))
    expect(await connections()).toBe(1)
    await resume(api, { mentor_id, client_timestamp: '2026-03-21T08:00:00Z' })
    const active = [{ status: 'active' }, {}, { profile: { status: 'active' } }]
    await Promise.all(streams.map((stream, index) => stream.find(active[index % 3] as object)))
    await Promise.all(streams.map((stream) => stream.close()))
    await vi.waitFor(async () => expect(await connections()).toBe(0), { timeout: 5000 })
  })

  it('see each the newest state in the end, however fast it changes', async () => {
    const mentor_id = newMentorId()
    await enrol(mentor_id, 'course-0')
    const stream = await follow(`/api/v1/certification-bloc/${mentor_id}?history_limit=1`)
    const courses = Array.from({ length: 20 }, (_, index) => `course-${index}`)
    await Promise.all(courses.slice(1).map((course) => enrol(mentor_id, course)))
    const { body } = await api.get(`/api/v1/certification-bloc/${mentor_id}?history_limit=1`)
    expect(body.enrolled_course_ids.toSorted()).toEqual(courses.toSorted())
    await stream.find(body)
  })
})

describe('time', () => {
  it('that makes a certification expire is told, though nobody writes anything', async () => {
    const mentor_id = newMentorId()
    await certify(api, mentor_id, '2026-04-01T00:00:00Z')
    const [bloc, status] = await Promise.all([
      follow(`/api/v1/certification-bloc/${mentor_id}`),
      follow(`/api/v1/mentor-status-sync/${mentor_id}`),
    ])
    await bloc.find({ cert_status: 'active' })
    await status.find({ is_eligible_for_assignment: true })
    await api.setNow('2026-04-02T00:00:00Z')
    try {
      await vi.waitFor(
        () => {
          expect(bloc.events.at(-1)?.data).toMatchObject({ cert_status: 'expired' })
          expect(status.events.at(-1)?.data).toMatchObject({ is_eligible_for_assignment: false })
        },
        { timeout: 40_000, interval: 100 },
      )
    } finally {
      await api.setNow(NOW)
    }
    expect(bloc.events).toHaveLength(2)
  })
})
