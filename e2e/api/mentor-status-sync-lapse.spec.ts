import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Api, newMentorId, openApi } from './harness'
import { certify, EVENTS, listed, NOW, pause, resume, snapshot } from './sync-requests'

let api: Api
beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api.close())

describe('a mentor who has lapsed', () => {
  it('stays paused when a resume ends the pause by hand, and the answer says why', async () => {
    const mentor_id = newMentorId()
    await certify(api, mentor_id, '2026-03-26T10:00:00Z')
    await pause(api, { mentor_id, client_timestamp: '2026-03-26T09:00:00Z' })
    const { body } = await resume(api, { mentor_id, client_timestamp: '2026-03-26T09:30:00Z' })
    expect(body).toMatchObject({ accepted: true, resulting_status: 'paused', held_by: 'certification_expired' })
    expect(body).not.toHaveProperty('rejection_reason')
    expect(await snapshot(api, mentor_id)).toMatchObject({ status: 'paused', is_eligible_for_assignment: false })
    expect((await api.get(`${EVENTS}/${body.sync_event_id}`)).body).toMatchObject({ held_by: 'certification_expired' })
  })

  it('tells the app once that a resume found an active mentor lapsed, as the job would', async () => {
    const mentor_id = newMentorId()
    await certify(api, mentor_id, '2026-03-01T00:00:00Z')
    const sent = { mentor_id, client_timestamp: '2026-03-26T09:30:00Z' }
    const { body } = await resume(api, sent)
    expect(body).toMatchObject({ accepted: true, resulting_status: 'paused', held_by: 'certification_expired' })
    expect((await resume(api, sent)).body).toEqual(body)
    expect((await resume(api, { mentor_id })).body).toMatchObject({ accepted: true, resulting_status: 'paused' })
    const { data } = await listed(api, `mentor_id=${mentor_id}&origin=server`)
    expect(data).toEqual([
      {
        sync_event_id: expect.stringMatching(/^evt_/),
        mentor_id,
        event_type: 'PauseMentorEvent',
        resulting_status: 'paused',
        server_timestamp: NOW,
        acknowledged: false,
      },
    ])
    const told = data[0].sync_event_id
    const reason = 'Certification peer_mentor_basic expired on 2026-03-01'
    expect((await api.get(`${EVENTS}/${told}`)).body).toMatchObject({ reason, effective_at: NOW, accepted: true })
    expect((await snapshot(api, mentor_id)).pending_events).toContainEqual(data[0])
    const { rows } = await api.db.query(
      `SELECT id, action, actor, before, after FROM change
       WHERE type = 'sync_event' AND mentor_key = (SELECT key FROM mentor WHERE mentor_id = $1) AND revision = 2 ORDER BY position`,
      [mentor_id],
    )
    expect(rows).toEqual([
      expect.objectContaining({ id: body.sync_event_id, action: 'resumed' }),
      {
        id: told,
        action: 'created',
        actor: 'open',
        before: null,
        after: {
          event_type: 'PauseMentorEvent',
          origin: 'server',
          reason,
          resulting_status: 'paused',
          server_timestamp: NOW,
        },
      },
    ])
  })

  it('names every lapse to the app, the earliest first', async () => {
    const mentor_id = newMentorId()
    for (const [certification_type, expires_at] of [
      ['advanced', '2026-03-02T00:00:00Z'],
      ['basic', '2026-02-28T23:00:00Z'],
      ['valid', '2027-03-01T00:00:00Z'],
    ])
      await api.post('/api/v1/certifications', {
        mentor_id,
        certification_type,
        issued_at: '2024-01-01T00:00:00Z',
        expires_at,
      })
    await resume(api, { mentor_id })
    const { data } = await listed(api, `mentor_id=${mentor_id}&origin=server`)
    expect((await api.get(`${EVENTS}/${data[0].sync_event_id}`)).body.reason).toBe(
      'Certification basic expired on 2026-03-01; Certification advanced expired on 2026-03-02',
    )
  })

  it.each([
    ['is not told of a pause by hand that stands', ['PauseMentorEvent', 'ResumeMentorEvent']],
    ['is not told of the pause that it sent', ['PauseMentorEvent']],
  ])('%s', async (_, types) => {
    const mentor_id = newMentorId()
    await certify(api, mentor_id, '2026-03-01T00:00:00Z')
    for (const event_type of types) await api.post(EVENTS, { mentor_id, event_type })
    expect((await listed(api, `mentor_id=${mentor_id}&origin=server`)).data).toEqual([])
    expect((await snapshot(api, mentor_id)).status).toBe('paused')
  })

  it('is found once by the later run of the job, which has nobody left to pause, and freed by the renewal', async () => {
    const mentor_id = newMentorId()
    await certify(api, mentor_id, '2026-03-01T00:00:00Z')
    await resume(api, { mentor_id, client_timestamp: '2026-03-26T09:30:00Z' })
    const late = await pause(api, { mentor_id, client_timestamp: '2026-03-26T09:00:00Z' })
    expect(late.body).toMatchObject({ accepted: false, resulting_status: 'paused' })
    const fromServer = async () =>
      (await listed(api, `mentor_id=${mentor_id}&origin=server`)).data.map(
        (event: { event_type: string; resulting_status: string }) => [event.event_type, event.resulting_status],
      )
    const told = ['PauseMentorEvent', 'paused']
    expect(await fromServer()).toEqual([told])
    const logs = () => api.get(`/api/v1/certifications/expiry-job/logs?mentor_id=${mentor_id}`)
    for (let run = 0; run < 2; run++) {
      await api.post('/api/v1/certifications/expiry-job/run')
      expect((await logs()).body.pagination.total).toBe(1)
      expect(await fromServer()).toEqual([told])
    }
    await api.post('/api/v1/certification-bloc/events', {
      mentor_id,
      event_type: 'RecordRenewalEvent',
      payload: { expires_at: '2027-03-01T00:00:00Z' },
    })
    expect(await snapshot(api, mentor_id)).toMatchObject({ status: 'active', is_eligible_for_assignment: true })
    expect((await fromServer()).toSorted()).toEqual([told, ['ResumeMentorEvent', 'active']])
  })

  it('becomes active by the same resume while the certification is still valid', async () => {
    const mentor_id = newMentorId()
    await certify(api, mentor_id, '2026-03-26T10:00:01Z')
    await pause(api, { mentor_id, client_timestamp: '2026-03-26T09:00:00Z' })
    const { body } = await resume(api, { mentor_id, client_timestamp: '2026-03-26T09:30:00Z' })
    expect(body).toMatchObject({ accepted: true, resulting_status: 'active' })
    expect(body).not.toHaveProperty('held_by')
    expect(await snapshot(api, mentor_id)).toMatchObject({ status: 'active', is_eligible_for_assignment: true })
  })
})
