import { expect, it } from 'vitest'
import { concernOf, isConcerned } from './concern'

const event = { type: 'sync_event', id: 'evt_7Q2M4XKD', mentor_id: 'mentor-42' }

it.each([
  ['/api/v1/views/counts', true],
  ['/api/v1/views/sync-inbox?tab=pending', true],
  ['/api/v1/views/sync-inbox?mentor_id=mentor-42', true],
  ['/api/v1/views/sync-inbox?mentor_id=mentor-4', false],
  ['/api/v1/views/certification-warnings?window=30', false],
  ['/api/v1/views/mentors?q=42', true],
  ['/api/v1/views/made-up', true],
])('an event of a phone concerns %s: %s', (path, concerned) => {
  expect(isConcerned(concernOf(path), event)).toBe(concerned)
})

it('a draft of one mentor stands beside what others did', () => {
  const activity = { type: 'activity', id: 'act_7Q2M4XKD', mentor_id: 'mentor-7' }
  expect(isConcerned(concernOf('/api/v1/views/duplicate-queue?mentor_id=mentor-42'), activity)).toBe(true)
})

it('what belongs to no mentor concerns all of them', () => {
  const settings = { type: 'organisation', id: 'org_1', mentor_id: null }
  expect(isConcerned({ mentorId: 'mentor-42' }, settings)).toBe(true)
  expect(isConcerned({ mentorId: 'mentor-42' }, event)).toBe(true)
  expect(isConcerned({ mentorId: 'mentor-4' }, event)).toBe(false)
})
