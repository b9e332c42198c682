import 'server-only'
import { findActivity } from '@/domain/activities/queries'
import type { Call } from '@/lib/call'
import { rows, sql, type Tx } from '@/lib/db'
import { checkId, type EventPatch, type EventRow, eventColumns, eventId, findEvent, liveEvents } from '../event-row'
import type { Ledger } from '../ledger'
import { listLiveCandidates } from '../live-candidates'
import { endCheck, needsCheck } from '../run-check'
import { resolveDuplicate } from './resolve'

/** What a merge names: a check by its number, or whatever waits for the same mentor, type and date. */
export interface MergeKey {
  readonly mentor_key: number
  readonly activity_type_id: string
  readonly date: string
  readonly check_number: number | null
}

/**
 * Merges the check that is named, or the oldest that waits for the same mentor, type and date, into an activity of the same
 * mentor. A check still running is brought to its end first. Returns how the merge event ends: resolved, or failed with a
 * sentence. Needs the mentor and the days.
 */
export async function carryOutMerge(tx: Tx, call: Call, key: MergeKey, ledger: Ledger): Promise<EventPatch> {
  const named = key.check_number === null ? null : await findCheck(tx, call, key.check_number)
  if (key.check_number !== null && !named) return failed(`There is no check dc-${key.check_number}.`, key)
  if (named && named.mentor_key !== key.mentor_key) {
    return failed(`The check dc-${key.check_number} belongs to another mentor.`, key)
  }
  for (const waiting of named ? [named] : await listWaitingChecks(tx, call, key)) {
    const check = needsCheck(waiting) ? await endCheck(tx, call, waiting, ledger) : waiting
    const candidate = check.state === 'duplicate_found' ? await ownCandidate(tx, call, check) : null
    if (candidate !== null) {
      const merged = await resolveDuplicate(tx, call, check, ledger, { resolution: 'merge', candidate_id: candidate })
      return {
        state: 'resolved',
        error: null,
        check_number: check.check_number,
        resolution: 'merge',
        resolved_by: call.caller.actor,
        activity_key: merged.activity_key,
      }
    }
    if (named) return failed(reasonAgainst(check), key)
  }
  return failed('No draft of this mentor, type and date waits with an activity to merge it into.', key)
}

function reasonAgainst(check: EventRow): string {
  const name = `The check ${checkId(check)} (${eventId(check)})`
  if (check.state === 'duplicate_found') return `${name} found no activity of the same mentor: a coordinator decides.`
  return `${name} is ${check.state}: there is nothing to merge.`
}

function failed(reason: string, { check_number }: MergeKey): EventPatch {
  return {
    state: 'failed',
    check_number,
    error: `${reason} Nothing was merged; set the state to checking to try again.`,
  }
}

function findCheck(tx: Tx, call: Call, checkNumber: number): Promise<EventRow | null> {
  return findEvent(tx, call, sql`e.event_type = 'check' AND e.check_number = ${checkNumber}`)
}

function listWaitingChecks(tx: Tx, call: Call, key: MergeKey): Promise<EventRow[]> {
  return rows(
    tx,
    sql`SELECT ${eventColumns} FROM ${liveEvents}
        WHERE e.org_id = ${call.caller.org} AND e.mentor_key = ${key.mentor_key} AND e.date = ${key.date}
          AND e.activity_type_id = ${key.activity_type_id} AND e.event_type = 'check'
          AND e.state IN ('checking', 'duplicate_found') AND e.cancelled_at IS NULL
        ORDER BY e.key`,
  )
}

/** The surest activity that the same mentor logged. */
async function ownCandidate(tx: Tx, call: Call, check: EventRow): Promise<string | null> {
  for (const { activity_key } of await listLiveCandidates(tx, [check.key])) {
    const activity = await findActivity(tx, call, activity_key)
    if (activity?.mentor_key === check.mentor_key) return activity.id
  }
  return null
}
