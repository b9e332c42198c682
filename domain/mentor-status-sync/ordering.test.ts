import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addMicroseconds, type Instant, parseInstant } from '@/lib/instant'
import { applySyncEvent, effectiveTime, type Outcome, type PauseState } from './ordering'
import type { SyncEventType } from './schema'

function at(text: string): Instant {
  const instant = parseInstant(text)
  if (!instant) throw new Error(text)
  return instant
}

const now = at('2026-03-26T10:00:00Z')
const fresh: PauseState = {
  paused_by_hand: false,
  paused_by_certification: false,
  hand_effective_at: null,
  first_expiry: null,
}
const lapsed: PauseState = { ...fresh, first_expiry: now }
const pause = (effective_at: Instant) => ({ event_type: 'PauseMentorEvent', effective_at }) as const
const resume = (effective_at: Instant) => ({ event_type: 'ResumeMentorEvent', effective_at }) as const

describe('effectiveTime', () => {
  it('is the client time up to five minutes ahead, and the server time beyond', () => {
    expect(effectiveTime(at('2026-03-26T09:00:00Z'), now, null)).toBe(at('2026-03-26T09:00:00Z'))
    expect(effectiveTime(at('2026-03-26T10:05:00Z'), now, null)).toBe(at('2026-03-26T10:05:00Z'))
    expect(effectiveTime(at('2026-03-26T10:05:00.000001Z'), now, null)).toBe(now)
  })

  it('is the server time without a client time, a microsecond later for each click within one tick of the clock', () => {
    const second = effectiveTime(null, now, now)
    expect(effectiveTime(null, now, null)).toBe(now)
    expect(second).toBe(at('2026-03-26T10:00:00.000001Z'))
    expect(effectiveTime(null, now, second)).toBe(at('2026-03-26T10:00:00.000002Z'))
  })

  it('does not outbid an event that a phone dated further ahead', () => {
    expect(effectiveTime(null, now, at('2026-03-26T10:00:00.001Z'))).toBe(now)
    expect(effectiveTime(null, now, at('2026-03-26T09:59:59.999999Z'))).toBe(now)
  })
})

describe('applySyncEvent', () => {
  it('accepts the first event, also one that changes nothing', () => {
    expect(applySyncEvent(fresh, pause(now), now)).toMatchObject({ accepted: true, resulting_status: 'paused' })
    expect(applySyncEvent(fresh, resume(now), now)).toMatchObject({
      accepted: true,
      resulting_status: 'active',
      hand_effective_at: now,
      held_by: null,
    })
  })

  it('does not accept an event older than the newest accepted one, and changes nothing', () => {
    const standing = applySyncEvent(fresh, pause(now), now)
    const verdict = applySyncEvent(standing, resume(addMicroseconds(now, -1)), now)
    expect(verdict).toEqual({ ...standing, accepted: false, rejection_reason: 'superseded' })
    expect(applySyncEvent(standing, resume(addMicroseconds(now, 1)), now)).toMatchObject({ accepted: true })
  })

  it('lets the pause win at equal times, whichever comes first', () => {
    const pauseFirst = applySyncEvent(applySyncEvent(fresh, pause(now), now), resume(now), now)
    const resumeFirst = applySyncEvent(applySyncEvent(fresh, resume(now), now), pause(now), now)
    expect(pauseFirst).toMatchObject({ accepted: false, resulting_status: 'paused' })
    expect(resumeFirst).toMatchObject({ accepted: true, resulting_status: 'paused' })
  })

  it('keeps a lapsed mentor paused by the certification when a resume ends the pause by hand', () => {
    const resumed = applySyncEvent(applySyncEvent(lapsed, pause(now), now), resume(addMicroseconds(now, 1)), now)
    expect(resumed).toMatchObject({
      accepted: true,
      paused_by_hand: false,
      paused_by_certification: true,
      resulting_status: 'paused',
      held_by: 'certification_expired',
    })
  })

  it('leaves the certification cause alone on superseded events and on mentors who have not lapsed', () => {
    const standing = { ...lapsed, hand_effective_at: now }
    expect(applySyncEvent(standing, resume(addMicroseconds(now, -1)), now).paused_by_certification).toBe(false)
    expect(applySyncEvent({ ...fresh, first_expiry: addMicroseconds(now, 1) }, resume(now), now)).toMatchObject({
      paused_by_certification: false,
      resulting_status: 'active',
    })
  })
})

// Times lie close together, so that equal ones are common.
const arrivals = fc.array(
  fc.record({
    event_type: fc.constantFrom<SyncEventType>('PauseMentorEvent', 'ResumeMentorEvent'),
    client_timestamp: fc.integer({ min: -5, max: 5 }).map((offset) => addMicroseconds(now, offset)),
  }),
  { minLength: 1, maxLength: 12 },
)

type Arrival = { event_type: SyncEventType; client_timestamp: Instant }

/** As the command does: what was there already stores nothing. */
function arrive(state: PauseState, events: readonly Arrival[]): PauseState {
  const seen = new Set<string>()
  let end = state
  for (const event of events) {
    const name = `${event.event_type} ${event.client_timestamp}`
    if (seen.has(name)) continue
    seen.add(name)
    end = decisive(
      applySyncEvent(
        end,
        {
          event_type: event.event_type,
          effective_at: effectiveTime(event.client_timestamp, now, end.hand_effective_at),
        },
        now,
      ),
    )
  }
  return end
}

function decisive(outcome: Outcome): PauseState {
  const { paused_by_hand, paused_by_certification, hand_effective_at, first_expiry } = outcome
  return { paused_by_hand, paused_by_certification, hand_effective_at, first_expiry }
}

describe('any order of arrival, duplicates included,', () => {
  const shuffled = arrivals.chain((events) =>
    fc.tuple(
      fc.constant(events),
      fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2, maxLength: events.length * 2 }),
    ),
  )

  it.each([
    ['of a mentor with a valid certification', fresh],
    ['of a mentor who has lapsed', lapsed],
    ['of a mentor whom the job has paused', { ...lapsed, paused_by_certification: true }],
  ])('ends in the same state: %s', (_, start) => {
    fc.assert(
      fc.property(shuffled, ([events, order]) => {
        expect(arrive(start, order)).toEqual(arrive(start, events))
      }),
    )
  })

  it('ends with the greatest event: the latest, and of equal times the pause', () => {
    fc.assert(
      fc.property(arrivals, (events) => {
        const latest = events
          .map((event) => event.client_timestamp)
          .sort()
          .at(-1)
        const paused = events.some((e) => e.client_timestamp === latest && e.event_type === 'PauseMentorEvent')
        expect(arrive(fresh, events)).toMatchObject({ hand_effective_at: latest, paused_by_hand: paused })
      }),
    )
  })
})
