import 'server-only'
import type { Call, Caller } from '@/lib/call'
import { type Db, rows, sql, type Tx } from '@/lib/db'
import { addMicroseconds, type Instant } from '@/lib/instant'
import { weighCandidates } from './candidates'
import type { EventRow } from './event-row'
import { weighDistinctPairs } from './returned-pairs'

// the pauses between them grow to some 50 minutes; after that the event is failed, and people see it
const ATTEMPTS = 8

/** Has a check run in the background once this transaction has committed; it survives a crash. */
export async function enqueueCheck(tx: Tx, call: Call, eventKey: number): Promise<void> {
  await tx.query(
    sql`SELECT FROM graphile_worker.add_job(
          identifier => 'check-duplicates',
          payload => json_build_object('org', ${call.caller.org}::text, 'event', ${eventKey}::bigint),
          job_key => ${`check-duplicates-${eventKey}`}, max_attempts => ${ATTEMPTS}::integer)`,
  )
}

const LOST_AFTER_MICROSECONDS = 60_000_000

/**
 * Queues the checks of all organisations again that are due, were asked for more than a minute before `now`, and have no
 * job any more, or one that has given up: its process died in the last attempt.
 */
export async function requeueLostChecks(db: Db, now: Instant): Promise<void> {
  const before = addMicroseconds(now, -LOST_AFTER_MICROSECONDS)
  await db.query(
    sql`SELECT graphile_worker.add_job(
          identifier => 'check-duplicates',
          payload => json_build_object('org', e.org_id, 'event', e.key),
          job_key => 'check-duplicates-' || e.key, max_attempts => ${ATTEMPTS}::integer)
        FROM duplicate_event e JOIN mentor m ON m.key = e.mentor_key AND m.erased_at IS NULL
        WHERE e.cancelled_at IS NULL AND e.event_type = 'check'
          AND (e.state = 'checking' OR (e.state = 'duplicate_found' AND e.recheck))
          AND coalesce(e.last_updated_at, e.dispatched_at) < ${before}
          AND NOT EXISTS (
            SELECT FROM graphile_worker.jobs j
            WHERE j.key = 'check-duplicates-' || e.key AND j.attempts < j.max_attempts)`,
  )
}

/** Has a batch gone on with in the background, at once where it stands still. */
export async function enqueueBatch(db: Db, call: { caller: Pick<Caller, 'org'> }, batchKey: number): Promise<void> {
  await db.query(
    sql`SELECT FROM graphile_worker.add_job(
          identifier => 'duplicate-batch',
          payload => json_build_object('org', ${call.caller.org}::text, 'batch', ${batchKey}::bigint),
          job_key => ${`duplicate-batch-${batchKey}`}, max_attempts => ${ATTEMPTS}::integer)`,
  )
}

// Waiting events of other mentors are marked under the lock of their day alone: nothing that a contract shows changes.

/** Keys of the events that wait for a coordinator because of this draft, or of the activity it has become. */
export async function listWaiters(tx: Tx, event: Pick<EventRow, 'key' | 'activity_key'>): Promise<number[]> {
  const found = await rows<{ key: number }>(
    tx,
    sql`SELECT DISTINCT e.key FROM duplicate_candidate c JOIN duplicate_event e ON e.key = c.event_key
        WHERE c.key IN (
            SELECT key FROM duplicate_candidate WHERE draft_key = ${event.key}
            UNION
            SELECT key FROM duplicate_candidate WHERE activity_key = ${event.activity_key}
            UNION
            SELECT w.key FROM duplicate_event d JOIN duplicate_candidate w ON w.draft_key = d.key
            WHERE d.activity_key = ${event.activity_key})
          AND e.state = 'duplicate_found' AND e.cancelled_at IS NULL`,
  )
  return found.map(({ key }) => key)
}

/** What these events wait for looks different now: it is weighed anew, and a decision made on an older preview is refused. */
export async function touchReviews(tx: Tx, keys: readonly number[]): Promise<void> {
  await weighCandidates(tx, keys)
  await tx.query(
    sql`UPDATE duplicate_event SET review_version = review_version + 1, written_in = pg_current_xact_id() WHERE key = ANY(${keys})`,
  )
}

/** What these events wait for is gone: they are checked again in the background, and before any decision. */
export async function recheckLater(tx: Tx, call: Call, keys: readonly number[]): Promise<void> {
  await tx.query(
    sql`UPDATE duplicate_event SET recheck = true, review_version = review_version + 1, written_in = pg_current_xact_id() WHERE key = ANY(${keys})`,
  )
  for (const key of keys) await enqueueCheck(tx, call, key)
}

/**
 * The activity says something else now: drafts that were decided to be distinct from it are compared with it again in the
 * background, and kept activities at once. `but` is the event that is being decided.
 */
export async function recheckDistinct(tx: Tx, call: Call, activityKey: number, but: EventRow): Promise<void> {
  const found = await rows<{ key: number }>(
    tx,
    sql`SELECT e.key FROM distinct_pair p JOIN duplicate_event e ON e.key = p.other_draft_key
        WHERE p.activity_key = ${activityKey} AND e.state = 'duplicate_found' AND e.cancelled_at IS NULL
          AND e.key <> ${but.key}`,
  )
  await recheckLater(
    tx,
    call,
    found.map(({ key }) => key),
  )
  await weighDistinctPairs(tx, call, activityKey)
}

/** The draft is an activity of its own now: what was decided to be distinct from it stays so. */
export async function carryDistinctPairs(tx: Tx, draftKey: number, activityKey: number): Promise<void> {
  await tx.query(
    sql`UPDATE distinct_pair SET other_activity_key = ${activityKey}, other_content_version = 1 WHERE other_draft_key = ${draftKey}`,
  )
}

/**
 * The activity is about to be a draft again. What was decided about others stays; of what was decided when it was kept,
 * only what has changed since is remembered, so that the review can say what.
 */
export async function returnDistinctPairs(tx: Tx, activityKey: number, draftKey: number): Promise<void> {
  await tx.query(
    sql`UPDATE distinct_pair SET other_activity_key = NULL, other_content_version = NULL, other_draft_key = ${draftKey},
          returned_at = NULL, probability = NULL, evidence = NULL, earlier = NULL
        WHERE other_activity_key = ${activityKey}`,
  )
  await tx.query(
    sql`INSERT INTO distinct_pair (org_id, activity_key, content_version, content, other_draft_key, other_content, decided_by, decided_at)
        SELECT org_id, other_activity_key, other_content_version, other_content, ${draftKey}, content, decided_by, decided_at
        FROM distinct_pair WHERE activity_key = ${activityKey} AND returned_at IS NOT NULL
        ON CONFLICT (activity_key, other_draft_key) DO NOTHING`,
  )
}
