import { makeContactName } from './names'
import type { Random } from './random'
import type { AssignmentRow, MentorRow } from './rows'
import { DAY, timestamp, timestampOrNull } from './time'

/** Those of the contracts' Kari Nordmann. */
const CONTRACT: readonly Omit<AssignmentRow, 'key' | 'mentor_key'>[] = [
  { id: 'assign_001aa', contact_name: 'Per Olsen', status: 'open', opened_at: '2025-11-12T12:00:00Z', closed_at: null },
  {
    id: 'assign_002bb',
    contact_name: 'Liv Svendsen',
    status: 'open',
    opened_at: '2026-02-03T09:30:00Z',
    closed_at: null,
  },
]

/** Some nine in ten mentors have had contacts: most of those open now, a few on hold, and as many closed before. */
export function makeAssignments(
  random: Random,
  now: number,
  mentors: readonly MentorRow[],
  contractKey: number,
): AssignmentRow[] {
  const assignments = CONTRACT.map((one, index): AssignmentRow => ({ key: index + 1, mentor_key: contractKey, ...one }))
  for (const mentor of mentors) {
    if (mentor.key === contractKey || mentor.incomplete || random.chance(0.12)) continue
    for (let count = random.pick([0, 1, 1, 1, 2, 2, 2, 3, 3, 4, 6]); count > 0; count--) {
      const key = assignments.length + 1
      const opened = pickOpening(random, now, mentor)
      const closed = random.chance(0.45) ? opened + Math.floor(random.fraction() * (now - opened)) : null
      assignments.push({
        key,
        id: `assign_${1000 + key}${random.pick('abcdefghkmnprstuvw'.split(''))}${random.pick('abcdefghkmnprstuvw'.split(''))}`,
        mentor_key: mentor.key,
        contact_name: makeContactName(random),
        status: closed !== null ? 'closed' : random.chance(0.1) ? 'on_hold' : 'open',
        opened_at: timestamp(opened),
        closed_at: timestampOrNull(closed),
      })
    }
  }
  return assignments
}

function pickOpening(random: Random, now: number, mentor: MentorRow): number {
  const earliest = Math.max(Date.parse(mentor.created_at), now - 500 * DAY)
  return earliest + Math.floor(random.fraction() * (now - earliest))
}
