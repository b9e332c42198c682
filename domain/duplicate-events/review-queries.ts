import 'server-only'
import { type CountableRule, findOnDays, requireCountableRule } from '@/domain/activities/countable'
import { countableChange, isCountable } from '@/domain/activities/countable-rule'
import { type Activity, findActivities } from '@/domain/activities/queries'
import type { Answer, Call } from '@/lib/call'
import { type Db, one, sql } from '@/lib/db'
import { wireTime, wireTimeOrNull } from '@/lib/instant'
import { writeListCursor } from '@/lib/list-cursor'
import { concernedDays, type Logged, slotsBesides } from './countable-change'
import { listReceiptsOf } from './decided-queries'
import { findDecidedBefore } from './distinct-pairs'
import { checkId, type EventRow, eventId, requireEvent } from './event-row'
import { listLiveCandidates } from './live-candidates'
import { contentOf, draftFields, planMerge } from './merge-plan'
import { placeInQueue } from './queue-place'
import { listReviewCandidates } from './review-candidates'
import type { DuplicateReview, ReviewCandidate } from './review-schema'
import type { ReviewCandidate as ShownCandidate } from './schema'
import { allowedMoves, type Resolution } from './states'
import { PRIOR, THRESHOLD } from './weights'

/** One event with everything that a decision about it needs. Throws `event_not_found`. */
export async function getDuplicateReview(db: Db, call: Call, id: string): Promise<Answer<DuplicateReview>> {
  // before all that is read: what comes meanwhile may be missing
  const { snapshot } = await one<{ snapshot: string }>(db, sql`SELECT pg_current_snapshot()::text AS snapshot`)
  const event = await requireEvent(db, call, id)
  const { full_name } = await one<{ full_name: string }>(
    db,
    sql`SELECT full_name FROM mentor WHERE key = ${event.mentor_key}`,
  )
  const receipts = await listReceiptsOf(db, call, event.key)
  const rule = await requireCountableRule(db, call)
  const draft = draftFields(event.draft ?? {}, event)
  const standing = receipts.find(({ undone_at }) => undone_at === null)
  const body: DuplicateReview = {
    id: eventId(event),
    event_type: event.event_type,
    state: event.state,
    mentor_id: event.peer_id,
    mentor_name: full_name,
    dispatched_at: wireTime(event.dispatched_at),
    annotation: event.annotation,
    error: event.error,
    duplicate_check_id: checkId(event),
    version: event.version,
    review_version: event.review_version,
    draft,
    draft_countable: isCountable(rule, draft),
    countable_rule: rule,
    prior: PRIOR,
    threshold: THRESHOLD,
    candidates: await listCandidates(db, call, event, rule),
    moves: [...allowedMoves(event.state, event.resolved_from)],
    resolution: event.resolution,
    resolved_by: event.resolved_by,
    resolved_at: standing?.decided_at ?? (event.state === 'resolved' ? wireTimeOrNull(event.last_updated_at) : null),
    receipts,
    queue: await placeInQueue(db, call, event),
    as_of: await writeListCursor(call, snapshot),
  }
  return { body, version: event.version }
}

async function listCandidates(db: Db, call: Call, event: EventRow, rule: CountableRule): Promise<ReviewCandidate[]> {
  const live = await listLiveCandidates(db, [event.key])
  const shown = (await listReviewCandidates(db, call, [event], live)).get(event.key) ?? []
  const keys = live.flatMap(({ activity_key }) => (activity_key === null ? [] : [activity_key]))
  const activities = await findActivities(db, call, keys)
  const days = [...activities.values()].flatMap((activity) => concernedDays(event, activity))
  const logged = await findOnDays(db, [...concernedDays(event, null), ...days])
  const decided = await findDecidedBefore(db, event, activities)
  const byId = new Map([...activities.values()].map((activity) => [activity.id, activity]))
  return shown.map((candidate) => {
    const activity = byId.get(candidate.activity_id ?? '') ?? null
    return {
      ...candidate,
      co_leaders: [...candidate.co_leaders],
      evidence: [...candidate.evidence],
      differing: [...candidate.differing],
      allowed: [...candidate.allowed],
      countable: isCountable(rule, candidate.fields),
      ...previewOf(event, candidate, activity, { rule, logged }),
      decided_before: (activity && decided.get(activity.key)) ?? null,
    }
  })
}

function previewOf(
  event: EventRow,
  { allowed }: ShownCandidate,
  activity: Activity | null,
  { rule, logged }: { rule: CountableRule; logged: readonly Logged[] },
) {
  const draft = draftFields(event.draft ?? {}, event)
  const preview = activity && planMerge(draft, activity, {})
  const besides = activity ? slotsBesides(rule, logged, activity) : []
  const ofDraft = slotsBesides(rule, logged, { mentor_key: event.mentor_key, key: eventId(event) })
  const merged = countableChange(rule, besides, activity, preview?.fields ?? null)
  const changes: Record<Resolution, number> = {
    merge: merged,
    co_led: merged,
    keep_both: countableChange(rule, ofDraft, null, draft),
    discard_draft: 0,
  }
  return {
    preview: preview && { fields: contentOf(preview.fields), lines: [...preview.lines] },
    countable_change: Object.fromEntries(allowed.map((resolution) => [resolution, changes[resolution]])),
    countable_besides: besides,
  }
}
