import { expect, test } from 'vitest'
import type { SyncInboxRow } from '@/domain/mentor-status-sync/inbox-schema'
import type { Instant } from '@/lib/instant'
import { comeBack, leave, NOTHING_DONE, neighbour, type Overlay, shownRows, withNote, withoutNote } from './inbox-state'

function event(id: string, hour: number, version = 1): SyncInboxRow {
  const at = `2026-03-26T${String(hour).padStart(2, '0')}:00:00.000000Z` as Instant
  return {
    sync_event_id: id,
    mentor_id: `mentor-${id}`,
    mentor_name: id,
    event_type: 'PauseMentorEvent',
    reason: null,
    note: null,
    client_timestamp: at,
    effective_at: at,
    server_timestamp: at,
    accepted: true,
    resulting_status: 'paused',
    held_by: null,
    newer_at: null,
    acknowledged_at: null,
    acknowledged_by: null,
    version,
    ahead_seconds: 0,
    late_by_seconds: 0,
  }
}

const [a, b, c] = [event('a', 1), event('b', 2), event('c', 3)]
const ids = (rows: readonly SyncInboxRow[]) => rows.map((row) => row.sync_event_id)

test('what has left stays away from a list that was read before, and comes back with a later version', () => {
  const overlay = leave(NOTHING_DONE, [b])
  expect(ids(shownRows([a, b, c], overlay, 'pending'))).toEqual(['a', 'c'])
  expect(ids(shownRows([a, event('b', 2, 3), c], overlay, 'pending'))).toEqual(['a', 'b', 'c'])
})

test('what is taken back stands in its place before the server lists it, and once only afterwards', () => {
  const overlay = comeBack(leave(NOTHING_DONE, [a, b]), [a])
  expect(ids(shownRows([c], overlay, 'pending'))).toEqual(['a', 'c'])
  expect(ids(shownRows([a, c], overlay, 'pending'))).toEqual(['a', 'c'])
})

test('a note shows at once, may be taken away, and gives way to a later version', () => {
  const noted = { ...a, note: 'fra før' }
  const note = (row: SyncInboxRow, overlay: Overlay) => shownRows([row], overlay, 'pending')[0]?.note
  const written = withNote(NOTHING_DONE, noted, 'ringt')
  expect(note(noted, written)).toBe('ringt')
  expect(note(noted, withNote(written, noted, null))).toBeNull()
  expect(note(noted, withoutNote(written, noted))).toBe('fra før')
  expect(note({ ...noted, version: 2, note: 'en annens' }, written)).toBe('en annens')
})

test.each([
  [['b'], 'c'],
  [['c'], 'b'],
  [['a', 'b'], 'c'],
  [['a', 'c'], 'b'],
  [['a', 'b', 'c'], null],
])('when %j leave, the focus goes to %s', (leaving, next) => {
  expect(neighbour([a, b, c], new Set(leaving))).toBe(next)
})
