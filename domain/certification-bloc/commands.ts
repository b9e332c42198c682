import 'server-only'
import { type LockedMentor, lockMentorByKey, lockOrRegisterMentor } from '@/domain/mentors/lock'
import { recordMentorChange } from '@/domain/mentors/record'
import type { Answer, Call } from '@/lib/call'
import { first, one, sql, type Tx } from '@/lib/db'
import { requireVersion } from '@/lib/http/if-match'
import { type Instant, wireTime } from '@/lib/instant'
import { type Applied, applyEvent, type BlocPayload } from './apply-event'
import { blocEventId, blocEventNotFound, blocEventNumber, getBlocSnapshot } from './queries'
import { findNewerRenewal, findRenewals, superseded } from './queued-events'
import type {
  BlocEventDetail,
  BlocEventType,
  DeletedBlocEvent,
  PostBlocEventBody,
  PostedBlocEvent,
  RetriedBlocEvent,
} from './schema'

/**
 * Takes in an event and applies it. One that cannot be applied now is stored with `processed` false and an `error`, for
 * a retry. Registers an unknown mentor; throws `mentor_not_found` for an erased one.
 */
export async function recordBlocEvent(tx: Tx, call: Call, body: PostBlocEventBody): Promise<Answer<PostedBlocEvent>> {
  const mentor = await lockOrRegisterMentor(tx, call, body.mentor_id)
  const payload: BlocPayload = body.payload ?? null
  const done = await applyEvent(tx, call, mentor, { event_type: body.event_type, payload })
  const processed = done.error === null
  const { number } = await one<{ number: number }>(
    tx,
    sql`INSERT INTO bloc_event (org_id, mentor_key, event_type, payload, processed, error, applied, fired_at, updated_at)
        VALUES (${call.caller.org}, ${mentor.key}, ${body.event_type}, ${json(payload)}, ${processed}, ${done.error},
          ${json(done.applied)}, ${call.now}, ${call.now})
        RETURNING number`,
  )
  const id = blocEventId(number)
  await recordMentorChange(tx, call, mentor, done.patch, [
    {
      type: 'bloc_event',
      id,
      action: 'recorded',
      before: null,
      after: loggedState({ ...body, payload, ...outcomeOf(done) }),
    },
    ...done.changes,
  ])
  const { body: state } = await getBlocSnapshot(tx, call, mentor.mentor_id, 1)
  return {
    version: 1,
    body: {
      id,
      mentor_id: mentor.mentor_id,
      event_type: body.event_type,
      payload,
      processed,
      new_state: { cert_status: state.cert_status, enrolled_course_ids: state.enrolled_course_ids },
      created_at: wireTime(call.now),
      ...(done.error !== null && { error: done.error }),
    },
  }
}

/**
 * Applies an event again. One that has been applied stays as it was then fixed: what has happened to the certification
 * since stands, so applying twice has the effect of applying once. Throws `event_not_found`.
 */
export async function retryBlocEvent(tx: Tx, call: Call, id: string): Promise<Answer<RetriedBlocEvent>> {
  const { mentor, event } = await lockEvent(tx, call, id)
  const done = await applyAgain(tx, call, mentor, event)
  const outcome = outcomeOf(done)
  const { version } = await one<{ version: number }>(
    tx,
    sql`UPDATE bloc_event SET processed = ${outcome.processed}, error = ${outcome.error}, applied = ${json(outcome.applied)},
          version = version + 1, updated_at = ${call.now}
        WHERE key = ${event.key} AND version = ${event.version} RETURNING version`,
  )
  await recordMentorChange(tx, call, mentor, done.patch, [
    {
      type: 'bloc_event',
      id,
      action: 'retried',
      before: loggedState(event),
      after: loggedState({ ...event, ...outcome }),
    },
    ...done.changes,
  ])
  return {
    version,
    body: {
      id,
      retried: true,
      processed: outcome.processed,
      updated_at: wireTime(call.now),
      ...(outcome.error !== null && { error: outcome.error }),
    },
  }
}

async function applyAgain(tx: Tx, call: Call, mentor: LockedMentor, event: EventRow): Promise<Applied> {
  if (event.processed) return { error: null, applied: event.applied, patch: {}, changes: [] }
  const ofMentor = new Map([[mentor.mentor_id, mentor]])
  const renewals = await findRenewals(tx, ofMentor, [{ ...event, mentor_id: mentor.mentor_id }])
  const newer = await findNewerRenewal(tx, call, mentor, event, renewals)
  return newer ? superseded(newer) : applyEvent(tx, call, mentor, event)
}

/** Takes an event out of the history; certifications stay as they are. Throws `event_not_found`. */
export async function deleteBlocEvent(tx: Tx, call: Call, id: string): Promise<Answer<DeletedBlocEvent>> {
  const { mentor, event } = await lockEvent(tx, call, id)
  await tx.query(sql`UPDATE bloc_event SET deleted_at = ${call.now}, updated_at = ${call.now}, version = version + 1
    WHERE key = ${event.key} AND deleted_at IS NULL`)
  await recordMentorChange(tx, call, mentor, {}, [
    { type: 'bloc_event', id, action: 'deleted', before: loggedState(event), after: null },
  ])
  return { body: { deleted: true, id } }
}

interface EventRow {
  key: number
  event_type: BlocEventType
  payload: BlocPayload
  processed: boolean
  error: string | null
  applied: BlocEventDetail['applied']
  fired_at: Instant
  client_timestamp: Instant | null
  version: number
}

/** Locks the event's mentor and then reads the event. Throws `event_not_found`, also for a removed one, and 412. */
async function lockEvent(tx: Tx, call: Call, id: string): Promise<{ mentor: LockedMentor; event: EventRow }> {
  const number = blocEventNumber(id)
  const owner = await first<{ mentor_key: number }>(
    tx,
    sql`SELECT mentor_key FROM bloc_event WHERE org_id = ${call.caller.org} AND number = ${number}`,
  )
  if (!owner) throw blocEventNotFound(id)
  const mentor = await lockMentorByKey(tx, call, owner.mentor_key)
  const event = await first<EventRow>(
    tx,
    sql`SELECT key, event_type, payload, processed, error, applied, fired_at, client_timestamp, version FROM bloc_event
        WHERE org_id = ${call.caller.org} AND number = ${number} AND deleted_at IS NULL`,
  )
  if (!event) throw blocEventNotFound(id)
  requireVersion(call, event.version)
  return { mentor, event }
}

function outcomeOf({ error, applied }: Pick<Applied, 'error' | 'applied'>) {
  return { processed: error === null, error, applied }
}

function loggedState(event: Pick<EventRow, 'event_type' | 'payload' | 'processed' | 'error' | 'applied'>): object {
  const { event_type, payload, processed, error, applied } = event
  return { event_type, payload, processed, error, applied }
}

// SQL's null where there is no value, not JSON's
function json(value: object | null): string | null {
  return value === null ? null : JSON.stringify(value)
}
