import 'server-only'
import { lockMentorsByKey } from '@/domain/mentors/lock'
import type { Answer, Call } from '@/lib/call'
import { rows, sql, type Tx } from '@/lib/db'
import {
  type AcknowledgedSyncEvent,
  type AcknowledgedSyncEvents,
  type AcknowledgeFilter,
  type AcknowledgeSyncEventsBody,
  idsOf,
  MOST_ACKNOWLEDGED,
} from '../acknowledge-schema'
import { findUntouched } from '../inbox-queries'
import { syncEventNotFound } from '../queries'
import { type Turn, turnEvent } from '../turn-event'
import { type EventRow, loggedState } from './lock-event'

type StoredEvent = EventRow & { id: string; mentor_key: number; origin: 'app' | 'server' }

interface Turned extends Turn<EventRow> {
  readonly event: StoredEvent
}

/**
 * Acknowledges many app events or takes that back, with a note where one is given, and answers a result for each. Named by
 * their ids, or by what lay in the inbox when it was read: then 500 at a time, and whether there are `more`. An id that names none, a message to the app, an event whose note would be written over
 * another version than the one that is named, and one that somebody has written to since the inbox was read are refused
 * by themselves. A handful of statements however many there are; each mentor gets one new revision. Throws `list_outdated`.
 */
export async function acknowledgeSyncEvents(
  tx: Tx,
  call: Call,
  body: AcknowledgeSyncEventsBody,
): Promise<Answer<AcknowledgedSyncEvents>> {
  const { versions, acknowledged, reason } = body
  const found = body.filter && (await findByFilter(tx, call, body.filter))
  const ids = found?.ids ?? idsOf(body) ?? []
  const events = await lockEvents(tx, call, ids)
  // somebody may have written to them while the locks waited
  const untouched = body.filter && new Set((await findByFilter(tx, call, body.filter)).ids)
  const turned: Turned[] = []
  const results = ids.map((id, place): AcknowledgedSyncEvent => {
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
    const { version } = event
    const is = event.acknowledged_at !== null
    if (event.origin === 'server') {
      const detail = 'This is a message of the server to the app, which acknowledges it.'
      return { sync_event_id: id, outcome: 'refused', code: 'acknowledged_by_app', detail, acknowledged: is, version }
    }
    const turn = turnEvent(call, event, { acknowledged, reason })
    if (!turn) return { sync_event_id: id, outcome: 'unchanged', acknowledged: is, version }
    const isNewer = versions !== undefined && versions[place] !== version
    if ((reason !== undefined && isNewer) || untouched?.has(id) === false) {
      const detail = `The event is at version ${version} by now. Its note was kept; read it again.`
      return { sync_event_id: id, outcome: 'refused', code: 'precondition_failed', detail, acknowledged: is, version }
    }
    turned.push({ event, ...turn })
    return { sync_event_id: id, outcome: 'done', acknowledged, version: version + 1 }
  })
  await storeTurned(tx, call, turned)
  return { body: { results, ...(found && { more: found.more }) } }
}

async function findByFilter(tx: Tx, call: Call, filter: AcknowledgeFilter) {
  const ids = await findUntouched(tx, call, filter, MOST_ACKNOWLEDGED + 1)
  return { ids: ids.slice(0, MOST_ACKNOWLEDGED), more: ids.length > MOST_ACKNOWLEDGED }
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
  const mentors = await lockMentorsByKey(
    tx,
    call,
    owners.map((owner) => owner.mentor_key),
  )
  // in the next statement, which sees what was written while the locks waited
  const found = await rows<StoredEvent>(
    tx,
    sql`SELECT id, key, mentor_key, origin, event_type, reason, note, acknowledged_at, acknowledged_by, updated_at, version
        FROM sync_event
        WHERE org_id = ${org} AND id = ANY (${wellFormed}::text[]) AND mentor_key = ANY (${[...mentors.keys()]}::bigint[])
          AND deleted_at IS NULL`,
  )
  return new Map(found.map((event) => [event.id, event]))
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
