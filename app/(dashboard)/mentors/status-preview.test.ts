import { describe, expect, it } from 'vitest'
import type { MentorListItem, MentorsView } from '@/domain/mentors/schema'
import { previewStatus, takeBack } from './status-preview'

const mentor = (mentor_id: string, causes: MentorListItem['causes'] = []): MentorListItem => ({
  mentor_id,
  full_name: mentor_id,
  email: null,
  incomplete: false,
  status: causes.length > 0 ? 'paused' : 'active',
  causes,
  certification: null,
  open_assignments: 0,
  sessions_30_days: 0,
  last_heard_at: null,
})
const view = (...data: MentorListItem[]): MentorsView => ({
  data,
  pagination: { page: 1, limit: 20, total: data.length },
  as_of: 'then',
})

describe('previewStatus', () => {
  it('pauses those that are named, and nobody twice', () => {
    const before = view(mentor('a'), mentor('b'), mentor('c', ['by_hand']), mentor('d', ['by_certification']))
    const { data } = previewStatus(before, new Set(['a', 'c', 'd']), 'PauseMentorEvent')
    expect(data.map(({ causes }) => causes)).toEqual([['by_hand'], [], ['by_hand'], ['by_hand', 'by_certification']])
    expect(data.map(({ status }) => status)).toEqual(['paused', 'active', 'paused', 'paused'])
  })

  it('ends a pause by hand only', () => {
    const before = view(
      mentor('a', ['by_hand']),
      mentor('b', ['by_hand', 'by_certification']),
      mentor('c', ['by_hand']),
    )
    const { data } = previewStatus(before, new Set(['a', 'b']), 'ResumeMentorEvent')
    expect(data.map(({ status }) => status)).toEqual(['active', 'paused', 'paused'])
    expect(data[1]?.causes).toEqual(['by_certification'])
  })
})

describe('takeBack', () => {
  it('puts back the rows that were refused, and leaves the others as they have become', () => {
    const before = view(mentor('a'), mentor('b'))
    const shown = previewStatus(before, new Set(['a', 'b']), 'PauseMentorEvent')
    const { data } = takeBack(shown, new Set(['b', 'not of this page']), before.data)
    expect(data.map(({ status }) => status)).toEqual(['paused', 'active'])
  })
})
