import 'server-only'
import { findActivity } from '@/domain/activities/queries'
import type { Answer, Call } from '@/lib/call'
import type { Tx } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { requireVersion } from '@/lib/http/if-match'
import { alreadyResolved, movedOn } from '../choose'
import { checkId, type EventRow, eventChange, eventId, requireEvent, saveEvent } from '../event-row'
import { type Ledger, lockDays, withMentors } from '../ledger'
import { agreesWith } from '../merge-plan'
import { endCheck, needsCheck } from '../run-check'
import type { UpdateBody, UpdatedEvent } from '../schema'
import { allowedMoves, type DuplicateState } from '../states'
import { enqueueCheck } from '../waiting'
import { updatedOf } from '../wire'
import { dateOfCheck } from './dispatch'
import { carryOutMerge } from './merge'
import { resolveDuplicate } from './resolve'
import { undoResolution } from './undo'

/**
 * Sets the state or the annotation of an event. Throws `event_not_found`, `precondition_failed`, and the conflicts of the
 * state: `transition_not_allowed`, `resolution_required`, `already_resolved`, `review_moved_on`, `activity_moved_on`.
 */
export async function updateEvent(tx: Tx, call: Call, id: string, body: UpdateBody): Promise<Answer<UpdatedEvent>> {
  const named = await requireEvent(tx, call, id)
  const updated = await withMentors(tx, call, [named.mentor_key], async (ledger) => {
    if (body.state !== undefined) await lockDays(tx, call, await dateToLock(tx, call, named))
    const event = await requireEvent(tx, call, id)
    requireVersion(call, event.version)
    const noted = await annotate(tx, call, event, ledger, body.annotation)
    return body.state === undefined ? noted : moveEvent(tx, call, noted, ledger, { ...body, state: body.state })
  })
  return { body: updatedOf(updated), version: updated.version }
}

async function dateToLock(tx: Tx, call: Call, event: EventRow): Promise<string> {
  if (event.event_type === 'check' || event.check_number === null) return event.date
  return (await dateOfCheck(tx, call, event.check_number)) ?? event.date
}

async function annotate(
  tx: Tx,
  call: Call,
  event: EventRow,
  ledger: Ledger,
  annotation: string | null | undefined,
): Promise<EventRow> {
  if (annotation === undefined || annotation === event.annotation) return event
  const noted = await saveEvent(tx, call, event, { annotation, last_updated_at: call.now })
  ledger.note(event.mentor_key, {
    ...eventChange('annotated', event, noted),
    before: { annotation: event.annotation },
    after: { annotation },
  })
  return noted
}

type Move = UpdateBody & { state: DuplicateState }

async function moveEvent(tx: Tx, call: Call, event: EventRow, ledger: Ledger, move: Move): Promise<EventRow> {
  // the check may have been running when this was sent: what it finds decides
  if (needsCheck(event) && move.state !== event.state) {
    const ended = await endCheck(tx, call, event, ledger)
    return changeState(tx, call, ended, ledger, move, true)
  }
  return changeState(tx, call, event, ledger, move, false)
}

async function changeState(
  tx: Tx,
  call: Call,
  event: EventRow,
  ledger: Ledger,
  move: Move,
  justChecked: boolean,
): Promise<EventRow> {
  if (move.state === event.state) {
    if (event.state === 'resolved') await requireSameDecision(tx, call, event, move)
    return event
  }
  requireAllowed(event, move.state)
  if (move.state === 'checking') return tryAgain(tx, call, event, ledger)
  if (move.state !== 'resolved') {
    if (move.review_version !== undefined && move.review_version !== event.review_version) {
      throw movedOn(`The decision about ${eventId(event)} that was to be taken back does not stand any more.`)
    }
    return undoResolution(tx, call, event, ledger)
  }
  if (event.state === 'duplicate_found')
    return resolveDuplicate(tx, call, event, ledger, move, { explicit: justChecked })
  return review(tx, call, event, ledger, move)
}

function requireAllowed(event: EventRow, wanted: DuplicateState): void {
  const allowed = allowedMoves(event.state, event.resolved_from)
  if (allowed.includes(wanted)) return
  const merge = event.event_type === 'merge' && event.state === 'resolved'
  const hint = merge
    ? `It carried a merge out: take that back at the check it resolved${event.check_number === null ? '' : `, ${checkId(event)}`}.`
    : allowed.length > 0
      ? `From here it can become ${allowed.join(', ')}.`
      : 'From here it can become nothing else.'
  throw new AppError(
    'transition_not_allowed',
    `${eventId(event)} is ${event.state} and cannot become ${wanted}. ${hint} Nothing was stored.`,
    { members: { allowed } },
  )
}

async function tryAgain(tx: Tx, call: Call, event: EventRow, ledger: Ledger): Promise<EventRow> {
  const outcome =
    event.event_type === 'check'
      ? ({ state: 'checking', error: null } as const)
      : await carryOutMerge(tx, call, event, ledger)
  const tried = await saveEvent(tx, call, event, { ...outcome, last_updated_at: call.now })
  ledger.note(event.mentor_key, eventChange('tried_again', event, tried))
  if (tried.state === 'checking') await enqueueCheck(tx, call, event.key)
  return tried
}

/** The draft is an activity already: a coordinator has looked at it, and it stays as it is. */
async function review(tx: Tx, call: Call, event: EventRow, ledger: Ledger, move: Move): Promise<EventRow> {
  if (move.resolution !== undefined || move.candidate_id !== undefined || move.field_choices !== undefined) {
    throw new AppError(
      'transition_not_allowed',
      `The check of ${eventId(event)} found no duplicate, and its draft is kept as an activity: there is nothing to choose. Send the state resolved alone to mark it as reviewed. Nothing was stored.`,
      { members: { allowed: allowedMoves(event.state, null) } },
    )
  }
  const reviewed = await saveEvent(tx, call, event, {
    state: 'resolved',
    resolution: 'reviewed',
    resolved_from: 'clear',
    resolved_by: call.caller.actor,
    last_updated_at: call.now,
  })
  ledger.note(event.mentor_key, eventChange('resolved', event, reviewed))
  return reviewed
}

async function requireSameDecision(tx: Tx, call: Call, event: EventRow, move: Move): Promise<void> {
  const activity = await findActivity(tx, call, event.activity_key)
  const merged = event.resolution === 'merge' || event.resolution === 'co_led'
  const same =
    (move.resolution ?? event.resolution) === event.resolution &&
    (!merged || (move.candidate_id ?? activity?.id) === activity?.id) &&
    (move.field_choices === undefined || (merged && agreesWith(event.receipt?.lines ?? [], move.field_choices)))
  if (same) return
  throw alreadyResolved(event)
}
