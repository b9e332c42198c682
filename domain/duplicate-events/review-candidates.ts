import 'server-only'
import { findActivities } from '@/domain/activities/queries'
import type { Call } from '@/lib/call'
import { type Db, rows, sql } from '@/lib/db'
import { type EventRow, eventColumns, eventId, liveEvents } from './event-row'
import type { LiveCandidate } from './live-candidates'
import { contentOf, draftFields, planMerge } from './merge-plan'
import type { ReviewCandidate } from './schema'
import { allowedResolutions } from './states'

type Shown = Omit<ReviewCandidate, 'probability' | 'evidence' | 'differing' | 'allowed'>

/** What each of these events may duplicate, with its fields, in the order of `live`. */
export async function listReviewCandidates(
  db: Db,
  call: Call,
  events: readonly EventRow[],
  live: readonly LiveCandidate[],
): Promise<Map<number, ReviewCandidate[]>> {
  const activities = await findActivities(db, call, present(live.map(({ activity_key }) => activity_key)))
  const drafts = await findDrafts(db, call, present(live.map(({ draft_key }) => draft_key)))
  const found = new Map<number, ReviewCandidate[]>()
  for (const candidate of live) {
    const event = events.find(({ key }) => key === candidate.event_key)
    const activity = activities.get(candidate.activity_key ?? 0)
    const shown = activity
      ? { ...activity, activity_id: activity.id, event_id: null, fields: activity }
      : drafts.get(candidate.draft_key ?? 0)
    if (!event || !shown) continue
    const one = { ...toShow(shown), probability: candidate.probability, evidence: candidate.evidence }
    found.set(event.key, [
      ...(found.get(event.key) ?? []),
      {
        ...one,
        differing: differingFields(event, shown),
        allowed: allowedResolutions(event.peer_id, activity ?? null),
      },
    ])
  }
  return found
}

function toShow({ activity_id, event_id, mentor_id, mentor_name, co_leaders, fields }: Shown): Shown {
  return { activity_id, event_id, mentor_id, mentor_name, co_leaders, fields: contentOf(fields) }
}

function differingFields(event: EventRow, shown: Shown): string[] {
  const { lines } = planMerge(draftFields(event.draft ?? {}, event), shown.fields, {})
  const differing = lines.filter(({ outcome }) => outcome !== 'same').map(({ field }) => field)
  return shown.mentor_id === event.peer_id ? differing : ['mentor_id', ...differing]
}

async function findDrafts(db: Db, call: Call, keys: readonly number[]): Promise<Map<number, Shown>> {
  const drafts = await rows<EventRow & { mentor_name: string }>(
    db,
    sql`SELECT ${eventColumns}, m.full_name AS mentor_name FROM ${liveEvents}
        WHERE e.org_id = ${call.caller.org} AND e.key = ANY(${keys})`,
  )
  return new Map(
    drafts.map((draft) => [
      draft.key,
      {
        activity_id: null,
        event_id: eventId(draft),
        mentor_id: draft.peer_id,
        mentor_name: draft.mentor_name,
        co_leaders: [],
        fields: draftFields(draft.draft ?? {}, draft),
      },
    ]),
  )
}

function present(keys: readonly (number | null)[]): number[] {
  return keys.filter((key) => key !== null)
}
