import { ADVANCED, BASIC, LEVEL_2 } from './catalogue'
import type { MentorPlan, Step } from './plan'
import { DAY, HOUR, timestamp } from './time'

const at = (text: string) => Date.parse(text)

export const KARI = 'mentor_a1b2c3'
export const PEER_0091 = 'peer-0091'
export const MENTOR_42 = 'mentor-42'

function person(
  key: number,
  mentor_id: string,
  full_name: string,
  email: string,
  created: string,
  heard: string | null,
  steps: Step[],
): MentorPlan {
  return {
    key,
    mentor_id,
    full_name,
    email,
    incomplete: false,
    created_at: at(created),
    last_heard_at: heard === null ? null : at(heard),
    steps,
  }
}

function certify(type: string, recorded: string, issued: string, expires: string, id?: string): Step {
  return {
    kind: 'certify',
    at: at(recorded),
    type,
    issued_at: at(issued),
    expires_at: at(expires),
    ...(id !== undefined && { id }),
  }
}

/** The mentors of the contracts' examples, keys from 1 on; their histories give the records of the examples. */
export function planContractMentors(now: number): MentorPlan[] {
  return [
    person(1, 'mntr_01HX4V2K8P', 'Ingrid Solbakken', 'ingrid.solbakken@frivillig.no', '2024-06-10T09:12:00Z', null, [
      certify(BASIC, '2024-06-15T08:20:00Z', '2024-06-15T00:00:00Z', '2027-06-15T00:00:00Z', 'cert_04QR8TZ2'),
      {
        kind: 'report',
        at: at('2026-03-26T09:15:00Z'),
        event_type: 'PauseMentorEvent',
        client_at: at('2026-03-26T09:14:00Z'),
        reason: 'Taking a short break',
        id: 'evt_XP2KL9RQ',
      },
      {
        kind: 'report',
        at: at('2026-03-26T09:20:00Z'),
        event_type: 'ResumeMentorEvent',
        client_at: at('2026-03-26T09:14:30Z'),
        reason: 'Pressed the wrong button',
        acknowledged: { at: at('2026-03-26T09:25:00Z'), note: null },
      },
      certify(ADVANCED, '2026-03-26T11:30:00Z', '2026-03-26T00:00:00Z', '2028-03-26T00:00:00Z', 'cert_09WX5AK7'),
    ]),
    person(
      2,
      'mntr_02BY7M3RL',
      'Torbjørn Ås',
      'torbjorn.aas@frivillig.no',
      '2023-02-20T13:40:00Z',
      '2026-02-24T18:03:00Z',
      [certify(BASIC, '2023-03-01T09:05:00Z', '2023-03-01T00:00:00Z', '2026-03-01T00:00:00Z', 'cert_03PQ7SY1')],
    ),
    person(
      3,
      MENTOR_42,
      'Mari Øvergård-Lind',
      'mara.lind@frivillig.no',
      '2025-11-03T10:00:00Z',
      '2026-03-26T07:05:00Z',
      [certify(LEVEL_2, '2026-03-01T10:30:00Z', '2026-03-01T00:00:00Z', '2027-03-01T00:00:00Z')],
    ),
    person(4, KARI, 'Kari Nordmann', 'kari.nordmann@frivillig.no', '2022-01-11T08:30:00Z', timestamp(now - 20 * HOUR), [
      certify(BASIC, '2022-01-20T12:00:00Z', '2022-01-20T00:00:00Z', '2025-01-20T00:00:00Z'),
      certify(BASIC, '2024-12-18T09:45:00Z', '2025-01-20T00:00:00Z', '2028-01-20T00:00:00Z'),
    ]),
    person(5, PEER_0091, 'Yngve Sæbø', 'yngve.sabo@frivillig.no', '2023-08-28T11:15:00Z', '2026-03-26T09:00:00Z', [
      certify(BASIC, '2023-09-01T10:10:00Z', '2023-09-01T00:00:00Z', '2026-09-01T00:00:00Z'),
      certify(BASIC, '2026-02-12T14:00:00Z', '2026-09-01T00:00:00Z', '2029-09-01T00:00:00Z'),
    ]),
    ...planThreeOfThatNight(now),
  ]
}

// The run of 26 March paused three: two of them have renewed since, where that is long enough ago.
function planThreeOfThatNight(now: number): MentorPlan[] {
  const night = at('2026-03-26T01:00:00Z')
  const people = [
    ['mentor-17', 'Gunnar Eidsvåg', 'gunnar.eidsvag@frivillig.no', 12],
    ['mntr_01GZ8Q4TWN', 'Siri Marie Kjøs', 'siri.kjos@frivillig.no', 33],
    ['peer-0034', 'Hodan Warsame', 'hodan.warsame@frivillig.no', null],
  ] as const
  return people.map(([id, name, email, days], index) => {
    const steps = [certify(BASIC, '2023-03-27T09:00:00Z', '2023-03-26T00:00:00Z', '2026-03-26T00:00:00Z')]
    const renewed = night + (days ?? 0) * DAY + 9 * HOUR
    if (days !== null && renewed < now) {
      const issued_at = at(`${new Date(renewed).toISOString().slice(0, 10)}T00:00:00Z`)
      steps.push({ kind: 'certify', at: renewed, type: BASIC, issued_at, expires_at: issued_at + 1096 * DAY })
    }
    return person(6 + index, id, name, email, '2023-03-13T10:00:00Z', '2026-03-22T17:30:00Z', steps)
  })
}
