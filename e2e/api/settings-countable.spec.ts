import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makePair, resolve } from './duplicate-requests'
import { type Api, openApi } from './harness'
import { expectProblem } from './sync-requests'

const SETTINGS = '/api/v1/settings/countable'
const STANDARD = { participants: 3, minutes: 45, once_a_day: true }
let api: Api
beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api.close())

describe('what an organisation counts', () => {
  it('is set whole, and written to the change log once', async () => {
    expect((await api.get(SETTINGS)).body).toEqual(STANDARD)
    const set = { participants: 0, minutes: 30, once_a_day: false }
    expect(await api.put(SETTINGS, set)).toMatchObject({ status: 200, body: set })
    expect(await api.put(SETTINGS, set)).toMatchObject({ status: 200, body: set })
    expect((await api.get(SETTINGS)).body).toEqual(set)
    const { data } = (await api.get('/api/v1/views/changes?kind=organisation.countable_changed')).body
    expect(data).toMatchObject([{ before: STANDARD, after: set, actor: 'open', mentor_id: null }])
    expect((await api.put(SETTINGS, STANDARD)).body).toEqual(STANDARD)
  })

  it('is not set over a change by somebody else', async () => {
    const etag = (await api.get(SETTINGS)).headers.get('etag') ?? ''
    const mine = { ...STANDARD, minutes: 50 }
    expect((await api.put(SETTINGS, { ...STANDARD, minutes: 60 }, { 'If-Match': etag })).status).toBe(200)
    expectProblem(await api.put(SETTINGS, mine, { 'If-Match': etag }), 412, 'precondition_failed')
    expect((await api.get(SETTINGS)).body.minutes).toBe(60)
    const now = (await api.get(SETTINGS)).headers.get('etag') ?? ''
    expect((await api.put(SETTINGS, mine, { 'If-Match': now })).body).toEqual(mine)
    await api.put(SETTINGS, STANDARD)
  })

  it.each([
    [{ participants: 3, minutes: 45 }, '/once_a_day'],
    [{ ...STANDARD, participants: -1 }, '/participants'],
    [{ ...STANDARD, participants: 2.5 }, '/participants'],
    [{ ...STANDARD, minutes: 1441 }, '/minutes'],
    [{ ...STANDARD, minutes: null }, '/minutes'],
  ])('refuses %j', async (body, pointer) => {
    const refused = await api.put(SETTINGS, body)
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ pointer }] } })
    expect((await api.get(SETTINGS)).body).toEqual(STANDARD)
  })

  it('decides what a receipt says', async () => {
    await api.put(SETTINGS, { participants: 0, minutes: 0, once_a_day: false })
    const { id } = await makePair(api)
    await resolve(api, id, { resolution: 'keep_both' })
    const receipts = (await api.get('/api/v1/views/duplicate-receipts')).body.data
    expect(receipts[0]).toMatchObject({ event_id: id, countable_change: 1 })
    await api.put(SETTINGS, STANDARD)
    const again = await makePair(api)
    await resolve(api, again.id, { resolution: 'keep_both' })
    const [receipt] = (await api.get(`/api/v1/views/duplicate-receipts?mentor_id=${again.draftMentor}`)).body.data
    expect(receipt).toMatchObject({ countable_change: 0 })
  })
})
