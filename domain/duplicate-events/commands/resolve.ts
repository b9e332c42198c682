import 'server-only'
import { addCoLeader, updateActivity } from '@/domain/activities/commands'
import { type CountableRule, countCountable, findOnDays, requireCountableRule } from '@/domain/activities/countable'
import { type Activity, activityRecord, findActivities } from '@/domain/activities/queries'
import type { Call } from '@/lib/call'
import type { Tx } from '@/lib/db'
import { invalid } from '@/lib/errors'
import { type Chosen, chooseCandidate, movedOn, requireResolution } from '../choose'
import { concernedDays } from '../countable-change'
import { decideDistinct } from '../distinct-pairs'
import { type EventRow, eventChange, saveEvent } from '../event-row'
import type { Ledger } from '../ledger'
import { listLiveCandidates } from '../live-candidates'
import { draftFields, dropLines, planMerge, type Receipt, unknownChoices } from '../merge-plan'
import { keepReceipt } from '../receipts'
import { keepDraft } from '../run-check'
import type { Decision } from '../schema'
import type { Resolution } from '../states'
import { listWaiters, recheckDistinct, recheckLater, touchReviews } from '../waiting'

/**
 * Carries out a decision about a duplicate. Without `resolution` one mentor's pair is merged; `explicit` refuses that.
 * Throws `resolution_required`, `review_moved_on`, or 400 for fields that cannot be chosen. Needs the mentor and the days.
 */
export async function resolveDuplicate(
  tx: Tx,
  call: Call,
  event: EventRow,
  ledger: Ledger,
  decision: Decision,
  { explicit = false, batchKey = null }: { explicit?: boolean; batchKey?: number | null } = {},
): Promise<EventRow> {
  const candidates = await listLiveCandidates(tx, [event.key])
  const keys = candidates.flatMap(({ activity_key }) => (activity_key === null ? [] : [activity_key]))
  const activities = await findActivities(tx, call, keys)
  const chosen = chooseCandidate(event, candidates, activities, decision)
  const resolution = requireResolution(event, chosen, decision, explicit)
  const before = await listWaiters(tx, event)
  // read once: the rule may be set anew meanwhile
  const rule = await requireCountableRule(tx, call)
  const countable = await countConcerned(tx, rule, event, chosen)
  const { receipt, activityKey } = await carryOut(tx, call, event, ledger, decision, resolution, chosen)
  const saved = await saveEvent(tx, call, event, {
    state: 'resolved',
    resolution,
    resolved_from: 'duplicate_found',
    resolved_by: call.caller.actor,
    activity_key: activityKey,
    last_updated_at: call.now,
  })
  const countable_change = (await countConcerned(tx, rule, event, chosen)) - countable
  await keepReceipt(tx, call, event, { resolution, chosen, content: receipt, countable_change, batchKey })
  const resolved = { ...saved, receipt }
  ledger.note(event.mentor_key, eventChange('resolved', event, resolved))
  if (activityKey === null) await recheckLater(tx, call, before)
  else await touchReviews(tx, await listWaiters(tx, resolved))
  return resolved
}

/** How many activities count, of those that a decision about the event can touch. */
async function countConcerned(tx: Tx, rule: CountableRule, event: EventRow, { activity }: Chosen): Promise<number> {
  return countCountable(rule, await findOnDays(tx, concernedDays(event, activity)))
}

async function carryOut(
  tx: Tx,
  call: Call,
  event: EventRow,
  ledger: Ledger,
  decision: Decision,
  resolution: Resolution,
  { activity, candidates }: Chosen,
): Promise<{ receipt: Receipt; activityKey: number | null }> {
  const draft = draftFields(event.draft ?? {}, event)
  if (resolution === 'discard_draft') {
    const nothing = { activity_id: null, content_before: null, content_after: null }
    return { receipt: { ...nothing, lines: dropLines(draft) }, activityKey: null }
  }
  if (resolution === 'keep_both') {
    const kept = await keepDraft(tx, call, event, ledger)
    const distinct = await decideDistinct(tx, call, { key: kept.key, fields: draft }, candidates)
    const receipt = { activity_id: kept.id, content_before: null, content_after: 1, lines: [], distinct_from: distinct }
    return { receipt, activityKey: kept.key }
  }
  if (!activity) throw new Error('a merge was allowed without an activity')
  const receipt = await mergeDraft(tx, call, event, ledger, decision, activity, resolution === 'co_led')
  return { receipt, activityKey: activity.key }
}

async function mergeDraft(
  tx: Tx,
  call: Call,
  event: EventRow,
  ledger: Ledger,
  decision: Decision,
  activity: Activity,
  coLed: boolean,
): Promise<Receipt> {
  ledger.need(activity.mentor_key)
  const draft = draftFields(event.draft ?? {}, event)
  const choices = decision.field_choices ?? {}
  const [unknown] = unknownChoices(draft, activity, choices)
  if (unknown !== undefined)
    throw invalid(`/field_choices/${unknown}`, 'Neither the draft nor the activity has this field')
  const { fields, lines } = planMerge(draft, activity, choices)
  const after = await updateActivity(tx, call, activity, fields)
  if (after === null) throw movedOn(`${activity.id} was changed at the same moment.`)
  const credited = coLed && (await addCoLeader(tx, call, activity.key, event.mentor_key))
  await recheckDistinct(tx, call, activity.key, event)
  const before = activityRecord(activity)
  ledger.note(activity.mentor_key, {
    type: 'activity',
    id: activity.id,
    action: 'merged',
    before,
    after: { ...before, ...fields, ...(credited && { co_leaders: [...activity.co_leaders, event.peer_id] }) },
  })
  const mentorLine = {
    field: 'mentor_id',
    outcome: activity.mentor_id === event.peer_id ? ('same' as const) : ('kept' as const),
    draft: event.peer_id,
    activity: activity.mentor_id,
    merged: activity.mentor_id,
  }
  return {
    activity_id: activity.id,
    content_before: activity.content_version,
    content_after: after,
    lines: [mentorLine, ...lines],
    ...(credited && { credited: event.peer_id }),
  }
}
