import 'server-only'
import { expiryReasonSql } from '@/domain/certifications/queries'
import { type LockedMentor, lockMentorByKey, lockOrRegisterMentor, statusOf } from '@/domain/mentors/lock'
import { recordMentorChange } from '@/domain/mentors/record'
import type { Answer, Call } from '@/lib/call'
import { empty, first, one, type Sql, sql, type Tx } from '@/lib/db'
import { requireVersion } from '@/lib/http/if-match'
import { type Instant, wireTime } from '@/lib/instant'
import { applySyncEvent, effectiveTime, type Outcome } from './ordering'
import { syncEventNotFound } from './queries'
import type {
  ChangedSyncEvent,
  DeletedSyncEvent,
  PostedSyncEvent,
  PostSyncEventBody,
  PutSyncEventBody,
  SyncEventType,
} from './schema'

interface StoredVerdict extends Pick<Outcome, 'accepted' | 'rejection_reason' | 'resulting_status' | 'held_by'> {
  id: string
  event_type: SyncEventType
  server_timestamp: Instant
}

/**
 * Takes in a pause or resume by hand and answers what it led to. The same event again (mentor, type, client time) gets
 * its first answer and stores nothing, also after it was deleted. Registers an unknown mentor; throws
 * `mentor_not_found` for an erased one.
 */
export async function recordSyncEvent(tx: Tx, call: Call, body: PostSyncEventBody): Promise<Answer<PostedSyncEvent>> {
  const mentor = await lockOrRegisterMentor(tx, call, body.mentor_id)
  const clientTimestamp = body.client_timestamp ?? null
  const effective_at = effectiveTime(clientTimestamp, call.now, mentor.hand_effective_at)
  const outcome = applySyncEvent(mentor, { event_type: body.event_type, effective_at }, call.now)
  const arrived = { ...body, effective_at, client_timestamp: clientTimestamp }
  const stored = await insertEvent(tx, call, mentor, arrived, outcome)
  if (stored)
    return answerOf(body.mentor_id, { ...outcome, ...stored, event_type: body.event_type, server_timestamp: call.now })
  const earlier = await one<StoredVerdict>(
    tx,
    sql`SELECT id, event_type, accepted, rejection_reason, resulting_status, held_by, server_timestamp FROM sync_event
        WHERE mentor_key = ${mentor.key} AND event_type = ${body.event_type} AND client_timestamp = ${clientTimestamp}`,
  )
  return answerOf(body.mentor_id, earlier)
}

interface ArrivedEvent extends PostSyncEventBody {
  readonly effective_at: Instant
  readonly client_timestamp: Instant | null
}

/**
 * What `recordMentorChange` does, in one statement with the insert: this is the write that every phone sends. Returns
 * null, with nothing changed, where the event was there already.
 */
async function insertEvent(
  tx: Tx,
  call: Call,
  mentor: LockedMentor,
  event: ArrivedEvent,
  outcome: Outcome,
): Promise<{ id: string } | null> {
  const { org, actor } = call.caller
  const { accepted, rejection_reason, resulting_status, held_by } = outcome
  const reason = event.reason ?? null
  const before = {
    status: statusOf(mentor),
    paused_by_hand: mentor.paused_by_hand,
    paused_by_certification: mentor.paused_by_certification,
  }
  const after = {
    status: resulting_status,
    paused_by_hand: outcome.paused_by_hand,
    paused_by_certification: outcome.paused_by_certification,
    event_type: event.event_type,
    origin: 'app',
    accepted,
    rejection_reason,
    held_by,
    reason,
    client_timestamp: event.client_timestamp,
    effective_at: event.effective_at,
  }
  const statusUpdated = accepted ? call.now : null
  const heard = event.client_timestamp === null ? null : call.now
  // a resume that leaves an active mentor paused is the first to find the lapse: the job will have nothing to tell
  const lapse = held_by !== null && statusOf(mentor) === 'active' ? tellOfLapse(call, mentor) : null
  return first(
    tx,
    sql`WITH event AS (
          INSERT INTO sync_event (org_id, mentor_key, origin, event_type, reason, client_timestamp, effective_at,
            server_timestamp, accepted, rejection_reason, resulting_status, held_by, updated_at)
          VALUES (${org}, ${mentor.key}, 'app', ${event.event_type}, ${reason}, ${event.client_timestamp}, ${event.effective_at},
            ${call.now}, ${accepted}, ${rejection_reason}, ${resulting_status}, ${held_by}, ${call.now})
          ON CONFLICT (mentor_key, event_type, client_timestamp) WHERE client_timestamp IS NOT NULL DO NOTHING
          RETURNING id
        ), raised AS (
          UPDATE mentor SET revision = revision + 1, updated_at = ${call.now},
            paused_by_hand = ${outcome.paused_by_hand}, paused_by_certification = ${outcome.paused_by_certification},
            hand_effective_at = ${outcome.hand_effective_at},
            status_updated_at = coalesce(${statusUpdated}, status_updated_at),
            last_heard_at = coalesce(${heard}, last_heard_at)
          FROM event WHERE mentor.key = ${mentor.key} RETURNING mentor.revision
        )${lapse ? lapse.told : empty}, logged AS (
          INSERT INTO change (org_id, type, id, mentor_key, revision, action, actor, at, before, after, request_id)
          SELECT ${org}, 'sync_event', entry.id, ${mentor.key}, raised.revision, entry.action, ${actor}, ${call.now},
            entry.before, entry.after, ${call.requestId}
          FROM raised, (
            SELECT 1 AS place, id, ${actionOf(event.event_type, accepted)} AS action, ${JSON.stringify(before)}::jsonb AS before,
              ${JSON.stringify(after)}::jsonb AS after
            FROM event${lapse ? lapse.entry : empty}
          ) AS entry ORDER BY entry.place
        )
        SELECT id FROM event`,
  )
}

/**
 * The parts of the statement above that tell the app of a lapse as the expiry job would: its pending event, once `event`
 * is stored, and the entry of the change log.
 */
function tellOfLapse(call: Call, mentor: LockedMentor): { told: Sql; entry: Sql } {
  const { org } = call.caller
  const told = {
    event_type: 'PauseMentorEvent',
    origin: 'server',
    resulting_status: 'paused',
    server_timestamp: wireTime(call.now),
  }
  return {
    told: sql`, lapse AS (
          SELECT string_agg(${expiryReasonSql}, '; ' ORDER BY expires_at, id) AS reason
          FROM certification, (SELECT time_zone FROM organisation WHERE id = ${org}) AS zone
          WHERE org_id = ${org} AND mentor_key = ${mentor.key} AND is_current AND expires_at <= ${call.now}
        ), told AS (
          INSERT INTO sync_event (org_id, mentor_key, origin, event_type, reason, effective_at, server_timestamp, accepted,
            resulting_status, updated_at)
          SELECT ${org}, ${mentor.key}, 'server', 'PauseMentorEvent', lapse.reason, ${call.now}, ${call.now}, true, 'paused',
            ${call.now}
          FROM event, lapse RETURNING id, reason
        )`,
    entry: sql` UNION ALL
            SELECT 2, id, 'created', NULL, ${JSON.stringify(told)}::jsonb || jsonb_build_object('reason', reason) FROM told`,
  }
}

function actionOf(type: SyncEventType, accepted: boolean): string {
  if (!accepted) return 'superseded'
  return type === 'PauseMentorEvent' ? 'paused' : 'resumed'
}

function answerOf(mentorId: string, event: StoredVerdict): Answer<PostedSyncEvent> {
  const received = wireTime(event.server_timestamp)
  return {
    version: 1,
    body: {
      sync_event_id: event.id,
      mentor_id: mentorId,
      event_type: event.event_type,
      accepted: event.accepted,
      resulting_status: event.resulting_status,
      server_timestamp: received,
      created_at: received,
      ...(event.rejection_reason && { rejection_reason: event.rejection_reason }),
      ...(event.held_by && { held_by: event.held_by }),
    },
  }
}

interface EventRow {
  key: number
  event_type: SyncEventType
  reason: string | null
  note: string | null
  acknowledged_at: Instant | null
  acknowledged_by: string | null
  updated_at: Instant
  version: number
}

/** Locks the event's mentor and then reads the event. Throws `event_not_found`, also for a deleted one, and 412. */
async function lockEvent(tx: Tx, call: Call, id: string): Promise<{ mentor: LockedMentor; event: EventRow }> {
  const owner = await first<{ mentor_key: number }>(
    tx,
    sql`SELECT mentor_key FROM sync_event WHERE org_id = ${call.caller.org} AND id = ${id}`,
  )
  if (!owner) throw syncEventNotFound(id)
  const mentor = await lockMentorByKey(tx, call, owner.mentor_key)
  const event = await first<EventRow>(
    tx,
    sql`SELECT key, event_type, reason, note, acknowledged_at, acknowledged_by, updated_at, version FROM sync_event
        WHERE org_id = ${call.caller.org} AND id = ${id} AND deleted_at IS NULL`,
  )
  if (!event) throw syncEventNotFound(id)
  requireVersion(call, event.version)
  return { mentor, event }
}

/**
 * Acknowledges an event or takes that back, and sets the coordinator's note; the mentor's own words stay beside it.
 * What is so already is no error and changes nothing. Throws `event_not_found`.
 */
export async function changeSyncEvent(
  tx: Tx,
  call: Call,
  id: string,
  body: PutSyncEventBody,
): Promise<Answer<ChangedSyncEvent>> {
  const { mentor, event } = await lockEvent(tx, call, id)
  const acknowledged = body.acknowledged ?? event.acknowledged_at !== null
  const note = body.reason === undefined ? event.note : body.reason
  const turned = acknowledged !== (event.acknowledged_at !== null)
  if (!turned && note === event.note) return changedAnswer(id, event)
  const changed = await one<EventRow>(
    tx,
    sql`UPDATE sync_event SET note = ${note}, version = version + 1, updated_at = ${call.now},
          acknowledged_at = ${!acknowledged ? null : turned ? call.now : event.acknowledged_at},
          acknowledged_by = ${!acknowledged ? null : turned ? call.caller.actor : event.acknowledged_by}
        WHERE key = ${event.key} AND version = ${event.version}
        RETURNING key, event_type, reason, note, acknowledged_at, acknowledged_by, updated_at, version`,
  )
  const action = !turned ? 'annotated' : acknowledged ? 'acknowledged' : 'unacknowledged'
  await recordMentorChange(tx, call, mentor, {}, [
    { type: 'sync_event', id, action, before: loggedState(event), after: loggedState(changed) },
  ])
  return changedAnswer(id, changed)
}

function loggedState(event: EventRow): object {
  const { event_type, note, acknowledged_at, acknowledged_by } = event
  return { event_type, acknowledged: acknowledged_at !== null, acknowledged_at, acknowledged_by, note }
}

function changedAnswer(id: string, event: EventRow): Answer<ChangedSyncEvent> {
  return {
    version: event.version,
    body: {
      sync_event_id: id,
      acknowledged: event.acknowledged_at !== null,
      reason: event.note ?? event.reason,
      updated_at: wireTime(event.updated_at),
    },
  }
}

/**
 * Takes an event out of every view. Its words go, its verdict stays, for a phone that sends it again; the mentor's status
 * stays as it is. Throws `event_not_found`.
 */
export async function deleteSyncEvent(tx: Tx, call: Call, id: string): Promise<Answer<DeletedSyncEvent>> {
  const { mentor, event } = await lockEvent(tx, call, id)
  await tx.query(sql`UPDATE sync_event SET deleted_at = ${call.now}, updated_at = ${call.now}, version = version + 1,
    reason = NULL, note = NULL WHERE key = ${event.key} AND deleted_at IS NULL`)
  await recordMentorChange(tx, call, mentor, {}, [
    { type: 'sync_event', id, action: 'deleted', before: { ...loggedState(event), reason: event.reason }, after: null },
  ])
  return { body: { sync_event_id: id, deleted: true, deleted_at: wireTime(call.now) } }
}
