import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { activitiesOf, check, makePair, newSlot, resolve } from './duplicate-requests'
import { type Api, openApi } from './harness'

let api: Api
beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api.close())

const WALKS = [
  ['Nordmarka', 'Sognsvann'],
  ['Østskogen', 'Elvåga'],
  ['Lillomarka', 'Breisjøen'],
  ['Krokskogen', 'Damtjern'],
]

describe('deciding twice', () => {
  it('is no error with the same decision, and shows the one taken with another', async () => {
    const { id, kept, activities } = await makePair(api, { title: 'Gruppe' })
    const taken = { resolution: 'merge', candidate_id: kept.id, field_choices: { title: 'draft' } }
    await resolve(api, id, taken)
    const merged = await activities()
    for (const same of [{}, taken, { resolution: 'merge' }, { candidate_id: kept.id }]) {
      expect((await resolve(api, id, same)).status).toBe(200)
    }
    for (const other of [
      { resolution: 'keep_both' },
      { resolution: 'discard_draft' },
      { candidate_id: 'act_00000000' },
      { resolution: 'merge', field_choices: { title: 'activity' } },
    ]) {
      const { status, body } = await resolve(api, id, other)
      expect([status, body.code]).toEqual([409, 'already_resolved'])
      expect(body).toMatchObject({ resolution: 'merge', resolved_by: 'open', last_updated_at: '2026-03-26T10:00:00Z' })
    }
    expect(await activities()).toEqual(merged)
  })

  it.each(Array.from({ length: 6 }, (_, round) => round))('at once carries out one decision (round %i)', async () => {
    const { id, activities } = await makePair(api, { notes: 'Ny' })
    const decisions = ['merge', 'keep_both', 'discard_draft', 'merge']
    const answers = await Promise.all(decisions.map((resolution) => resolve(api, id, { resolution })))
    const won = decisions.filter((_, place) => answers[place]?.status === 200)
    expect(new Set(won).size).toBe(1)
    const lost = answers.filter(({ status }) => status !== 200)
    expect(lost.every(({ body }) => body.code === 'already_resolved' && body.resolution === won[0])).toBe(true)
    expect(won).toHaveLength(won[0] === 'merge' ? 2 : 1)
    expect(await activities()).toHaveLength(won[0] === 'keep_both' ? 2 : 1)
  })

  it('crosswise over two mentors never ends in a deadlock', async () => {
    for (let round = 0; round < WALKS.length; round++) {
      const [one, two] = [newSlot(), newSlot()]
      // elsewhere each time, so that rounds do not meet
      const [woods, lake] = WALKS[round] as [string, string]
      const walk = { title: `Tur i ${woods}`, duration_minutes: 180, location: lake }
      await check(api, one, 'clear')
      await check(api, { ...two, draft_activity: walk }, 'clear')
      const crossed = [
        await check(api, { ...one, peer_id: two.peer_id }, 'duplicate_found'),
        await check(api, { ...two, peer_id: one.peer_id, draft_activity: walk }, 'duplicate_found'),
      ]
      const answers = await Promise.all(crossed.map((id) => resolve(api, id, { resolution: 'co_led' })))
      expect(answers.map(({ status }) => status)).toEqual([200, 200])
      expect((await activitiesOf(api, one.peer_id, two.peer_id)).map(({ co_leaders }) => co_leaders)).toEqual([
        [two.peer_id],
        [one.peer_id],
      ])
    }
  })
})
