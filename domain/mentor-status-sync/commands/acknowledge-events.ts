import 'server-only'
import { lockMentorsByKey } from '@/domain/mentors/lock'
import type { Answer, Call } from '@/lib/call'
import { rows, sql, type Tx } from '@/lib/db'
import type { Instant } from '@/lib/instant'
import { syncEventNotFound } from '../queries'
import type { AcknowledgedSyncEvent, AcknowledgedSyncEvents, AcknowledgeSyncEventsBody } from '../schema'
import { type EventRow, loggedState } from './lock-event'

type StoredEvent = EventRow & { id: string; mentor_key: number; origin: 'app' | 'server' }

/** What stands after the change, and the word that the change log has for it. */
interface Turned {
  readonly event: StoredEvent
  readonly after: EventRow
  readonly action: 'acknowledged' | 'unacknowledged' | 'annotated'
}

/**
 * Acknowledges many app events or takes that back, with a note where one is given, and answers a result for each id. An
 * id that names none, and a message to the app, are refused by themselves. Four statements however many ids come; each
 * mentor gets one new revision.
 */
export async function acknowledgeSyncEvents(
  tx: Tx,
  call: Call,
  { ids, acknowledged, reason }: AcknowledgeSyncEventsBody,
): Promise<Answer<AcknowledgedSyncEvents>> {
  const events = await lockEvents(tx, call, ids)
  const turned: Turned[] = []
  const results = ids.map((id): AcknowledgedSyncEvent => {
    const event = events.get(id)
    if (!event) {
      const { code, message } = syncEventNotFound(id)
      return {
        sync_event_id: id,
        outcome: 'refused',
        code: code as 'event_not_found',
        detail: message,
        acknowledged: null,
      }
    }
    const is = event.acknowledged_at !== null
    if (event.origin === 'server') {
      const detail = 'This is a message of the server to the app, which acknowledges it.'
      return { sync_event_id: id, outcome: 'refused', code: 'acknowledged_by_app', detail, acknowledged: is }
    }
    const note = reason === undefined ? event.note : reason
    if (is === acknowledged && note === event.note) return { sync_event_id: id, outcome: 'unchanged', acknowledged: is }
    turned.push(turn(call, event, acknowledged, note))
    return { sync_event_id: id, outcome: 'done', acknowledged }
  })
  await storeTurned(tx, call, turned)
  return { body: { results } }
}

/** Locks the mentors of the events and reads the events after that, when nobody changes them any more. */
async function lockEvents(tx: Tx, call: Call, ids: readonly string[]): Promise<Map<string, StoredEvent>> {
  const { org } = call.caller
  // whatever has another form names nothing
  const wellFormed = ids.filter((id) => /^evt_[0-9A-Z]{8}$/.test(id))
  const owners = await rows<{ mentor_key: number }>(
    tx,
    sql`SELECT DISTINCT e.mentor_key FROM sync_event AS e JOIN mentor AS m ON m.key = e.mentor_key
        WHERE e.org_id = ${org} AND e.id = ANY (${wellFormed}::text[]) AND m.erased_at IS NULL`,
  )
  const keys = owners.map((owner) => owner.mentor_key)
  await lockMentorsByKey(tx, call, keys)
  // in the next statement, which sees what was written while the locks waited
  const found = await rows<StoredEvent>(
    tx,
    sql`SELECT id, key, mentor_key, origin, event_type, reason, note, acknowledged_at, acknowledged_by, updated_at, version
        FROM sync_event
        WHERE org_id = ${org} AND id = ANY (${wellFormed}::text[]) AND mentor_key = ANY (${keys}::bigint[])
          AND deleted_at IS NULL`,
  )
  return new Map(found.map((event) => [event.id, event]))
}

function turn(call: Call, event: StoredEvent, acknowledged: boolean, note: string | null): Turned {
  if (acknowledged === (event.acknowledged_at !== null)) {
    return { event, after: { ...event, note }, action: 'annotated' }
  }
  const by: { at: Instant; actor: string } | null = acknowledged ? { at: call.now, actor: call.caller.actor } : null
  return {
    event,
    after: { ...event, note, acknowledged_at: by?.at ?? null, acknowledged_by: by?.actor ?? null },
    action: acknowledged ? 'acknowledged' : 'unacknowledged',
  }
}

async function storeTurned(tx: Tx, call: Call, turned: readonly Turned[]): Promise<void> {
  if (turned.length === 0) return
  const { org, actor } = call.caller
  const entries = turned.map(({ event, after, action }, place) => ({
    place,
    key: event.key,
    id: event.id,
    mentor_key: event.mentor_key,
    note: after.note,
    acknowledged_at: after.acknowledged_at,
    acknowledged_by: after.acknowledged_by,
    action,
    before: loggedState(event),
    after: loggedState(after),
  }))
  await tx.query(sql`WITH entry AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) AS e(place integer, key bigint, id text,
        mentor_key bigint, note text, acknowledged_at timestamptz, acknowledged_by text, action text, before jsonb, after jsonb)
    ), changed AS (
      UPDATE sync_event AS e SET note = entry.note, acknowledged_at = entry.acknowledged_at,
        acknowledged_by = entry.acknowledged_by, version = e.version + 1, updated_at = ${call.now}
      FROM entry WHERE e.key = entry.key
    ), raised AS (
      UPDATE mentor SET revision = revision + 1, updated_at = ${call.now}
      WHERE key IN (SELECT mentor_key FROM entry) RETURNING key, revision
    )
    INSERT INTO change (org_id, type, id, mentor_key, revision, action, actor, at, before, after, request_id)
    SELECT ${org}, 'sync_event', entry.id, entry.mentor_key, raised.revision, entry.action, ${actor}, ${call.now},
      entry.before, entry.after, ${call.requestId}
    FROM entry JOIN raised ON raised.key = entry.mentor_key ORDER BY entry.place`)
}
