import type { Receipt } from '@/domain/duplicate-events/merge-plan'
import { type Choices, contentOf, draftFields, dropLines, planMerge } from '@/domain/duplicate-events/merge-plan'
import type { CheckSetting, Event } from './duplicates'
import type { ActivityRow, MentorRow } from './rows'
import { MINUTE, timestamp } from './time'

const ANNOTATIONS = [
  'Ringte og spurte: det var samme møte.',
  'Sendt to ganger, dårlig dekning.',
  'Avklart på kollegaveiledningen.',
  null,
  null,
  null,
]

/** What a coordinator decided about a draft and the activity it was held against; the activities change with it. */
export function decide(setting: CheckSetting, event: Event, kept: ActivityRow, given?: 'keep_both'): Event {
  const { random, now } = setting
  const at = Date.parse(event.dispatched_at) + random.integer(20, 2600) * MINUTE
  const decidedAt = timestamp(Math.min(at, now - random.integer(1, 300) * MINUTE))
  const picked =
    event.mentor_key !== kept.mentor_key
      ? 'co_led'
      : random.pick(['merge', 'merge', 'merge', 'keep_both', 'discard_draft'] as const)
  const resolution = given ?? picked
  const annotation = random.pick(ANNOTATIONS)
  const outcome =
    resolution === 'discard_draft'
      ? discard(event)
      : resolution === 'keep_both'
        ? keepBoth(setting, event, kept, decidedAt)
        : merge(setting, event, kept, decidedAt, {})
  return {
    ...event,
    ...outcome,
    state: 'resolved',
    resolution,
    resolved_from: 'duplicate_found',
    resolved_by: 'open',
    annotation: resolution === 'keep_both' ? 'Likepersonen sier at det var to økter.' : annotation,
    version: event.version + 1,
    last_updated_at: decidedAt,
  }
}

/** A draft merged in at once, with its title: what the activity was told apart from has to be looked at again. */
export function correctTitle(setting: CheckSetting, event: Event, kept: ActivityRow): Event {
  const at = timestamp(Math.min(Date.parse(event.dispatched_at) + 20 * MINUTE, setting.now))
  return {
    ...event,
    ...merge(setting, event, kept, at, { title: 'draft' }),
    state: 'resolved',
    resolution: 'merge',
    resolved_from: 'duplicate_found',
    resolved_by: 'open',
    annotation: 'Likepersonen har rettet tittelen.',
    version: event.version + 1,
    last_updated_at: at,
  }
}

/** A merge that a coordinator thought better of: the draft waits again, and the receipt stays. */
export function mergeAndTakeBack({ now, activityIds, mentors }: CheckSetting, event: Event, kept: ActivityRow): Event {
  const sent = Date.parse(event.dispatched_at)
  const after = (minutes: number) => timestamp(Math.min(sent + minutes * MINUTE, now))
  const { fields: merged, lines } = planMerge(draftFields(event.draft ?? {}, event), kept, {})
  const mentor = (mentors[kept.mentor_key - 1] as MentorRow).mentor_id
  const receipt = {
    activity_id: activityIds[kept.key - 1] as string,
    content_before: kept.content_version,
    content_after: kept.version + 1,
    lines: [
      { field: 'mentor_id', outcome: 'same', draft: mentor, activity: mentor, merged: mentor } as const,
      ...lines,
    ],
  }
  const undone_at = after(65)
  Object.assign(kept, { version: kept.version + 2, updated_at: undone_at })
  return {
    ...event,
    annotation: 'Slått sammen for fort. Spør likepersonen først.',
    version: event.version + 2,
    review_version: event.review_version + 1,
    last_updated_at: undone_at,
    taken_back: { resolution: 'merge', receipt, activity_key: kept.key, merged, decided_at: after(40) },
  }
}

type Outcome = Pick<Event, 'activity_key'> & { readonly receipt: Receipt }

function discard(event: Event): Outcome {
  const lines = dropLines(draftFields(event.draft ?? {}, event))
  return { activity_key: null, receipt: { activity_id: null, content_before: null, content_after: null, lines } }
}

function keepBoth(
  { checks, firstKey, activityIds }: CheckSetting,
  event: Event,
  kept: ActivityRow,
  at: string,
): Outcome {
  const key = firstKey + checks.activities.length
  const times = { created_at: at, updated_at: at }
  const fields = draftFields(event.draft ?? {}, event)
  checks.activities.push({ key, mentor_key: event.mentor_key, ...fields, version: 1, content_version: 1, ...times })
  checks.distinctPairs.push({
    activity_key: key,
    content_version: 1,
    content: fields,
    other_activity_key: kept.key,
    other_content_version: kept.content_version,
    other_content: contentOf(kept),
    decided_by: 'open',
    decided_at: at,
  })
  const distinct_from = [activityIds[kept.key - 1] as string]
  const receipt = {
    activity_id: activityIds[key - 1] as string,
    content_before: null,
    content_after: 1,
    lines: [],
    distinct_from,
  }
  return { activity_key: key, receipt }
}

function merge(
  { checks, activityIds, mentors }: CheckSetting,
  event: Event,
  kept: ActivityRow,
  at: string,
  choices: Choices,
): Outcome {
  const content_before = kept.content_version
  const { fields, lines } = planMerge(draftFields(event.draft ?? {}, event), kept, choices)
  const version = kept.version + 1
  Object.assign(kept, fields, { version, content_version: version, updated_at: at })
  const [draft, activity] = [event.mentor_key, kept.mentor_key].map((key) => (mentors[key - 1] as MentorRow).mentor_id)
  const shared = draft !== activity
  if (shared) checks.coLeaders.push({ activity_key: kept.key, mentor_key: event.mentor_key })
  const mentorLine = {
    field: 'mentor_id',
    outcome: shared ? 'kept' : 'same',
    draft,
    activity,
    merged: activity,
  } as const
  const receipt = {
    activity_id: activityIds[kept.key - 1] as string,
    content_before,
    content_after: version,
    lines: [mentorLine, ...lines],
    ...(shared && { credited: draft as string }),
  }
  return { activity_key: kept.key, receipt }
}
