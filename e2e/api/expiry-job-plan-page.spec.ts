import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EXPIRED, expiryJobSteps, PLANS } from './expiry-job-steps'
import { type Api, CONTRACT_NOW, doubledPath, openApi } from './harness'

let api: Api
const { record, lapsedMentor, run, makePlan, carriedOut, pauseByHand } = expiryJobSteps(() => api)

beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api.close())

describe('GET plan', () => {
  test.each([
    ['short', PLANS],
    ['documented', doubledPath(PLANS)],
  ])('shows all that the dry run found, whoever is paused by it first (%s path)', async (_name, path) => {
    const [active, byHand] = [await lapsedMentor(), await lapsedMentor()]
    const second = await record(active.mentor, { ...EXPIRED, certification_type: 'advanced' })
    await pauseByHand(byHand.mentor)
    const plan = await makePlan()
    const answer = await api.get(`${path}/${plan}`)
    expect(answer.status).toBe(200)
    const entry = {
      full_name: active.mentor,
      mentor_id: active.mentor,
      expires_at: EXPIRED.expires_at,
      open_assignments: 0,
    }
    const basic = {
      ...entry,
      certification_id: active.certification,
      certification_type: 'peer_mentor_basic',
      consequence: 'pause',
    }
    expect(answer.body).toEqual({
      job_run_id: plan,
      started_at: CONTRACT_NOW,
      completed_at: CONTRACT_NOW,
      mentors: 2,
      mentors_to_pause: 1,
      carried_out_by: null,
      data: [
        expect.objectContaining({ position: 1, consequence: 'pause', mentor_id: active.mentor }),
        expect.objectContaining({ position: 2, consequence: 'pause', mentor_id: active.mentor }),
        expect.objectContaining({ position: 3, consequence: 'paused_by_hand', mentor_id: byHand.mentor }),
      ],
      pagination: { page: 1, limit: 20, total: 3 },
    })
    expect(answer.body.data).toContainEqual({ ...basic, position: expect.any(Number) })
    expect(answer.body.data.map((one: { certification_id: string }) => one.certification_id)).toContain(second)
    const last = await api.get(`${path}/${plan}?sort=-position&limit=1&page=3`)
    expect(last.body.data).toMatchObject([{ position: 1 }])
    expect(last.body.pagination).toEqual({ page: 3, limit: 1, total: 3 })
    await carriedOut(plan)
    const later = await record(active.mentor, { ...EXPIRED, certification_type: 'third' })
    const next = await api.get(`${path}/${await makePlan()}`)
    expect(next.body.data).toMatchObject([{ certification_id: later, consequence: 'paused_by_certification' }])
    await run()
  })

  test('an id of no plan is 404, also of a real run; wrong parameters are 400', async () => {
    const real = (await run()).job_run_id
    for (const id of [real, 'job_01JAN2020_01', 'anything']) {
      const answer = await api.get(`${PLANS}/${id}`)
      expect([answer.status, answer.body.code]).toEqual([404, 'plan_not_found'])
    }
    const plan = await makePlan()
    expect((await api.get(`${PLANS}/${plan}`)).status).toBe(200)
    expect((await api.get(`${PLANS}/${plan}?sort=name`)).status).toBe(400)
    expect((await api.get(PLANS)).status).toBe(404)
  })
})
