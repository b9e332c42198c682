import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  activitiesOf,
  check,
  EVENTS,
  enqueueCheck,
  holdCheck,
  newSlot,
  postCheck,
  put,
  resolve,
  session,
  stateOf,
} from './duplicate-requests'
import { type Api, newMentorId, openApi } from './harness'

let api: Api
beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api.close())

describe('drafts that wait', () => {
  it.each(Array.from({ length: 12 }, (_, round) => round))(
    'sent at once by several phones end with one activity and the rest to review (round %i)',
    async (round) => {
      const slot = newSlot()
      const phones = 2 + (round % 3)
      const peers = Array.from({ length: phones }, () => (round % 2 ? newMentorId() : slot.peer_id))
      const posted = await Promise.all(peers.map((peer_id) => postCheck(api, { ...slot, peer_id })))
      await Promise.all([api.finishJobs(), api.finishJobs(), api.finishJobs()])
      const states = await Promise.all(posted.map(({ body }) => stateOf(api, body.id)))
      expect(states.sort()).toEqual(['clear', ...Array(phones - 1).fill('duplicate_found')])
      expect(await activitiesOf(api, ...peers)).toHaveLength(1)
    },
  )

  it.each([
    ['the earlier first', [0, 1]],
    ['the later first', [1, 0]],
    ['both at once', null],
  ] as const)('of two drafts still being checked only the earlier counts for the other: %s', async (_, order) => {
    const ids = await heldTwins()
    const end = (id: string) => put(api, id, { state: 'duplicate_found' })
    if (order) for (const place of order) await end(ids[place] as string)
    else await Promise.all(ids.map(end))
    for (const id of ids) await enqueueCheck(api, id)
    await api.finishJobs()
    expect(await Promise.all(ids.map((id) => stateOf(api, id)))).toEqual(['clear', 'duplicate_found'])
  })

  it('and is tried again while a later one is being kept waits for that one', async () => {
    const slot = newSlot()
    const second = { ...slot, peer_id: newMentorId() }
    const earlier = await check(api, slot, 'clear')
    const later = await check(api, second, 'duplicate_found')
    for (const id of [earlier, later]) await holdCheck(api, id)
    await api.db.query('DELETE FROM activity WHERE activity_type_id = $1', [slot.activity_type_id])
    await api.db.query(`UPDATE duplicate_event SET state = 'failed', error = 'x' WHERE number = $1`, [earlier.slice(4)])

    // whoever wants to keep an activity is held there, after having looked around
    const gate = await api.db.connect()
    await gate.query('BEGIN')
    await gate.query('LOCK TABLE activity IN EXCLUSIVE MODE')
    const keeping = resolve(api, later)
    await waitUntilHeld(1)
    const retrying = put(api, earlier, { state: 'checking' }).then(() => resolve(api, earlier))
    await waitUntilHeld(2)
    await gate.query('COMMIT')
    gate.release()

    expect((await keeping).body.state).toBe('resolved')
    expect((await retrying).body.code).toBe('resolution_required')
    expect(await activitiesOf(api, slot.peer_id, second.peer_id)).toMatchObject([{ mentor_id: second.peer_id }])
  })

  it('cannot be merged into one another before one is an activity', async () => {
    const [earlier, later] = await heldTwins()
    expect((await put(api, later, { state: 'duplicate_found' })).status).toBe(200)
    for (const decision of [{}, { resolution: 'merge' }, { resolution: 'co_led' }]) {
      const { status, body } = await resolve(api, later, decision)
      expect([status, body.code, body.allowed]).toEqual([409, 'resolution_required', ['keep_both', 'discard_draft']])
    }
    await enqueueCheck(api, earlier)
    await api.finishJobs()
    expect(await stateOf(api, earlier)).toBe('clear')
    expect((await resolve(api, later)).status).toBe(200)
  })

  it.each(['cancelled', 'discarded'])('are checked again when the draft they wait for is %s', async (end) => {
    const slot = newSlot()
    await check(api, { ...slot, date: '2026-03-18' }, 'clear')
    // a chain of neighbouring days: the last one waits for the middle one alone
    const middle = await check(api, { ...slot, date: '2026-03-19' }, 'duplicate_found')
    const last = await check(api, { ...slot, date: '2026-03-20' }, 'duplicate_found')
    if (end === 'cancelled') await api.delete(`${EVENTS}/${middle}`)
    else await resolve(api, middle, { resolution: 'discard_draft' })
    await api.finishJobs()
    expect(await stateOf(api, last)).toBe('clear')
    expect((await activitiesOf(api, slot.peer_id)).map(({ date }) => date)).toEqual(['2026-03-18', '2026-03-20'])
  })

  it('are checked again before a decision that comes earlier than the background', async () => {
    const slot = newSlot()
    await check(api, { ...slot, date: '2026-03-18' }, 'clear')
    const middle = await check(api, { ...slot, date: '2026-03-19' }, 'duplicate_found')
    const last = await check(api, { ...slot, date: '2026-03-20' }, 'duplicate_found')
    await api.delete(`${EVENTS}/${middle}`)
    const merge = await resolve(api, last, { resolution: 'merge' })
    expect([merge.status, merge.body.code]).toEqual([409, 'transition_not_allowed'])
    await api.finishJobs()
    expect(await stateOf(api, last)).toBe('clear')
  })

  it('can be merged into what the draft they waited for went into', async () => {
    const slot = newSlot()
    await check(api, { ...slot, date: '2026-03-18' }, 'clear')
    const middle = await check(api, { ...slot, date: '2026-03-19' }, 'duplicate_found')
    const last = await check(
      api,
      { ...slot, date: '2026-03-20', draft_activity: { ...session, notes: 'Sist' } },
      'duplicate_found',
    )
    await resolve(api, middle)
    expect((await resolve(api, last)).status).toBe(200)
    expect(await activitiesOf(api, slot.peer_id)).toMatchObject([{ date: '2026-03-18', notes: 'Sist' }])
  })
})

/** Two drafts of one session, neither checked yet, and nothing else. */
async function heldTwins(): Promise<[string, string]> {
  const slot = newSlot()
  const earlier = await check(api, slot, 'clear')
  const later = await check(api, slot, 'duplicate_found')
  for (const id of [earlier, later]) await holdCheck(api, id)
  await api.db.query('DELETE FROM activity WHERE activity_type_id = $1', [slot.activity_type_id])
  return [earlier, later]
}

/** Resolves once so many sessions of this database wait for a lock. */
async function waitUntilHeld(sessions: number): Promise<void> {
  await expect
    .poll(
      async () => {
        const { rows } = await api.db.query(
          `SELECT count(*)::int AS held FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
        )
        return rows[0].held
      },
      { timeout: 8000, interval: 20 },
    )
    .toBe(sessions)
}
