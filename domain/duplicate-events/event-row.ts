import 'server-only'
import type { Change } from '@/domain/mentors/record'
import type { Call } from '@/lib/call'
import { type Db, first, join, raw, type Sql, sql, type Tx } from '@/lib/db'
import { AppError } from '@/lib/errors'
import type { Instant } from '@/lib/instant'
import type { Receipt } from './merge-plan'
import type { DraftActivity } from './schema'
import type { DuplicateState, Resolution } from './states'

export interface EventRow {
  readonly key: number
  readonly number: number
  readonly event_type: 'check' | 'merge'
  readonly mentor_key: number
  readonly peer_id: string
  readonly activity_type_id: string
  readonly date: string
  readonly draft: DraftActivity | null
  readonly state: DuplicateState
  readonly check_number: number | null
  readonly error: string | null
  readonly probability: number | null
  readonly recheck: boolean
  readonly review_version: number
  readonly activity_key: number | null
  readonly resolution: Resolution | 'reviewed' | null
  readonly resolved_from: 'duplicate_found' | 'clear' | null
  /** Of the decision that stands. */
  readonly receipt: Receipt | null
  readonly resolved_by: string | null
  readonly annotation: string | null
  readonly version: number
  readonly dispatched_at: Instant
  readonly last_updated_at: Instant | null
}

export const eventColumns = sql`e.key, e.number, e.event_type, e.mentor_key, m.mentor_id AS peer_id, e.activity_type_id,
  e.date, e.draft, e.state, e.check_number, e.error, e.probability, e.recheck, e.review_version, e.activity_key,
  e.resolution, e.resolved_from, e.resolved_by, e.annotation, e.version, e.dispatched_at, e.last_updated_at,
  (SELECT r.content FROM duplicate_receipt r WHERE r.event_key = e.key AND r.undone_at IS NULL) AS receipt`

/** Events that are not cancelled: `e`, with their mentor `m`. */
export const liveEvents = sql`duplicate_event e JOIN mentor m ON m.key = e.mentor_key AND m.erased_at IS NULL`

export async function findEvent(db: Db, call: Call, where: Sql): Promise<EventRow | null> {
  return first(
    db,
    sql`SELECT ${eventColumns} FROM ${liveEvents}
        WHERE e.org_id = ${call.caller.org} AND e.cancelled_at IS NULL AND ${where}`,
  )
}

/** The event `evt-<number>`. Throws `event_not_found`, also for one that was cancelled. */
export async function requireEvent(db: Db, call: Call, id: string): Promise<EventRow> {
  const event = await findEvent(db, call, sql`e.number = ${Number(id.slice('evt-'.length))}`)
  if (event && eventId(event) === id) return event
  throw new AppError('event_not_found', `There is no event ${id}.`)
}

export interface EventPatch {
  readonly state?: DuplicateState
  readonly check_number?: number | null
  readonly error?: string | null
  readonly probability?: number | null
  readonly recheck?: boolean
  readonly review_version?: number
  readonly activity_key?: number | null
  readonly resolution?: EventRow['resolution']
  readonly resolved_from?: EventRow['resolved_from']
  readonly resolved_by?: string | null
  readonly annotation?: string | null
  readonly last_updated_at?: Instant
  readonly cancelled_at?: Instant
}

/** Sets columns of an event as it was read, and raises its version. Throws 409 where somebody else was faster. */
export async function saveEvent(tx: Tx, call: Call, event: EventRow, patch: EventPatch): Promise<EventRow> {
  const sets = Object.entries(patch).map(([column, value]) => sql`${raw(column)} = ${value}`)
  const saved = await first<EventRow>(
    tx,
    sql`WITH saved AS (
          UPDATE duplicate_event SET ${join(sets)}, version = version + 1, written_in = pg_current_xact_id()
          WHERE org_id = ${call.caller.org} AND key = ${event.key} AND version = ${event.version} AND state = ${event.state}
            AND cancelled_at IS NULL
          RETURNING *
        ) SELECT ${eventColumns} FROM saved e JOIN mentor m ON m.key = e.mentor_key`,
  )
  if (saved) return saved
  throw new AppError('conflict', `${eventId(event)} was changed at the same moment. Nothing was stored; try again.`)
}

/** `evt-5503` */
export function eventId(event: Pick<EventRow, 'number'>): string {
  return `evt-${event.number}`
}

/** `dc-7846` */
export function checkId(event: Pick<EventRow, 'check_number'>): string | null {
  return event.check_number === null ? null : `dc-${event.check_number}`
}

/** A row of the change log, with the event in API words before and after. */
export function eventChange(action: string, before: EventRow | null, after: EventRow | null): Change {
  const event = after ?? before
  if (!event) throw new Error('a change has a before or an after')
  return { type: 'duplicate_event', id: eventId(event), action, before: inApiWords(before), after: inApiWords(after) }
}

function inApiWords(event: EventRow | null): object | null {
  return (
    event && {
      event_type: event.event_type,
      activity_type_id: event.activity_type_id,
      date: event.date,
      draft_activity: event.draft,
      state: event.state,
      duplicate_check_id: checkId(event),
      annotation: event.annotation,
      ...(event.error !== null && { error: event.error }),
      ...(event.resolution !== null && { resolution: event.resolution, resolved_by: event.resolved_by }),
      ...(event.receipt && { receipt: event.receipt }),
    }
  )
}
