import 'server-only'
import type { Call } from '@/lib/call'
import { type Db, one, type Sql, sql } from '@/lib/db'
import { type EventRow, eventId, liveEvents } from './event-row'
import { QUEUE_ORDERS, waitsForReview } from './queue-order'

/** Where a review stands in the queue; the ids are null where there is no such neighbour. */
export interface QueuePlace {
  /** From 1; null for an event that waits for nobody. */
  readonly place: number | null
  readonly total: number
  readonly previous: string | null
  /** The following one; after the last one the first again, and the first for an event that is not in the queue. */
  readonly next: string | null
}

interface Neighbours {
  readonly before: number
  readonly total: number
  readonly first: number | null
  readonly previous: number | null
  readonly next: number | null
}

/** The place of an event in the queue, surest first; its neighbours are found by the index that orders the queue. */
export async function placeInQueue(db: Db, call: Call, event: EventRow): Promise<QueuePlace> {
  const { key, probability } = event
  const surer =
    probability === null
      ? sql`(e.probability IS NOT NULL OR e.key < ${key})`
      : sql`(e.probability >= ${probability} AND (e.probability > ${probability} OR e.key < ${key}))`
  // what was not weighed comes last, so each side of it is a search of its own
  const previous =
    probability === null
      ? sql`coalesce(${backward(call, sql`e.probability IS NULL AND e.key < ${key}`)}, ${backward(call, sql`e.probability IS NOT NULL`)})`
      : backward(call, surer)
  const next =
    probability === null
      ? forward(call, sql`e.probability IS NULL AND e.key > ${key}`)
      : sql`coalesce(${forward(call, sql`e.probability <= ${probability} AND (e.probability < ${probability} OR e.key > ${key})`)},
          ${forward(call, sql`e.probability IS NULL`)})`
  const found = await one<Neighbours>(
    db,
    sql`SELECT (SELECT count(*) FROM ${liveEvents} WHERE ${waitsForReview(call)}) AS total,
          (SELECT count(*) FROM ${liveEvents} WHERE ${waitsForReview(call)} AND ${surer}) AS before,
          ${forward(call, sql`true`)} AS first, ${previous} AS previous, ${next} AS next`,
  )
  if (event.state !== 'duplicate_found') {
    return { place: null, total: found.total, previous: null, next: idOf(found.first) }
  }
  const following = found.next ?? (found.before > 0 ? found.first : null)
  return {
    place: found.before + 1,
    total: found.total,
    previous: idOf(found.previous),
    next: idOf(following),
  }
}

function forward(call: Call, where: Sql): Sql {
  return nearest(call, where, QUEUE_ORDERS['-probability'])
}

function backward(call: Call, where: Sql): Sql {
  return nearest(call, where, QUEUE_ORDERS.probability)
}

function nearest(call: Call, where: Sql, order: Sql): Sql {
  return sql`(SELECT e.number FROM ${liveEvents} WHERE ${waitsForReview(call)} AND ${where} ORDER BY ${order} LIMIT 1)`
}

function idOf(number: number | null): string | null {
  return number === null ? null : eventId({ number })
}
