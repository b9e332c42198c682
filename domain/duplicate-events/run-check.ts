import 'server-only'
import { insertActivity } from '@/domain/activities/commands'
import type { Call } from '@/lib/call'
import { readClock } from '@/lib/clock'
import { first, sql, type Tx, transaction } from '@/lib/db'
import { type AppError, toAppError } from '@/lib/errors'
import { log } from '@/lib/log'
import { findCandidates, keepCandidates } from './candidates'
import { type EventRow, eventChange, eventId, findEvent, saveEvent } from './event-row'
import { type Ledger, lockDays, withMentors } from './ledger'
import { draftFields } from './merge-plan'
import { carryDistinctPairs, listWaiters, recheckLater, touchReviews } from './waiting'

/** True where what the event says of itself is not, or no longer, the outcome of a check. */
export function needsCheck(event: EventRow): boolean {
  return event.state === 'checking' || (event.state === 'duplicate_found' && event.recheck)
}

/**
 * Brings a check to its end: `clear` keeps the draft as an activity, `duplicate_found` waits for a coordinator. Needs the
 * mentor's row and the days.
 */
export async function endCheck(tx: Tx, call: Call, event: EventRow, ledger: Ledger): Promise<EventRow> {
  const found = await findCandidates(tx, call, event)
  await keepCandidates(tx, event, found)
  const looked = {
    recheck: false,
    review_version: event.review_version + 1,
    probability: found[0]?.probability ?? null,
  }
  if (found.length > 0) {
    const waiting = await saveEvent(tx, call, event, { ...looked, state: 'duplicate_found' })
    ledger.note(event.mentor_key, eventChange('duplicate_found', event, waiting))
    return waiting
  }
  const { key, id } = await keepDraft(tx, call, event, ledger)
  const cleared = await saveEvent(tx, call, event, { ...looked, state: 'clear', activity_key: key })
  ledger.note(event.mentor_key, {
    ...eventChange('cleared', event, cleared),
    after: { state: 'clear', activity_id: id },
  })
  await touchReviews(tx, await listWaiters(tx, event))
  return cleared
}

/** Makes the draft an activity of its own. */
export async function keepDraft(
  tx: Tx,
  call: Call,
  event: EventRow,
  ledger: Ledger,
): Promise<{ key: number; id: string }> {
  const fields = draftFields(event.draft ?? {}, event)
  const activity = await insertActivity(tx, call, event.mentor_key, fields)
  await carryDistinctPairs(tx, event.key, activity.key)
  ledger.note(event.mentor_key, {
    type: 'activity',
    id: activity.id,
    action: 'recorded',
    before: null,
    after: { ...fields, mentor_id: event.peer_id },
  })
  return activity
}

/**
 * The background check of one event, in a transaction of its own; nothing to do where it is no longer needed. A fault of
 * the database or of the program is thrown, so that the worker tries again. A fault of the data, or any in the last
 * attempt, leaves the event `failed` with a sentence, to be tried again by PUT.
 */
export async function runDuplicateCheck(
  eventKey: number,
  org: string,
  options: { lastAttempt?: boolean } = {},
): Promise<void> {
  const call: Call = {
    caller: { org, actor: 'duplicate-check' },
    now: readClock(),
    requestId: `duplicate-check-${eventKey}`,
    ifMatch: null,
    afterCommit: () => {
      throw new Error('a check leaves nothing to do after its commit')
    },
  }
  try {
    await transaction((tx) => changeEvent(tx, call, eventKey, endCheck))
  } catch (error) {
    const known = toAppError(error)
    const mayPass = known.code === 'database_unavailable' || known.code === 'internal_error'
    if (mayPass && !options.lastAttempt) throw error
    log.error({ err: error, event: eventKey, org }, 'a duplicate check failed')
    await transaction((tx) =>
      changeEvent(tx, call, eventKey, (_, __, event, ledger) => fail(tx, call, event, ledger, known)),
    )
  }
}

type Change = (tx: Tx, call: Call, event: EventRow, ledger: Ledger) => Promise<EventRow>

async function changeEvent(tx: Tx, call: Call, eventKey: number, change: Change): Promise<void> {
  const named = await first<{ mentor_key: number; date: string }>(
    tx,
    sql`SELECT e.mentor_key, e.date FROM duplicate_event e JOIN mentor m ON m.key = e.mentor_key AND m.erased_at IS NULL
        WHERE e.org_id = ${call.caller.org} AND e.key = ${eventKey}`,
  )
  if (!named) return
  await withMentors(tx, call, [named.mentor_key], async (ledger) => {
    await lockDays(tx, call, named.date)
    const event = await findEvent(tx, call, sql`e.key = ${eventKey}`)
    if (event && needsCheck(event)) await change(tx, call, event, ledger)
  })
}

async function fail(tx: Tx, call: Call, event: EventRow, ledger: Ledger, fault: AppError): Promise<EventRow> {
  const reason = fault.code === 'invalid_request' ? fault.message : 'The check met a fault on our side.'
  const failed = await saveEvent(tx, call, event, {
    state: 'failed',
    recheck: false,
    error: `${eventId(event)} could not be checked: ${reason} The draft is kept; set the state to checking to try again.`,
  })
  ledger.note(event.mentor_key, eventChange('failed', event, failed))
  await recheckLater(tx, call, await listWaiters(tx, event))
  return failed
}
