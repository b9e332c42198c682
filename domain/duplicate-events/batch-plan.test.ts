import { describe, expect, it } from 'vitest'
import type { Activity } from '@/domain/activities/queries'
import { AppError } from '@/lib/errors'
import { isAsPlanned, planDecision, requireWaiting } from './batch-plan'
import type { EventRow } from './event-row'
import type { DraftActivity } from './schema'

const slot = { activity_type_id: 'group', date: '2026-03-20' }
const event = (draft: DraftActivity, more: Partial<EventRow> = {}) =>
  ({ number: 7, peer_id: 'anne', state: 'duplicate_found', ...slot, draft, ...more }) as EventRow
const activity = (more: Partial<Activity>): Activity => ({
  key: 1,
  id: 'act_00000001',
  mentor_key: 1,
  mentor_id: 'anne',
  mentor_name: 'Anne',
  version: 1,
  content_version: 1,
  co_leaders: [],
  ...slot,
  title: null,
  duration_minutes: null,
  location: null,
  starts_at: null,
  participant_count: null,
  notes: null,
  extra: {},
  ...more,
})
const chosen = (of: Activity | null) => ({ activity: of, candidates: [] })

describe('what a planned decision touches', () => {
  it('is what a merge without choices fills and loses, and the activity as it will be', () => {
    const kept = activity({ title: 'Tur', extra: { bus: 1 } })
    const draft = { title: 'Gåtur', notes: 'Kaldt', location: ' ', bus: 2, car: 3 }
    const { touched, after } = planDecision(event(draft), chosen(kept), 'merge')
    expect(touched).toEqual({ filled: ['notes', 'car'], replaced: [], dropped: ['title', 'bus'] })
    expect(after).toEqual({ ...kept, notes: 'Kaldt', extra: { bus: 1, car: 3 } })
  })

  it('loses the second mentor in a merge, and credits them where both led it', () => {
    const kept = activity({ mentor_id: 'bo' })
    const merged = planDecision(event({}), chosen(kept), 'merge')
    expect(merged).toEqual({ touched: { filled: [], replaced: [], dropped: ['mentor_id'] }, after: kept })
    const coLed = planDecision(event({}), chosen(kept), 'co_led')
    expect(coLed).toEqual({
      touched: { filled: [], replaced: [], dropped: [] },
      after: { ...kept, co_leaders: ['anne'] },
    })
    if (!coLed.after) throw new Error('nothing is left')
    expect(planDecision(event({}), chosen(coLed.after), 'merge').touched.dropped).toEqual([])
  })

  it('is nothing where both are kept, and all that a draft says where it is thrown away', () => {
    const kept = chosen(activity({ title: 'Tur' }))
    const nothing = { filled: [], replaced: [], dropped: [] }
    expect(planDecision(event({ title: 'Gåtur' }), kept, 'keep_both')).toEqual({ touched: nothing, after: null })
    const dropped = ['activity_type_id', 'date', 'title', 'bus']
    expect(planDecision(event({ title: 'Gåtur', bus: 2 }), kept, 'discard_draft')).toEqual({
      touched: { ...nothing, dropped },
      after: null,
    })
  })

  it('is as planned where the same fields are named', () => {
    const planned = { filled: ['notes'], replaced: [], dropped: [] }
    expect(isAsPlanned(planned, { ...planned })).toBe(true)
    expect(isAsPlanned(planned, { ...planned, filled: [] })).toBe(false)
    expect(isAsPlanned(planned, { filled: [], replaced: [], dropped: ['notes'] })).toBe(false)
    expect(isAsPlanned(null, planned)).toBe(false)
  })
})

describe('a draft that no decision can be planned for', () => {
  const refusal = (more: Partial<EventRow>, checkedAgain = false) => {
    try {
      requireWaiting(event({}, more), checkedAgain)
    } catch (error) {
      return error instanceof AppError ? error.code : error
    }
    return null
  }

  it('is refused by the code of a single decision', () => {
    expect(refusal({})).toBeNull()
    expect(refusal({}, true)).toBe('review_moved_on')
    expect(refusal({ state: 'checking' }, true)).toBe('review_moved_on')
    expect(refusal({ state: 'clear' })).toBe('transition_not_allowed')
    expect(refusal({ state: 'failed' })).toBe('transition_not_allowed')
    expect(refusal({ state: 'resolved', last_updated_at: null })).toBe('already_resolved')
  })
})
