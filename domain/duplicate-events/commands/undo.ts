import 'server-only'
import { deleteActivity, removeCoLeader, updateActivity } from '@/domain/activities/commands'
import { type Activity, activityRecord, findActivity } from '@/domain/activities/queries'
import type { Call } from '@/lib/call'
import type { Tx } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { findCandidates, keepCandidates } from '../candidates'
import { type EventRow, eventChange, eventId, saveEvent } from '../event-row'
import type { Ledger } from '../ledger'
import { undoMerge } from '../merge-plan'
import { closeReceipt } from '../receipts'
import { listWaiters, recheckDistinct, recheckLater, returnDistinctPairs, touchReviews } from '../waiting'

/**
 * Takes a decision back, field by field, and looks anew for what the draft may duplicate. Throws `activity_moved_on` where
 * the activity has been changed since. Needs the mentor and the days.
 */
export async function undoResolution(tx: Tx, call: Call, event: EventRow, ledger: Ledger): Promise<EventRow> {
  const waiters = await listWaiters(tx, event)
  if (event.resolution === 'keep_both') await takeActivityBack(tx, call, event, ledger)
  if (event.resolution === 'merge' || event.resolution === 'co_led') await takeMergeBack(tx, call, event, ledger)
  await closeReceipt(tx, call, event)
  const undone = await saveEvent(tx, call, event, {
    state: event.resolved_from ?? 'duplicate_found',
    resolution: null,
    resolved_from: null,
    resolved_by: null,
    ...(event.resolution !== 'reviewed' && { activity_key: null }),
    review_version: event.review_version + 1,
    last_updated_at: call.now,
  })
  ledger.note(event.mentor_key, eventChange('undone', event, undone))
  if (event.resolution === 'reviewed') return undone
  if (event.resolution === 'keep_both') await recheckLater(tx, call, waiters)
  else await touchReviews(tx, waiters)
  const found = await findCandidates(tx, call, undone)
  await keepCandidates(tx, undone, found)
  return saveEvent(tx, call, undone, { recheck: false, probability: found[0]?.probability ?? null })
}

async function takeActivityBack(tx: Tx, call: Call, event: EventRow, ledger: Ledger): Promise<void> {
  const activity = await requireUnchanged(tx, call, event)
  await returnDistinctPairs(tx, activity.key, event.key)
  if (!(await deleteActivity(tx, call, activity.key, activity.content_version))) throw movedOn(event)
  ledger.note(event.mentor_key, { ...changeOf(activity), action: 'removed', after: null })
}

async function takeMergeBack(tx: Tx, call: Call, event: EventRow, ledger: Ledger): Promise<void> {
  const activity = await requireUnchanged(tx, call, event)
  ledger.need(activity.mentor_key)
  const receipt = event.receipt
  if (!receipt || receipt.content_before === null) throw new Error(`${eventId(event)} was merged without a receipt`)
  const fields = undoMerge(activity, receipt.lines)
  if ((await updateActivity(tx, call, activity, fields, receipt.content_before)) === null) throw movedOn(event)
  if (receipt.credited !== undefined) await removeCoLeader(tx, activity.key, event.mentor_key)
  await recheckDistinct(tx, call, activity.key, event)
  const co_leaders = activity.co_leaders.filter((leader) => leader !== receipt.credited)
  const change = changeOf(activity)
  ledger.note(activity.mentor_key, {
    ...change,
    action: 'unmerged',
    after: { ...change.before, ...fields, co_leaders },
  })
}

async function requireUnchanged(tx: Tx, call: Call, event: EventRow): Promise<Activity> {
  const activity = await findActivity(tx, call, event.activity_key)
  if (activity && activity.content_version === event.receipt?.content_after) return activity
  throw movedOn(event)
}

function movedOn(event: EventRow): AppError {
  const activity = event.receipt?.activity_id ?? 'The activity'
  return new AppError(
    'activity_moved_on',
    `${activity} has been changed since ${eventId(event)} was resolved. The decision stands; take the later changes back first.`,
  )
}

function changeOf(activity: Activity) {
  return { type: 'activity' as const, id: activity.id, before: activityRecord(activity) }
}
