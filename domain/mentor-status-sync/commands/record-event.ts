import 'server-only'
import { expiryReasonSql } from '@/domain/certifications/queries'
import { type LockedMentor, lockOrRegisterMentor } from '@/domain/mentors/lock'
import type { Answer, Call } from '@/lib/call'
import { empty, first, one, type Sql, sql, type Tx } from '@/lib/db'
import { type Instant, wireTime } from '@/lib/instant'
import { type ArrivedEvent, actionOf, findsLapse, loggedAfter, loggedBefore, loggedLapse } from '../logged-event'
import { applySyncEvent, type Outcome } from '../ordering'
import { placeEvent } from '../place-event'
import type { PostedSyncEvent, PostSyncEventBody, SyncEventType } from '../schema'

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
  const arrived = placeEvent(call, mentor, body, mentor.hand_effective_at)
  const outcome = applySyncEvent(mentor, arrived, call.now)
  const stored = await insertEvent(tx, call, mentor, arrived, outcome)
  if (stored)
    return answerOf(body.mentor_id, { ...outcome, ...stored, event_type: body.event_type, server_timestamp: call.now })
  const earlier = await one<StoredVerdict>(
    tx,
    sql`SELECT id, event_type, accepted, rejection_reason, resulting_status, held_by, server_timestamp FROM sync_event
        WHERE mentor_key = ${mentor.key} AND event_type = ${body.event_type} AND client_timestamp = ${arrived.client_timestamp}`,
  )
  return answerOf(body.mentor_id, earlier)
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
  const statusUpdated = accepted ? call.now : null
  const heard = event.client_timestamp === null ? null : call.now
  const lapse = findsLapse(mentor, outcome) ? tellOfLapse(call, mentor) : null
  return first(
    tx,
    sql`WITH event AS (
          INSERT INTO sync_event (org_id, mentor_key, origin, event_type, reason, client_timestamp, client_clock,
            corrected_timestamp, effective_at, server_timestamp, accepted, rejection_reason, resulting_status, held_by, updated_at)
          VALUES (${org}, ${mentor.key}, 'app', ${event.event_type}, ${reason}, ${event.client_timestamp}, ${event.client_clock},
            ${event.corrected_timestamp}, ${event.effective_at},
            ${call.now}, ${accepted}, ${rejection_reason}, ${resulting_status}, ${held_by}, ${call.now})
          ON CONFLICT (mentor_key, event_type, client_timestamp) WHERE client_timestamp IS NOT NULL DO NOTHING
          RETURNING id
        ), raised AS (
          UPDATE mentor SET revision = revision + 1, updated_at = ${call.now},
            paused_by_hand = ${outcome.paused_by_hand}, paused_by_certification = ${outcome.paused_by_certification},
            hand_effective_at = ${outcome.hand_effective_at},
            status_updated_at = coalesce(${statusUpdated}, status_updated_at),
            last_heard_at = coalesce(${heard}, last_heard_at), phone_skew_ms = coalesce(${event.skew}, phone_skew_ms)
          FROM event WHERE mentor.key = ${mentor.key} RETURNING mentor.revision
        )${lapse ? lapse.told : empty}, logged AS (
          INSERT INTO change (org_id, type, id, mentor_key, revision, action, actor, at, before, after, request_id)
          SELECT ${org}, 'sync_event', entry.id, ${mentor.key}, raised.revision, entry.action, ${actor}, ${call.now},
            entry.before, entry.after, ${call.requestId}
          FROM raised, (
            SELECT 1 AS place, id, ${actionOf(event.event_type, accepted)} AS action, ${JSON.stringify(loggedBefore(mentor))}::jsonb AS before,
              ${JSON.stringify(loggedAfter(event, outcome))}::jsonb AS after
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
            SELECT 2, id, 'created', NULL, ${JSON.stringify(loggedLapse(call.now))}::jsonb || jsonb_build_object('reason', reason) FROM told`,
  }
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
