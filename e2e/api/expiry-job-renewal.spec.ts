import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CERTIFICATIONS, EXPIRED, expiryJobSteps, PAUSED, RESUMED, VALID } from './expiry-job-steps'
import { type Api, CONTRACT_NOW, openApi } from './harness'

let api: Api
const { record, lapsedMentor, run, stateOf, eventsOf, pauseByHand, logsOf } = expiryJobSteps(() => api)

beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api.close())

describe('renewal resumes', () => {
  test.each([
    [
      'PUT',
      (_mentor: string, id: string) => api.put(`${CERTIFICATIONS}/${id}`, { expires_at: '2028-06-15T00:00:00Z' }),
    ],
    [
      'POST',
      (mentor: string) =>
        api.post(CERTIFICATIONS, { mentor_id: mentor, certification_type: 'peer_mentor_basic', ...VALID }),
    ],
  ])('by %s', async (_method, renew) => {
    const { mentor, certification } = await lapsedMentor()
    await run()
    expect((await renew(mentor, certification)).status).toBeLessThan(300)
    expect(await stateOf(mentor)).toMatchObject({ paused_by_certification: false })
    expect(await eventsOf(mentor)).toEqual([PAUSED, RESUMED])
    expect((await api.get(`${CERTIFICATIONS}/${certification}`)).body).toMatchObject({
      auto_pause_applied: false,
      auto_pause_applied_at: null,
    })
    expect(await logsOf(mentor)).toHaveLength(1)
  })

  test('the ETag of the answer allows the next change', async () => {
    const { certification } = await lapsedMentor()
    await run()
    const renewed = await api.put(`${CERTIFICATIONS}/${certification}`, { expires_at: '2028-06-15T00:00:00Z' })
    const headers = { 'if-match': renewed.headers.get('etag') ?? '' }
    expect(
      (await api.put(`${CERTIFICATIONS}/${certification}`, { expires_at: '2029-06-15T00:00:00Z' }, headers)).status,
    ).toBe(200)
    expect(
      (await api.put(`${CERTIFICATIONS}/${certification}`, { expires_at: '2030-06-15T00:00:00Z' }, headers)).status,
    ).toBe(412)
  })

  test('only once no type is lapsed', async () => {
    const { mentor, certification } = await lapsedMentor()
    const advanced = await record(mentor, { ...EXPIRED, certification_type: 'advanced' })
    await run()
    await api.put(`${CERTIFICATIONS}/${certification}`, { expires_at: '2028-06-15T00:00:00Z' })
    expect(await stateOf(mentor)).toMatchObject({ paused_by_certification: true })
    expect((await api.get(`${CERTIFICATIONS}/${certification}`)).body.auto_pause_applied).toBe(false)
    expect((await api.get(`${CERTIFICATIONS}/${advanced}`)).body.auto_pause_applied).toBe(true)
    await api.put(`${CERTIFICATIONS}/${advanced}`, { expires_at: '2028-06-15T00:00:00Z' })
    expect(await stateOf(mentor)).toMatchObject({ paused_by_certification: false })
    expect(await eventsOf(mentor)).toEqual([PAUSED, RESUMED])
  })

  test('a pause by hand stays, and nothing is sent', async () => {
    const { mentor, certification } = await lapsedMentor()
    await pauseByHand(mentor)
    await run()
    await api.put(`${CERTIFICATIONS}/${certification}`, { expires_at: '2028-06-15T00:00:00Z' })
    expect(await stateOf(mentor)).toMatchObject({ paused_by_hand: true, paused_by_certification: false })
    expect(await eventsOf(mentor)).toEqual([])
  })

  test('revoking or deleting lifts nothing, the next renewal does', async () => {
    const { mentor, certification } = await lapsedMentor()
    const advanced = await record(mentor, { ...EXPIRED, certification_type: 'advanced' })
    await run()
    await api.put(`${CERTIFICATIONS}/${certification}`, { status: 'revoked' })
    await api.delete(`${CERTIFICATIONS}/${advanced}`)
    expect(await stateOf(mentor)).toMatchObject({ paused_by_certification: true })
    expect(await eventsOf(mentor)).toEqual([PAUSED])
    await record(mentor, VALID)
    expect(await stateOf(mentor)).toMatchObject({ paused_by_certification: false })
    expect(await eventsOf(mentor)).toEqual([PAUSED, RESUMED])
  })

  test('a certification that lapses again is found again', async () => {
    const { mentor, certification } = await lapsedMentor()
    await run()
    await api.put(`${CERTIFICATIONS}/${certification}`, { expires_at: '2026-03-26T12:00:00Z' })
    await api.setNow('2026-03-26T12:00:00Z')
    expect(await run()).toMatchObject({ expired_found: 1, auto_paused: 1 })
    await api.setNow(CONTRACT_NOW)
    expect(await eventsOf(mentor)).toEqual([PAUSED, RESUMED, PAUSED])
  })
})
