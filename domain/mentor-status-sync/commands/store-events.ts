import 'server-only'
import { expiryReasonSql } from '@/domain/certifications/queries'
import type { LockedMentor } from '@/domain/mentors/lock'
import type { Call } from '@/lib/call'
import { rows, sql, type Tx } from '@/lib/db'
import { type ArrivedEvent, actionOf, findsLapse, loggedAfter, loggedBefore, loggedLapse } from '../logged-event'
import type { Outcome, PauseState } from '../ordering'

/** An event that was not there before, with what it leads to. */
export interface NewEvent {
  readonly id: string
  readonly mentor: LockedMentor
  readonly event: ArrivedEvent
  readonly before: PauseState
  readonly outcome: Outcome
}

/**
 * Stores events in their order, brings their mentors to the state that the last one leads to, and writes the change log,
 * as `recordSyncEvent` does for one: in one statement, and a second one where somebody's lapse is found by it. Each mentor
 * gets one new revision. Only with the mentors' rows locked.
 */
export async function storeEvents(tx: Tx, call: Call, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return
  const { org, actor } = call.caller
  const lapses = await findLapses(tx, call, events)
  const arrived = events.flatMap((one) => [eventRow(one), ...lapseRows(call, one, lapses.get(one.mentor.key))])
  const stored = arrived.map(({ row }, place) => ({ place, ...row }))
  const logged = arrived.map(({ row, log }, place) => ({ place, id: row.id, mentor_key: row.mentor_key, ...log }))
  await tx.query(sql`WITH stored AS (
      INSERT INTO sync_event (org_id, mentor_key, id, origin, event_type, reason, client_timestamp, client_clock, corrected_timestamp,
        effective_at, server_timestamp, accepted, rejection_reason, resulting_status, held_by, updated_at)
      SELECT ${org}, mentor_key, id, origin, event_type, reason, client_timestamp, client_clock, corrected_timestamp,
        effective_at, ${call.now}, accepted, rejection_reason, resulting_status, held_by, ${call.now}
      FROM jsonb_to_recordset(${JSON.stringify(stored)}::jsonb) AS e(place integer, mentor_key bigint, id text, origin text,
        event_type text, reason text, client_timestamp timestamptz, client_clock timestamptz, corrected_timestamp timestamptz,
        effective_at timestamptz, accepted boolean,
        rejection_reason text, resulting_status text, held_by text)
      ORDER BY place
    ), raised AS (
      UPDATE mentor SET revision = revision + 1, updated_at = ${call.now}, paused_by_hand = s.paused_by_hand,
        paused_by_certification = s.paused_by_certification, hand_effective_at = s.hand_effective_at,
        status_updated_at = CASE WHEN s.accepted THEN ${call.now}::timestamptz ELSE status_updated_at END,
        last_heard_at = CASE WHEN s.heard THEN ${call.now}::timestamptz ELSE last_heard_at END,
        phone_skew_ms = coalesce(s.skew, phone_skew_ms)
      FROM jsonb_to_recordset(${JSON.stringify(endStates(events))}::jsonb) AS s(key bigint, paused_by_hand boolean,
        paused_by_certification boolean, hand_effective_at timestamptz, accepted boolean, heard boolean, skew bigint)
      WHERE mentor.key = s.key RETURNING mentor.key, mentor.revision
    )
    INSERT INTO change (org_id, type, id, mentor_key, revision, action, actor, at, before, after, request_id)
    SELECT ${org}, 'sync_event', c.id, raised.key, raised.revision, c.action, ${actor}, ${call.now}, c.before, c.after,
      ${call.requestId}
    FROM jsonb_to_recordset(${JSON.stringify(logged)}::jsonb)
      AS c(place integer, id text, mentor_key bigint, action text, before jsonb, after jsonb)
    JOIN raised ON raised.key = c.mentor_key ORDER BY c.place`)
}

function endStates(events: readonly NewEvent[]) {
  const ends = new Map<number, PauseState & { key: number; accepted: boolean; heard: boolean; skew: number | null }>()
  for (const { mentor, event, outcome } of events) {
    const so = ends.get(mentor.key)
    const { paused_by_hand, paused_by_certification, hand_effective_at, first_expiry } = outcome
    ends.set(mentor.key, {
      key: mentor.key,
      paused_by_hand,
      paused_by_certification,
      hand_effective_at,
      first_expiry,
      accepted: outcome.accepted || so?.accepted === true,
      heard: event.client_timestamp !== null || so?.heard === true,
      skew: event.skew ?? so?.skew ?? null,
    })
  }
  return [...ends.values()]
}

function eventRow({ id, mentor, event, before, outcome }: NewEvent) {
  const { event_type, client_timestamp, client_clock, corrected_timestamp, effective_at } = event
  const { accepted, rejection_reason, resulting_status, held_by } = outcome
  return {
    row: {
      id,
      mentor_key: mentor.key,
      origin: 'app',
      event_type,
      reason: event.reason ?? null,
      client_timestamp,
      client_clock,
      corrected_timestamp,
      effective_at,
      accepted,
      rejection_reason,
      resulting_status,
      held_by,
    },
    log: { action: actionOf(event_type, accepted), before: loggedBefore(before), after: loggedAfter(event, outcome) },
  }
}

interface Lapse {
  readonly mentor_key: number
  readonly id: string
  readonly reason: string
}

/** What the app has to be told of the mentors whose lapse one of the events is the first to find, with ids for it. */
async function findLapses(tx: Tx, call: Call, events: readonly NewEvent[]): Promise<Map<number, Lapse>> {
  const { org } = call.caller
  const keys = events.filter(({ before, outcome }) => findsLapse(before, outcome)).map(({ mentor }) => mentor.key)
  if (keys.length === 0) return new Map()
  const found = await rows<Lapse>(
    tx,
    sql`SELECT lapse.*, public_id('evt_', nextval('sync_event_number')) AS id
        FROM (
          SELECT mentor_key, string_agg(${expiryReasonSql}, '; ' ORDER BY expires_at, id) AS reason
          FROM certification, (SELECT time_zone FROM organisation WHERE id = ${org}) AS zone
          WHERE org_id = ${org} AND mentor_key = ANY (${keys}::bigint[]) AND is_current AND expires_at <= ${call.now}
          GROUP BY mentor_key
        ) AS lapse`,
  )
  return new Map(found.map((lapse) => [lapse.mentor_key, lapse]))
}

function lapseRows(call: Call, { before, outcome }: NewEvent, lapse: Lapse | undefined) {
  if (!lapse || !findsLapse(before, outcome)) return []
  const { id, mentor_key, reason } = lapse
  const told = { event_type: 'PauseMentorEvent', origin: 'server', resulting_status: 'paused' }
  return [
    {
      row: {
        ...{ id, mentor_key, reason, ...told, accepted: true, effective_at: call.now },
        ...{
          client_timestamp: null,
          client_clock: null,
          corrected_timestamp: null,
          rejection_reason: null,
          held_by: null,
        },
      },
      log: { action: 'created', before: null, after: { ...loggedLapse(call.now), reason } },
    },
  ]
}
