import 'server-only'
import type { Call } from '@/lib/call'
import { type Sql, sql } from '@/lib/db'
import type { DuplicateQueueQuery } from './review-schema'

/** SQL: the events `e` that wait for a coordinator. */
export function waitsForReview(call: Call): Sql {
  return sql`e.org_id = ${call.caller.org} AND e.state = 'duplicate_found' AND e.cancelled_at IS NULL`
}

/** SQL: the orders of the queue, each served by an index; surest first is the order that reviews follow each other in. */
export const QUEUE_ORDERS: Readonly<Record<DuplicateQueueQuery['sort'], Sql>> = {
  '-probability': sql`e.probability DESC NULLS LAST, e.key`,
  probability: sql`e.probability NULLS FIRST, e.key DESC`,
  dispatched_at: sql`e.dispatched_at, e.key`,
  '-dispatched_at': sql`e.dispatched_at DESC, e.key DESC`,
  date: sql`e.date, e.key`,
  '-date': sql`e.date DESC, e.key DESC`,
}
