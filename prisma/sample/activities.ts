import { addDays } from '@/lib/calendar'
import {
  GROUP_MEETING,
  ONE_TO_ONE,
  OUTING,
  PEER_SUPERVISION,
  PHONE_CALL,
  PREPARATION,
  STAND,
  THEME_EVENING,
  VIDEO_CALL,
  VISIT,
} from './catalogue'
import { Random } from './random'
import type { ActivityRow, CoLeaderRow, MentorRow } from './rows'
import { DAY, dateAt, HOUR, MINUTE, timestamp } from './time'
import { ACTIVITY_NOTES, KINDS } from './wording'

const REGULAR = [GROUP_MEETING, GROUP_MEETING, ONE_TO_ONE, ONE_TO_ONE, VISIT, PHONE_CALL, OUTING]
const OCCASIONAL = [
  ONE_TO_ONE,
  PHONE_CALL,
  PHONE_CALL,
  PREPARATION,
  OUTING,
  VIDEO_CALL,
  THEME_EVENING,
  PEER_SUPERVISION,
  VISIT,
  STAND,
]

export interface Calendar {
  readonly now: number
  /** The last 365 days, today first. */
  readonly days: readonly { readonly date: string; readonly weekday: number; readonly holidays: boolean }[]
  /** `<mentor key> <date>` of days that hold activities of their own. */
  readonly reserved: ReadonlySet<string>
}

export function makeCalendar(now: number, reserved: readonly ActivityRow[]): Calendar {
  const today = dateAt(now)
  const days = Array.from({ length: 365 }, (_, back) => {
    const date = addDays(today, -back)
    const day = date.slice(5)
    const holidays = day.startsWith('07') || day > '12-19' || day < '01-05'
    return { date, weekday: new Date(date).getUTCDay(), holidays }
  })
  const around = reserved.flatMap((one) => [-1, 0, 1].map((by) => `${one.mentor_key} ${addDays(one.date, by)}`))
  return { now, days, reserved: new Set(around) }
}

/** A mentor's year: what comes round every week or two, and what comes up between; none while paused. */
export function makeYear(calendar: Calendar, mentor: MentorRow, nextKey: number): ActivityRow[] {
  const random = new Random(1_000_000 + mentor.key)
  const diligence = random.fraction()
  if (diligence < 0.12 || mentor.incomplete) return []
  const everyWeeks = diligence < 0.42 ? 6 : diligence < 0.82 ? 3 : 1
  const regular = chooseSession(random, random.pick(REGULAR))
  const weekday = random.pick([1, 2, 2, 3, 3, 4, 4, 6, 0])
  const week = random.integer(0, 5)
  const occasional = 0.006 + 0.03 * diligence * random.fraction()
  const first = dateAt(Date.parse(mentor.created_at))
  const paused = mentor.paused_by_hand || mentor.paused_by_certification
  const last = dateAt(paused ? Date.parse(mentor.status_updated_at) - DAY : calendar.now)
  const rows: ActivityRow[] = []
  for (let back = calendar.days.length - 1; back >= 0; back--) {
    const day = calendar.days[back] as Calendar['days'][number]
    const due = day.weekday === weekday && (Math.floor(back / 7) + week) % everyWeeks === 0 && !random.chance(0.12)
    const held =
      due && !day.holidays ? regular : random.chance(occasional) ? chooseSession(random, random.pick(OCCASIONAL)) : null
    if (!held || day.date < first || day.date > last || calendar.reserved.has(`${mentor.key} ${day.date}`)) continue
    const row = makeActivity(random, calendar.now, nextKey + rows.length, mentor.key, day.date, held)
    if (row) rows.push(row)
  }
  return rows
}

export interface Description {
  readonly activity_type_id: string
  readonly title: string
  readonly location: string
  readonly duration_minutes: number
  readonly hour: number
  readonly participants: readonly [number, number] | null
}

export function chooseSession(random: Random, activity_type_id: string): Description {
  const kind = KINDS[activity_type_id]
  if (!kind) throw new Error(`There are no words for ${activity_type_id}`)
  const title = random.integer(0, kind.titles.length - 1)
  const place = random.integer(0, kind.places.length - 1)
  return {
    activity_type_id,
    title: kind.titles[title] ?? '',
    location: kind.places[kind.paired ? title : place] ?? '',
    duration_minutes: random.pick(kind.durations),
    hour: random.pick(kind.hours),
    participants: kind.participants,
  }
}

/** The activity as it was reported some hours later; null where that would lie in the future. */
export function makeActivity(
  random: Random,
  now: number,
  key: number,
  mentor_key: number,
  date: string,
  held: Description,
): ActivityRow | null {
  const ended = Date.parse(date) + held.hour * HOUR + held.duration_minutes * MINUTE
  const reported = ended + (random.chance(0.75) ? random.integer(2, 200) : random.integer(400, 3000)) * MINUTE
  if (ended > now - 2 * MINUTE) return null
  const created_at = timestamp(Math.min(reported, now - MINUTE))
  return {
    key,
    mentor_key,
    activity_type_id: held.activity_type_id,
    date,
    title: held.title,
    duration_minutes: random.chance(0.15)
      ? held.duration_minutes + random.pick([-10, -5, 5, 10, 15, 30])
      : held.duration_minutes,
    location: held.location,
    starts_at: random.chance(0.7)
      ? `${String(held.hour).padStart(2, '0')}:${random.pick(['00', '00', '00', '30', '15'])}`
      : null,
    participant_count: held.participants && random.chance(0.85) ? random.integer(...held.participants) : null,
    notes: random.chance(0.06) ? random.pick(ACTIVITY_NOTES) : null,
    extra: {},
    version: 1,
    content_version: 1,
    created_at,
    updated_at: created_at,
  }
}

/** Of group meetings and themed evenings some are led by two: the other is a mentor who lives nearby in the list. */
export function makeCoLeaders(activities: readonly ActivityRow[], mentors: readonly MentorRow[]): CoLeaderRow[] {
  const leaders: CoLeaderRow[] = []
  for (const { key, mentor_key, activity_type_id } of activities) {
    if (activity_type_id !== GROUP_MEETING && activity_type_id !== THEME_EVENING) continue
    const random = new Random(key)
    const other = mentors[mentor_key - 1 + random.integer(1, 4)]
    if (other && other.key > 8 && !other.incomplete && random.chance(0.08)) {
      leaders.push({ activity_key: key, mentor_key: other.key })
    }
  }
  return leaders
}
