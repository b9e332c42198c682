import { describe, expect, it } from 'vitest'
import { type Standing, type StandingEvent, standingAfter } from './standing-preview'

const at = '2026-03-26T10:00:00Z'
const active: Standing = {
  status: 'active',
  pauses: [],
  eligibility: { eligible: true, reasons: [] },
  certifications: [],
}
const lapsed: Standing = {
  ...active,
  status: 'paused',
  pauses: [{ cause: 'by_certification', since: null, reason: null }],
  eligibility: { eligible: false, reasons: ['paused', 'lapsed', 'no_valid_certification'] },
}
const pause: StandingEvent = { event_type: 'PauseMentorEvent', reason: 'Ferie', at }
const resume: StandingEvent = { event_type: 'ResumeMentorEvent', reason: null, at }

describe('standingAfter', () => {
  it('pauses with the words given, and back', () => {
    const paused = standingAfter(active, pause)
    expect(paused).toMatchObject({
      status: 'paused',
      pauses: [{ cause: 'by_hand', since: at, reason: 'Ferie' }],
      eligibility: { eligible: false, reasons: ['paused'] },
    })
    expect(standingAfter(paused, resume)).toEqual(active)
  })

  it('leaves the pause of a lapse, with all that it lacks', () => {
    const both = standingAfter(lapsed, pause)
    expect(both.pauses.map(({ cause }) => cause)).toEqual(['by_hand', 'by_certification'])
    expect(standingAfter(both, resume)).toEqual(lapsed)
  })

  it('knows one pause by hand', () => {
    expect(standingAfter(standingAfter(active, pause), pause).pauses).toHaveLength(1)
  })
})
