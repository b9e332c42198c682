import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makePair, postMerge, put, resolve, session } from './duplicate-requests'
import { type Api, openApi } from './harness'

const EVIDENCE = '/api/v1/views/duplicate-evidence'
let api: Api
beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api.close())

interface Level {
  field: string
  level: string
  weight: number | null
  decided: number
  one_session: number
}

const view = async () => (await api.get(EVIDENCE)).body
const durationsOf = ({ levels }: { levels: Level[] }) => levels.filter(({ field }) => field === 'duration')
/** The evidence on duration that a check gave this draft. */
async function durationOf(mentor: string) {
  const [row] = (await api.get(`/api/v1/views/duplicate-queue?mentor_id=${mentor}`)).body.data
  const { level, weight } = row.candidate.evidence.find(({ field }: Level) => field === 'duration')
  return { field: 'duration', level, weight }
}

describe('how right the evidence has been', () => {
  it('is told from the decisions that stand: one session where merged or co-led, two where both were kept', async () => {
    const nothing = await view()
    expect(nothing).toMatchObject({ decided: 0, one_session: 0, left_out: 0, levels: [] })
    expect(nothing.bands.map(({ decided }: Level) => decided)).toEqual(nothing.bands.map(() => 0))

    const far = { ...session, duration_minutes: 300 }
    const [merged, coLed, kept, keptFar, discarded] = [
      await makePair(api),
      await makePair(api, session, { twoMentors: true }),
      await makePair(api),
      await makePair(api, far),
      await makePair(api),
    ]
    const equal = await durationOf(merged.draftMentor)
    const different = await durationOf(keptFar.draftMentor)
    expect(different.level).not.toBe(equal.level)
    await resolve(api, merged.id)
    await resolve(api, coLed.id, { resolution: 'co_led' })
    await resolve(api, kept.id, { resolution: 'keep_both' })
    await resolve(api, keptFar.id, { resolution: 'keep_both' })
    await resolve(api, discarded.id, { resolution: 'discard_draft' })

    const body = await view()
    expect(body).toMatchObject({ decided: 4, one_session: 2, left_out: 1 })
    expect(durationsOf(body)).toEqual([
      { ...equal, decided: 3, one_session: 2 },
      { ...different, decided: 1, one_session: 0 },
    ])
    const fields = body.levels.map(({ field, level }: Level) => `${field} ${level}`)
    expect(new Set(fields).size).toBe(fields.length)
    expect(body.levels.every(({ level }: Level) => level !== 'missing')).toBe(true)

    await put(api, kept.id, { state: 'duplicate_found' })
    expect(await view()).toMatchObject({ decided: 3, one_session: 2, left_out: 1 })
  })

  it('is told by the probability that the check had given, in bands without gaps', async () => {
    const { bands, decided, one_session } = await view()
    expect(bands[0].from).toBe(0)
    expect(bands.at(-1).to).toBe(1)
    for (const [place, band] of bands.slice(1).entries()) expect(band.from).toBe(bands[place].to)
    const sum = (name: 'decided' | 'one_session') =>
      bands.reduce((total: number, band: Record<typeof name, number>) => total + band[name], 0)
    expect([sum('decided'), sum('one_session')]).toEqual([decided, one_session])

    const certain = await makePair(api)
    await api.db.query(
      `UPDATE duplicate_candidate SET probability = 1 WHERE event_key = (SELECT key FROM duplicate_event WHERE number = $1)`,
      [certain.id.slice(4)],
    )
    const before = bands.at(-1)
    await resolve(api, certain.id)
    expect((await view()).bands.at(-1)).toEqual({
      ...before,
      decided: before.decided + 1,
      one_session: before.one_session + 1,
    })
  })

  it('counts what coordinators decided, not what a phone merged by an event of its own', async () => {
    const before = await view()
    const [byPhone, byCoordinator] = [await makePair(api), await makePair(api)]
    expect((await postMerge(api, byPhone.slot)).body.state).toBe('resolved')
    expect(await view()).toEqual(before)
    await resolve(api, byCoordinator.id)
    expect(await view()).toMatchObject({ decided: before.decided + 1, one_session: before.one_session + 1 })
  })

  it('leaves out receipts without evidence, and gives no weight to a level that is no longer used', async () => {
    const [bare, old] = [await makePair(api), await makePair(api)]
    await resolve(api, bare.id)
    await resolve(api, old.id)
    const { decided } = await view()
    const replace = (id: string, evidence: object[]) =>
      api.db.query(
        `UPDATE duplicate_receipt SET evidence = $2 WHERE event_key = (SELECT key FROM duplicate_event WHERE number = $1)`,
        [id.slice(4), JSON.stringify(evidence)],
      )
    await replace(bare.id, [])
    await replace(old.id, [{ field: 'weather', level: 'same', weight: 2 }])
    const body = await view()
    expect(body.decided).toBe(decided - 1)
    expect(body.levels.at(-1)).toEqual({ field: 'weather', level: 'same', weight: null, decided: 1, one_session: 1 })
  })
})
