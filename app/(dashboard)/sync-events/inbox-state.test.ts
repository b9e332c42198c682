import { expect, test } from 'vitest'
import type { SyncInboxRow, SyncInboxView } from '@/domain/mentor-status-sync/inbox-schema'
import {
  hideTurn,
  NOTHING_DONE,
  type Overlay,
  shownCounts,
  shownRows,
  showTurn,
  type Turn,
  targetOf,
} from './inbox-state'

function event(id: string, hour: number, version = 1): SyncInboxRow {
  const at = `2026-03-26T${String(hour).padStart(2, '0')}:00:00Z`
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
    ahead_seconds: 0,
    late_by_seconds: 0,
    place: at,
    version,
  }
}

const [a, b, c] = [event('a', 1), event('b', 2), event('c', 3)]
const NOW = 'as of now'
const LEAVE: Turn = { effect: 'leave', acknowledged: true }
const RETURN: Turn = { effect: 'return', acknowledged: false }
const leave = (overlay: Overlay, ...rows: SyncInboxRow[]) => showTurn(overlay, rows.map(targetOf), LEAVE, NOW)
const comeBack = (overlay: Overlay, ...rows: SyncInboxRow[]) => showTurn(overlay, rows.map(targetOf), RETURN, NOW)
const write = (overlay: Overlay, row: SyncInboxRow, note: string | null) =>
  showTurn(overlay, [targetOf(row)], { effect: 'stay', acknowledged: false, note }, NOW)
const ids = (rows: readonly SyncInboxRow[]) => rows.map((row) => row.sync_event_id)

test('what has left stays away from a list that was read before, and comes back with a later version', () => {
  const overlay = leave(NOTHING_DONE, b)
  expect(ids(shownRows([a, b, c], overlay, false))).toEqual(['a', 'c'])
  expect(ids(shownRows([a, event('b', 2, 3), c], overlay, false))).toEqual(['a', 'b', 'c'])
})

test('what is taken back stands in its place before the server lists it, and once only afterwards', () => {
  const overlay = comeBack(leave(NOTHING_DONE, a, b), a)
  expect(ids(shownRows([c], overlay, false))).toEqual(['a', 'c'])
  expect(ids(shownRows([c], overlay, true))).toEqual(['c', 'a'])
  expect(ids(shownRows([a, c], overlay, false))).toEqual(['a', 'c'])
  expect(ids(shownRows([c], leave(overlay, a), false))).toEqual(['c'])
})

test('what was refused stays where the server lists it, and nowhere else', () => {
  const refused = hideTurn(leave(NOTHING_DONE, a, b), [targetOf(a)], LEAVE, NOW)
  expect(ids(shownRows([a, b, c], refused, false))).toEqual(['a', 'c'])
  expect(ids(shownRows([c], refused, false))).toEqual(['c'])
})

test('a row that nothing is done to stays the very same', () => {
  const overlay = write(leave(NOTHING_DONE, b), c, 'ringt')
  const [first, second] = shownRows([a, b, c], overlay, false)
  expect(first).toBe(a)
  expect(second).toMatchObject({ sync_event_id: 'c', note: 'ringt' })
})

test('a note shows at once, may be taken away, and gives way to a later version', () => {
  const noted = { ...a, note: 'fra før' }
  const note = (row: SyncInboxRow, overlay: Overlay) => shownRows([row], overlay, false)[0]?.note
  const written = write(NOTHING_DONE, noted, 'ringt')
  expect(note(noted, written)).toBe('ringt')
  expect(note(noted, write(written, noted, null))).toBeNull()
  expect(note(noted, hideTurn(written, [targetOf(noted)], { effect: 'stay', acknowledged: false }, NOW))).toBe(
    'fra før',
  )
  expect(note({ ...noted, version: 2, note: 'en annens' }, written)).toBe('en annens')
})

test('the counts follow until the list has been read anew', () => {
  const counts = { pending: 5, not_accepted: 1, acknowledged: 7 }
  const view = (as_of: string): SyncInboxView => ({
    data: [a, b, c],
    pagination: { page: 1, limit: 3, total: 5 },
    tab: 'pending',
    counts,
    as_of,
  })
  const elsewhere = { id: 'on another page', name: 'd', note: null, version: 1 }
  const left = showTurn(NOTHING_DONE, [targetOf(a), elsewhere], LEAVE, NOW)
  expect(shownCounts(view(NOW), left)).toEqual({ pending: 3, not_accepted: 1, acknowledged: 9 })
  expect(shownCounts(view(NOW), showTurn(left, [elsewhere], LEAVE, NOW)).pending).toBe(3)
  expect(shownCounts(view('later'), left)).toEqual(counts)
  expect(shownCounts(view(NOW), comeBack(left, a)).pending).toBe(4)
  expect(shownCounts(view('later'), hideTurn(left, [targetOf(a)], LEAVE, 'later')).pending).toBe(6)
})
