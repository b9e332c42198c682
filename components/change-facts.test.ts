import { createFormatter, createTranslator } from 'next-intl'
import { describe, expect, it } from 'vitest'
import { CHANGE_KINDS } from '@/domain/changes/schema'
import { formats } from '@/lib/i18n/formats'
import type { Words } from '@/lib/i18n/screen-words'
import en from '@/messages/en.json'
import { changedFacts, factWords } from './change-facts'
import { actorName, byActor, changeDetail, changeTitle, changeType } from './change-words'

const how = { locale: 'en-GB', formats, timeZone: 'Europe/Oslo' } as const
const t: Words = createTranslator({ ...how, messages: en })
const format = createFormatter(how)
const { label, text } = factWords(t, format, { talk: 'Conversation' })

describe('what differs', () => {
  it('is told field by field, also within what lies in a field', () => {
    expect(
      changedFacts({ state: 'a', same: 1, draft: { title: 'Tur' } }, { state: 'b', same: 1, draft: { title: null } }),
    ).toEqual([
      { field: 'state', before: 'a', after: 'b' },
      { field: 'draft.title', before: 'Tur', after: null },
    ])
  })

  it('is everything of what was made or taken away', () => {
    expect(changedFacts(null, { note: 'x' })).toEqual([{ field: 'note', before: undefined, after: 'x' }])
    expect(changedFacts({ note: 'x', empty: null }, null)).toEqual([{ field: 'note', before: 'x', after: undefined }])
    expect(changedFacts(null, null)).toEqual([])
  })
})

describe('words', () => {
  it.each([
    ['status', 'paused', 'Paused'],
    ['certification_type', 'peer_mentor_basic', 'Basic certification'],
    ['draft_activity.activity_type_id', 'talk', 'Conversation'],
    ['acknowledged', false, 'No'],
    ['duration_minutes', 45, '45 minutes'],
    ['expires_at', '2026-03-26T10:00:00Z', '26 Mar 2026, 11:00'],
    ['client_timestamp', '2026-07-01T10:00:05.250000Z', '1 July 2026 at 12:00:05 CEST'],
    ['until', '2026-03-26', '26 March 2026'],
    ['resolved_by', 'expiry-job', 'The expiry job'],
    ['owner', 'Ingrid Solberg', 'Ingrid Solberg'],
    ['reason', 'Needs a rest', 'Needs a rest'],
    ['reason', 'Certification peer_mentor_basic expired on 2026-03-01', 'Basic certification expired on 1 March 2026'],
    [
      'receipt.lines',
      [
        { field: 'title', outcome: 'filled' },
        { field: 'date', outcome: 'same' },
      ],
      'Title: filled from the draft',
    ],
  ])('of %s %j', (field, value, words) => {
    expect(text(field, value)).toEqual({ text: words, raw: false })
  })

  it.each([
    ['status', 'asleep', 'asleep'],
    ['activity_type_id', 'unheard-of', 'unheard-of'],
    ['mentor_id', 'mentor-42', 'mentor-42'],
    ['resolved_by', 'user-7', 'user-7'],
    ['co_leaders', ['a', 'b'], 'a, b'],
    ['list', [{ a: 1 }], '[{"a":1}]'],
  ])('shows %s %j as it is', (field, value, raw) => {
    expect(text(field, value)).toEqual({ text: raw, raw: true })
  })

  it('has none for what is empty, and names fields by their keys where it knows no better', () => {
    expect([text('note', null), text('note', undefined), text('note', '')]).toEqual([null, null, null])
    expect(label('draft_activity.title')).toEqual({ text: 'Draft – Title', raw: false })
    expect(label('made_up')).toEqual({ text: 'made_up', raw: true })
  })
})

describe('changes', () => {
  it('have words for every kind that is written', () => {
    const kinds = Object.entries(CHANGE_KINDS).flatMap(([type, actions]) => actions.map((action) => ({ type, action })))
    for (const kind of kinds) expect(changeTitle(t, kind)).not.toMatch(/^Changed: /)
    expect(Object.keys(CHANGE_KINDS).map((type) => changeType(t, type))).not.toContain('sync_event')
  })

  it('of a newer server are told by their names', () => {
    const change = { type: 'teapot', action: 'boiled', actor: 'robot', after: { strange: [1] } }
    expect(changeTitle(t, change)).toBe('Changed: teapot, boiled')
    expect(changeTitle(t, { type: 'mentor', action: 'boiled' })).toBe('Changed: mentor, boiled')
    expect(changeType(t, 'teapot')).toBe('teapot')
    expect(changeDetail(t, format, change)).toBe(null)
    expect([actorName(t, 'robot'), byActor(t, 'robot')]).toEqual([null, 'by robot'])
  })
})
