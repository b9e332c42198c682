import { describe, expect, it } from 'vitest'
import { type Instant, parseInstant } from '@/lib/instant'
import { certStatusAt, type FoldedEvent, foldEvents } from './fold'

function at(text: string): Instant {
  const instant = parseInstant(text)
  if (!instant) throw new Error(text)
  return instant
}

const enrol = (course_id: string, time: string, processed = true): FoldedEvent => ({
  event_type: 'EnrolInCourseEvent',
  fired_at: at(`2026-03-26T${time}Z`),
  course_id,
  processed,
})
const load = (time: string): FoldedEvent => ({
  event_type: 'LoadCertificationEvent',
  fired_at: at(`2026-03-26T${time}Z`),
  course_id: null,
  processed: true,
})

describe('foldEvents', () => {
  it('says nothing of no events', () => {
    expect(foldEvents([])).toEqual({ enrolled_course_ids: [], last_event: null, last_event_at: null })
  })

  it('names each course once, in the order of first enrolment', () => {
    const events = [enrol('b', '07:00:00'), enrol('a', '07:05:00'), enrol('b', '07:10:00')]
    expect(foldEvents(events).enrolled_course_ids).toEqual(['b', 'a'])
    expect(foldEvents(events.slice(1)).enrolled_course_ids).toEqual(['a', 'b'])
    expect(foldEvents(events.slice(0, 2)).enrolled_course_ids).toEqual(['b', 'a'])
  })

  it('leaves out enrolments that were not processed, and takes the last event of any kind', () => {
    const events = [enrol('a', '07:00:00', false), load('07:05:00')]
    expect(foldEvents(events)).toEqual({
      enrolled_course_ids: [],
      last_event: 'LoadCertificationEvent',
      last_event_at: at('2026-03-26T07:05:00Z'),
    })
  })
})

describe('certStatusAt', () => {
  const now = at('2026-03-26T10:00:00Z')

  it.each([
    ['active', at('2026-03-26T10:00:00.000001Z'), true],
    ['expired', now, true],
    ['revoked', null, true],
    ['none', null, false],
  ] as const)('is %s', (status, lastExpiry, holdsAny) => {
    expect(certStatusAt(lastExpiry, holdsAny, now)).toBe(status)
  })
})
