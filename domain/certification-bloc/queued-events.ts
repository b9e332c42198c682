import 'server-only'
import { listCurrentCertifications } from '@/domain/certifications/queries'
import type { LockedMentor } from '@/domain/mentors/lock'
import type { PhoneTime } from '@/domain/mentors/phone-clock'
import type { Call } from '@/lib/call'
import { rows, sql, type Tx } from '@/lib/db'
import type { Instant } from '@/lib/instant'
import type { Applied, BlocPayload } from './apply-event'
import type { BlocBatchEvent } from './batch-schema'
import { blocEventId } from './queries'
import type { BlocEventType } from './schema'

/** What is answered of an event that was received before. */
export interface KnownEvent {
  readonly id: string
  readonly processed: boolean
}

/** An event that was not there before, with what it led to. */
export interface NewBlocEvent extends PhoneTime, Pick<BlocBatchEvent, 'event_type' | 'client_event_id'> {
  readonly number: number
  readonly mentor: LockedMentor
  readonly payload: BlocPayload
  readonly fired_at: Instant
  readonly done: Applied
}

type Mentors = ReadonlyMap<string, LockedMentor>

export function naturalKey(mentorKey: number, clientEventId: string): string {
  return `${mentorKey} ${clientEventId}`
}

export function renewalKey(mentorKey: number, certificationType: string): string {
  return `${mentorKey} ${certificationType}`
}

/** By natural key; removed events included. Only under the locks of the mentors: then nobody adds to what is found. */
export async function findKnown(
  tx: Tx,
  mentors: Mentors,
  events: readonly BlocBatchEvent[],
): Promise<Map<string, KnownEvent>> {
  const named = events.flatMap(({ mentor_id, client_event_id }) => {
    const mentor = mentors.get(mentor_id)
    return mentor ? [{ mentor_key: mentor.key, client_event_id }] : []
  })
  const found = await rows<{ mentor_key: number; client_event_id: string; number: number; processed: boolean }>(
    tx,
    sql`SELECT e.mentor_key, e.client_event_id, e.number, e.processed
        FROM (SELECT DISTINCT * FROM jsonb_to_recordset(${JSON.stringify(named)}::jsonb)
                AS s(mentor_key bigint, client_event_id text)) AS sent
        JOIN bloc_event AS e USING (mentor_key, client_event_id)`,
  )
  return new Map(
    found.map(({ mentor_key, client_event_id, number, processed }) => [
      naturalKey(mentor_key, client_event_id),
      { id: blocEventId(number), processed },
    ]),
  )
}

/** When the newest renewal of each type was carried out, of the mentors of whom a renewal with a time is among the events. */
export async function findRenewals(
  tx: Tx,
  mentors: Mentors,
  events: readonly Pick<BlocBatchEvent, 'mentor_id' | 'event_type' | 'client_timestamp'>[],
): Promise<Map<string, Instant>> {
  const timed = events.filter(
    ({ event_type, client_timestamp }) => event_type === 'RecordRenewalEvent' && client_timestamp,
  )
  const keys = timed.flatMap(({ mentor_id }) => mentors.get(mentor_id)?.key ?? [])
  if (keys.length === 0) return new Map()
  const found = await rows<{ mentor_key: number; type: string; newest: Instant }>(
    tx,
    sql`SELECT mentor_key, applied ->> 'certification_type' AS type, max(fired_at) AS newest FROM bloc_event
        WHERE mentor_key = ANY (${keys}::bigint[]) AND event_type = 'RecordRenewalEvent' AND processed
        GROUP BY 1, 2`,
  )
  return new Map(found.map(({ mentor_key, type, newest }) => [renewalKey(mentor_key, type), newest]))
}

/** Of a renewal with a time: that of a newer one of the same type that was carried out before; null where there is none. */
export async function findNewerRenewal(
  tx: Tx,
  call: Call,
  mentor: LockedMentor,
  event: { readonly event_type: BlocEventType; readonly payload: BlocPayload; readonly fired_at: Instant },
  renewals: ReadonlyMap<string, Instant>,
): Promise<Instant | null> {
  if (event.event_type !== 'RecordRenewalEvent') return null
  const named = event.payload?.certification_type
  const type =
    typeof named === 'string'
      ? named.trim()
      : (await listCurrentCertifications(tx, call, mentor))[0]?.certification_type
  const newest = type === undefined ? undefined : renewals.get(renewalKey(mentor.key, type))
  return newest !== undefined && newest > event.fired_at ? newest : null
}

/** What becomes of a renewal that is older than the newest one: nothing. */
export function superseded(newer: Instant): Applied {
  const error = `A newer renewal, of ${newer.slice(0, 10)}, had been carried out before.`
  return { error, applied: null, patch: {}, changes: [] }
}

/** In descending order, to be taken from the end. */
export async function drawNumbers(tx: Tx, count: number): Promise<number[]> {
  const drawn = await rows<{ number: number }>(
    tx,
    sql`SELECT nextval('bloc_event_number') AS number FROM generate_series(1, ${count}::integer)`,
  )
  return drawn.map(({ number }) => number).reverse()
}

/** Stores events in their order, in one statement. */
export async function storeQueued(tx: Tx, call: Call, events: readonly NewBlocEvent[]): Promise<void> {
  const stored = events.map(({ mentor, done, ...event }, place) => ({
    ...event,
    place,
    mentor_key: mentor.key,
    error: done.error,
    applied: done.applied,
  }))
  await tx.query(sql`INSERT INTO bloc_event (org_id, number, mentor_key, event_type, payload, processed, error, applied,
      fired_at, updated_at, client_event_id, client_timestamp, client_clock, corrected_timestamp)
    SELECT ${call.caller.org}, number, mentor_key, event_type, nullif(payload, 'null'), error IS NULL, error,
      nullif(applied, 'null'), fired_at, ${call.now}, client_event_id, client_timestamp, client_clock, corrected_timestamp
    FROM jsonb_to_recordset(${JSON.stringify(stored)}::jsonb) AS e(place integer, number bigint, mentor_key bigint,
      event_type text, payload jsonb, error text, applied jsonb, fired_at timestamptz, client_event_id text,
      client_timestamp timestamptz, client_clock timestamptz, corrected_timestamp timestamptz)
    ORDER BY place`)
}
