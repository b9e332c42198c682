import { addDays } from '@/lib/calendar'
import { GROUP_MEETING, ONE_TO_ONE, OUTING, PHONE_CALL, PREPARATION, VISIT } from './catalogue'
import type { ActivityRow, DuplicateEventRow } from './rows'
import { dateAt, HOUR, MINUTE, timestamp } from './time'

type Written = readonly [
  type: string,
  title: string,
  minutes: number,
  place: string,
  startsAt: string | null,
  participants: number | null,
]

// Days ago: twelve activities in the last thirty days, eight of them sessions, none near the edge of those days.
const KARIS_MONTH: readonly (readonly [number, Written])[] = [
  [1, [ONE_TO_ONE, 'Samtale på kafé', 60, 'Kafé Løkka', '12:00', 1]],
  [3, [PHONE_CALL, 'Telefonsamtale', 25, 'Telefon', null, null]],
  [5, [GROUP_MEETING, 'Kafétreff', 120, 'Frivilligsentralen', '18:00', 9]],
  [6, [PREPARATION, 'Forberedelse til kafétreff', 45, 'Hjemme', null, null]],
  [8, [ONE_TO_ONE, 'Oppfølgingssamtale', 60, 'Biblioteket', '13:00', 1]],
  [11, [VISIT, 'Besøk på Ullevål', 75, 'Ullevål sykehus', '14:00', 1]],
  [12, [GROUP_MEETING, 'Kafétreff', 120, 'Frivilligsentralen', '18:00', 7]],
  [15, [PHONE_CALL, 'Ringte for å høre hvordan det går', 20, 'Telefon', null, null]],
  [18, [ONE_TO_ONE, 'Gåtur og prat', 90, 'Rundt Sognsvann', '11:00', 1]],
  [19, [GROUP_MEETING, 'Kafétreff', 120, 'Frivilligsentralen', '18:00', 11]],
  [22, [OUTING, 'Søndagstur', 180, 'Bymarka', '11:00', 14]],
  [25, [PHONE_CALL, 'Likepersontelefonen', 30, 'Telefon', '20:00', null]],
]

const KEPT_20_MARCH: Written = [GROUP_MEETING, 'Peer support session', 60, 'Room 4B', '17:30', 6]
const KEPT_26_MARCH: Written = [GROUP_MEETING, 'Group Facilitation', 90, 'Community Hall', null, null]

/** The activities of the contracts' mentors, with keys from 1 on: Kari's year up to now and two of peer-0091. */
export function makeContractActivities(now: number, kari: number, peer: number): ActivityRow[] {
  const today = dateAt(now)
  const kept: ActivityRow[] = [
    write(1, peer, '2026-03-20', KEPT_20_MARCH, '2026-03-20T18:45:00Z'),
    write(2, peer, '2026-03-26', KEPT_26_MARCH, '2026-03-26T09:00:01Z'),
  ]
  const month = KARIS_MONTH.map(([back, written]) => [addDays(today, -back), written] as const)
  // before that, the café meeting every second week
  const before = Array.from(
    { length: 22 },
    (_, index) => [addDays(today, -47 - 14 * index), KARIS_MONTH[2]?.[1] as Written] as const,
  )
  for (const [date, written] of [...before.reverse(), ...month.reverse()]) {
    const reported = timestamp(Math.min(Date.parse(date) + 20 * HOUR + 10 * MINUTE, now - MINUTE))
    kept.push(write(kept.length + 1, kari, date, written, reported))
  }
  return kept
}

function write(key: number, mentor_key: number, date: string, written: Written, created_at: string): ActivityRow {
  const [activity_type_id, title, duration_minutes, location, starts_at, participant_count] = written
  return {
    key,
    mentor_key,
    activity_type_id,
    date,
    title,
    duration_minutes,
    location,
    starts_at,
    participant_count,
    notes: null,
    extra: {},
    version: 1,
    content_version: 1,
    created_at,
    updated_at: created_at,
  }
}

/** The three events of the examples; `activity_key` names the activities above. */
export function makeContractEvents(peer: number): Omit<DuplicateEventRow, 'key'>[] {
  const common = {
    mentor_key: peer,
    activity_type_id: GROUP_MEETING,
    error: null,
    review_version: 2,
    activity_key: null,
    resolution: null,
    resolved_from: null,
    receipt: null,
    resolved_by: null,
    annotation: null,
    last_updated_at: null,
  }
  return [
    {
      ...common,
      number: 5501,
      event_type: 'check',
      date: '2026-03-20',
      draft: { title: 'Peer Support Session', duration_minutes: 60, location: 'Room 4B' },
      state: 'duplicate_found',
      check_number: 7841,
      version: 2,
      dispatched_at: '2026-03-25T10:00:00Z',
    },
    {
      ...common,
      number: 5502,
      event_type: 'merge',
      date: '2026-03-20',
      draft: { title: 'Peer Support', duration_minutes: 60, location: 'Room 4B', participant_count: 6 },
      state: 'resolved',
      check_number: null,
      activity_key: 1,
      resolution: 'merge',
      resolved_by: 'phone',
      version: 1,
      dispatched_at: '2026-03-25T11:15:00Z',
    },
    {
      ...common,
      number: 5503,
      event_type: 'check',
      date: '2026-03-26',
      draft: { title: 'Group Facilitation', duration_minutes: 90, location: 'Community Hall' },
      state: 'clear',
      check_number: 7846,
      activity_key: 2,
      version: 2,
      dispatched_at: '2026-03-26T09:00:00Z',
    },
  ]
}
