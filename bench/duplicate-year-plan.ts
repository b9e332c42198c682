import { addDays } from '@/lib/calendar'
import { Random } from '@/prisma/sample/random'

export const YEAR_MENTORS = 300
const FIRST_MONDAY = '2025-01-06'
const WEEKS = 46

interface Draft {
  readonly title: string | null
  readonly location: string | null
  readonly duration_minutes: number | null
  readonly starts_at: string | null
  readonly participant_count: number | null
}

export interface Report {
  readonly session: number
  readonly mentor: number
  readonly type: string
  readonly date: string
  readonly draft: Draft
  /** The session was reported before. */
  readonly again: boolean
}

interface Group {
  readonly leaders: readonly number[]
  /** From Monday, 0; two for a group that meets on neighbouring days. */
  readonly weekdays: readonly number[]
  readonly draft: Draft
}

const PLACES = [
  'Frivilligsentralen',
  'Biblioteket',
  'Kafé Hjerterom',
  'Rom 4B',
  'Menighetshuset',
  'LHL-huset',
  'Vardesenteret',
  'Zoom',
  'Bydelshuset',
  'Helsehuset',
]
const GROUPS = [
  'Samtalegruppe',
  'Gruppemøte',
  'Sorggruppe',
  'Strikkekafé',
  'Pårørendegruppe',
  'Turgruppe',
  'Åpent treff',
  'Gruppe for unge',
  'Diabetesgruppe',
  'Språkkafé',
]
const CALLS = ['Telefonsamtale', 'Telefonsamtale', 'Telefonsamtale', 'Tlf', 'Samtale på telefon', 'Ringte', null]
const TALKS = [
  'Samtale',
  'Samtale',
  'Likepersonsamtale',
  'Gåtur',
  'Gåtur og prat',
  'Kaffe og prat',
  'Oppfølgingssamtale',
  'Samtale om jobb',
  'Samtale om søvn',
  'Første samtale',
  'Besøk på avdelingen',
]

/** A year's reports in the order of arrival; the same every time. */
export function planYear(): Report[] {
  const random = new Random(20)
  const groups = makeGroups(random)
  const reports: Report[] = []
  let session = 0
  const add = (mentor: number, type: string, date: string, draft: Draft) => {
    const report = { session: ++session, mentor, type, date, draft, again: false }
    reports.push(report)
    return report
  }
  for (let week = 0; week < WEEKS; week++) {
    const day = (weekday: number) => addDays(FIRST_MONDAY, week * 7 + weekday)
    for (const { leaders, weekdays, draft } of groups) {
      for (const weekday of weekdays) {
        if (random.chance(0.1)) continue
        const told = { ...draft, participant_count: random.integer(3, 12) }
        const first = add(random.pick(leaders), 'group', day(weekday), told)
        const other = leaders.find((leader) => leader !== first.mentor)
        if (other !== undefined && random.chance(0.15)) reports.push(again(random, { ...first, mentor: other }, true))
      }
    }
    for (let mentor = 0; mentor < YEAR_MENTORS; mentor++) {
      // some ring every other day, some see one person a week, some lead a group and little else
      const kind = mentor % 3
      for (let weekday = 0; weekday < 6; weekday++) {
        if (!random.chance(kind === 0 ? 0.3 : kind === 1 ? 0.16 : 0.03)) continue
        const calls = kind === 0 || random.chance(0.2)
        const amount = random.chance(calls ? 0.12 : 0.03) ? 2 : 1
        for (let one = 0; one < amount; one++)
          add(mentor, calls ? 'phone_call' : 'peer_talk', day(weekday), calls ? makeCall(random) : makeTalk(random))
      }
    }
  }
  const entered = reports.flatMap((report) =>
    !report.again && random.chance(0.025) ? [report, again(random, report)] : [report],
  )
  return entered.sort((a, b) => a.date.localeCompare(b.date))
}

function makeGroups(random: Random): Group[] {
  return Array.from({ length: 90 }, (_, number) => {
    const leader = 2 + 3 * number
    const weekday = random.integer(0, 4)
    return {
      leaders: number % 3 === 0 ? [leader, leader + 1] : [leader],
      weekdays: number % 8 === 0 ? [weekday, weekday + 1] : [weekday],
      draft: {
        title: random.pick(GROUPS),
        location: `${random.pick(PLACES)}${number % 2 ? ` ${random.pick(['Grünerløkka', 'Sagene', 'Nordstrand', 'Majorstuen'])}` : ''}`,
        duration_minutes: random.pick([60, 90, 90, 120]),
        starts_at: random.chance(0.6) ? makeTime(random) : null,
        participant_count: null,
      },
    }
  })
}

function makeCall(random: Random): Draft {
  return {
    title: random.pick(CALLS),
    location: random.chance(0.2) ? 'Telefon' : null,
    duration_minutes: random.chance(0.9) ? random.pick([15, 20, 30, 30, 30, 45, 45, 60]) : null,
    starts_at: random.chance(0.5) ? makeTime(random) : null,
    participant_count: null,
  }
}

function makeTalk(random: Random): Draft {
  return {
    title: random.pick(TALKS),
    location: random.chance(0.7) ? random.pick(PLACES) : null,
    duration_minutes: random.pick([45, 60, 60, 60, 90]),
    starts_at: random.chance(0.5) ? makeTime(random) : null,
    participant_count: random.chance(0.3) ? 1 : null,
  }
}

/** The same session reported once more: sent again, typed again from memory, or in a second leader's words. */
function again(random: Random, report: Report, otherLeader = false): Report {
  const { draft } = report
  if (!otherLeader && random.chance(0.5)) return { ...report, again: true }
  const title =
    draft.title &&
    random.pick([draft.title.toLowerCase(), `${draft.title} i dag`, draft.title.slice(0, -2) + draft.title.slice(-1)])
  return {
    ...report,
    date: !otherLeader && random.chance(0.1) ? addDays(report.date, 1) : report.date,
    draft: {
      ...draft,
      title,
      location: random.chance(0.8) ? draft.location : null,
      duration_minutes: draft.duration_minutes && Math.max(15, Math.round(draft.duration_minutes / 30) * 30),
      starts_at: random.chance(0.7) ? draft.starts_at : null,
      participant_count: draft.participant_count && draft.participant_count + random.integer(-1, 1),
    },
    again: true,
  }
}

function makeTime(random: Random): string {
  return `${random.integer(10, 20)}:${random.pick(['00', '00', '30', '15'])}`
}
