import type { DraftActivity } from '@/domain/duplicate-events/schema'
import { addDays } from '@/lib/calendar'
import { chooseSession, makeActivity } from './activities'
import { GROUP_MEETING, ONE_TO_ONE, OUTING, PHONE_CALL, THEME_EVENING, VISIT } from './catalogue'
import { correctTitle, decide, mergeAndTakeBack } from './decisions'
import type { Random } from './random'
import type { ActivityRow, CoLeaderRow, DistinctPairRow, DuplicateEventRow, MentorRow } from './rows'
import { DAY, dateAt, HOUR, MINUTE, SECOND, timestamp } from './time'

/** How one session comes to be logged twice. */
const KINDS = ['resent', 'retyped in the evening', 'neighbouring date', 'other type', 'two leaders'] as const
type Kind = (typeof KINDS)[number]

export type Event = Omit<DuplicateEventRow, 'key' | 'number' | 'check_number'>

export interface Checks {
  readonly events: Event[]
  /** What the checks were held against and what they kept; the first key is the one asked for. */
  readonly activities: ActivityRow[]
  readonly coLeaders: CoLeaderRow[]
  readonly distinctPairs: DistinctPairRow[]
}

/** Sent by the mentor who had sent it before, and not word for word. */
const RETYPED: Kind = 'retyped in the evening'
/** Of those that wait. */
const TAKEN_BACK = KINDS.indexOf(RETYPED)

/** More activities than the checks ever make. */
export const MOST_CHECKED = 5000

export interface CheckSetting {
  readonly random: Random
  readonly now: number
  /** By their keys, from 1 on. */
  readonly mentors: readonly MentorRow[]
  /** Of the first activity that is made. */
  readonly firstKey: number
  /** By the keys of the activities, from 1 on. */
  readonly activityIds: readonly string[]
  readonly checks: Checks
}

/** The checks of the last three weeks: waiting, decided and clear ones. Each takes mentors of its own. */
export function makeChecks(given: Omit<CheckSetting, 'checks'>): Checks {
  const checks: Checks = { events: [], activities: [], coLeaders: [], distinctPairs: [] }
  const setting: CheckSetting = { ...given, checks }
  const { random, now, mentors } = setting
  const able = random.shuffle(
    mentors.filter(
      (one) =>
        one.key > 8 &&
        !one.incomplete &&
        !one.paused_by_hand &&
        !one.paused_by_certification &&
        Date.parse(one.created_at) < now - 40 * DAY,
    ),
  )
  const take = () => able.pop() as MentorRow
  const share = (part: number, most: number) => Math.min(Math.round(able.length * part), most)
  const [waiting, decided, clear] = [share(0.06, 400), share(0.08, 600), share(0.3, 2000)]
  const keep = (mentor: MentorRow, type: string, most: number) => keepActivity(setting, mentor, type, most)
  for (let index = 0; index < waiting + decided && able.length > 1; index++) {
    const kind = KINDS[index % KINDS.length] as Kind
    const kept = keep(
      take(),
      // nobody leads a talk of two together
      random.pick([GROUP_MEETING, GROUP_MEETING, kind === 'two leaders' ? OUTING : ONE_TO_ONE, OUTING, THEME_EVENING]),
      index < waiting ? 12 : 21,
    )
    const event = draftAgain(random, now, kept, kind, kind === 'two leaders' ? take().key : kept.mentor_key)
    if (index < waiting) checks.events.push(index === TAKEN_BACK ? mergeAndTakeBack(setting, event, kept) : event)
    else if (index - waiting < KINDS.length && kind === RETYPED)
      checks.events.push(...decideAndCorrect(setting, event, kept))
    else checks.events.push(decide(setting, event, kept))
  }
  for (let index = 0; index < clear && able.length > 0; index++) {
    const kept = keep(take(), random.pick([GROUP_MEETING, ONE_TO_ONE, ONE_TO_ONE, PHONE_CALL, VISIT]), 14)
    checks.events.push({
      ...startCheck(kept, toDraft(kept), Date.parse(kept.created_at) - SECOND),
      state: 'clear',
      activity_key: kept.key,
      version: 2,
    })
  }
  return checks
}

/** Two sessions, it was decided; then the mentor corrects the title of the first, and they look like one again. */
function decideAndCorrect(setting: CheckSetting, event: Event, kept: ActivityRow): Event[] {
  const title = `${kept.title}, gruppe 2`
  const told = decide(setting, { ...event, draft: { ...event.draft, title } }, kept, 'keep_both')
  const decided = Date.parse(told.last_updated_at ?? told.dispatched_at)
  const draft = { ...toDraft(kept), title }
  const again = startCheck(kept, draft, Math.min(decided + 2 * HOUR, decided + (setting.now - decided) / 2))
  return [told, correctTitle(setting, again, kept)]
}

function keepActivity(
  { random, now, checks, firstKey }: CheckSetting,
  mentor: MentorRow,
  type: string,
  most: number,
): ActivityRow {
  for (;;) {
    const date = addDays(dateAt(now), -random.integer(2, most))
    const kept = makeActivity(
      random,
      now,
      firstKey + checks.activities.length,
      mentor.key,
      date,
      chooseSession(random, type),
    )
    if (!kept || Date.parse(kept.created_at) > now - 6 * HOUR) continue
    checks.activities.push(kept)
    return kept
  }
}

function toDraft(kept: ActivityRow): DraftActivity {
  const { title, duration_minutes, location, starts_at, participant_count, notes } = kept
  return {
    title,
    duration_minutes,
    location,
    ...(starts_at !== null && { starts_at }),
    ...(participant_count !== null && { participant_count }),
    ...(notes !== null && { notes }),
  }
}

function startCheck(kept: ActivityRow, draft: DraftActivity, dispatched: number): Event {
  return {
    event_type: 'check',
    mentor_key: kept.mentor_key,
    activity_type_id: kept.activity_type_id,
    date: kept.date,
    draft,
    state: 'duplicate_found',
    error: null,
    review_version: 2,
    activity_key: null,
    resolution: null,
    resolved_from: null,
    receipt: null,
    resolved_by: null,
    annotation: null,
    version: 2,
    dispatched_at: timestamp(dispatched),
    last_updated_at: null,
  }
}

function draftAgain(random: Random, now: number, kept: ActivityRow, kind: Kind, mentor_key: number): Event {
  const draft = toDraft(kept)
  const soon = Date.parse(kept.created_at) + random.integer(1, 12) * MINUTE
  const later = Math.min(
    Date.parse(kept.created_at) + random.integer(2 * 60, 5 * 60) * MINUTE,
    now - random.integer(2, 200) * MINUTE,
  )
  switch (kind) {
    case 'resent':
      return startCheck(kept, draft, soon)
    case 'retyped in the evening':
      return startCheck(kept, retype(random, draft), later)
    case 'neighbouring date':
      return { ...startCheck(kept, draft, later), date: addDays(kept.date, 1) }
    case 'other type': {
      const other = kept.activity_type_id === GROUP_MEETING ? THEME_EVENING : GROUP_MEETING
      return { ...startCheck(kept, draft, later), activity_type_id: other }
    }
    case 'two leaders': {
      const { notes: _, ...seen } = draft
      return { ...startCheck(kept, seen, later), mentor_key }
    }
  }
}

/** The same session from memory: shorter words, rounder figures. */
function retype(random: Random, draft: DraftActivity): DraftActivity {
  const title = draft.title ?? ''
  const again = random.pick([
    title.toLowerCase(),
    `${title} `.replace(/(.)(.) $/, '$2$1'),
    `${title} i dag`,
    title.replace(/[aeo](?=[a-zæøå]+$)/, ''),
  ])
  return {
    title: again,
    duration_minutes: Math.max(30, Math.round((draft.duration_minutes ?? 60) / 30) * 30),
    ...(random.chance(0.8) && { location: draft.location ?? '' }),
    ...(draft.participant_count && { participant_count: Math.max(1, draft.participant_count + random.integer(-1, 1)) }),
  }
}

/** Event numbers and check numbers in the order of time, around those of the contracts' three events. */
export function numberChecks(
  events: readonly Event[],
  contract: readonly Omit<DuplicateEventRow, 'key'>[],
): DuplicateEventRow[] {
  const first = contract[0]?.dispatched_at ?? ''
  const ordered = [...events].sort((a, b) => Date.parse(a.dispatched_at) - Date.parse(b.dispatched_at))
  const before = ordered.filter((one) => Date.parse(one.dispatched_at) < Date.parse(first))
  const after = ordered.slice(before.length)
  const numbered = [
    ...before.map((one, index) => ({
      ...one,
      number: 5501 - before.length + index,
      check_number: 7841 - before.length + index,
    })),
    ...contract,
    ...after.map((one, index) => ({ ...one, number: 5504 + index, check_number: 7847 + index })),
  ]
  return numbered.map((one, index) => ({ key: index + 1, ...one }))
}
