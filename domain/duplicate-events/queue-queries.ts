import 'server-only'
import type { Answer, Call } from '@/lib/call'
import { type Db, join, one, readInPieces, rows, type Snapshot, type Sql, sql } from '@/lib/db'
import { wireTime } from '@/lib/instant'
import { readListCursor, writeListCursor } from '@/lib/list-cursor'
import { pageWithTotal } from '@/lib/list-total'
import { ALL_ROWS, pageSlice } from '@/lib/pagination'
import { MOST_SELECTED } from '@/lib/selection-limit'
import { listOf } from '@/lib/wire'
import { type EventRow, eventColumns, eventId, liveEvents } from './event-row'
import { listLiveCandidates } from './live-candidates'
import { draftFields } from './merge-plan'
import { QUEUE_ORDERS, waitsForReview } from './queue-order'
import { listReviewCandidates } from './review-candidates'
import type {
  DuplicateQueueQuery,
  DuplicateQueueRow,
  DuplicateQueueSelection,
  DuplicateQueueSelectionQuery,
  DuplicateQueueView,
} from './review-schema'
import type { ReviewCandidate } from './schema'

type Filters = Pick<DuplicateQueueQuery, 'mentor_id' | 'certain' | 'sort'>
type WaitingEvent = EventRow & { readonly mentor_name: string }

/** The drafts that wait for a coordinator, each beside the surest of what it may duplicate; surest first by default. */
export async function viewDuplicateQueue(
  db: Db,
  call: Call,
  query: DuplicateQueueQuery,
): Promise<Answer<DuplicateQueueView>> {
  const found = await pageWithTotal<WaitingEvent>(db, pageOf(call, query), countOf(call, query))
  const [data, as_of] = await Promise.all([toRows(db, call, found.rows), writeListCursor(call, found.snapshot)])
  return { body: { ...listOf(data, query, found.total), as_of } }
}

/** All that `viewDuplicateQueue` would page through, in its order and in pieces. */
export async function* readDuplicateQueue(
  snapshot: Snapshot,
  call: Call,
  filters: Filters,
): AsyncGenerator<DuplicateQueueRow[]> {
  for await (const piece of readInPieces<WaitingEvent>(snapshot, pageOf(call, { ...filters, ...ALL_ROWS }))) {
    yield await toRows(snapshot, call, piece)
  }
}

/**
 * What matched when a view was read and has not been touched since, in its order, 10,000 at most. Throws
 * `list_outdated`.
 */
export async function selectDuplicateQueue(
  db: Db,
  call: Call,
  { as_of, ...filters }: DuplicateQueueSelectionQuery,
): Promise<Answer<DuplicateQueueSelection>> {
  const { snapshot } = await readListCursor(call, as_of)
  const [selected, { count }] = await Promise.all([
    rows<Pick<WaitingEvent, 'number' | 'review_version' | 'mentor_name'> & { two_mentors: boolean }>(
      db,
      // not by the change log: what a reviewer sees of a draft also changes with what others decide
      sql`SELECT e.number, e.review_version, m.full_name AS mentor_name, ${isOfOneMentor} IS FALSE AS two_mentors
          FROM ${liveEvents}
          WHERE ${conditionsOf(call, filters)} AND pg_visible_in_snapshot(e.written_in, ${snapshot}::pg_snapshot)
          ORDER BY ${QUEUE_ORDERS[filters.sort]} LIMIT ${MOST_SELECTED}`,
    ),
    one<{ count: number }>(db, countOf(call, filters)),
  ])
  const data = selected.map(({ number, ...row }) => ({ id: eventId({ number }), ...row }))
  return { body: { data, left_out: Math.max(0, count - data.length) } }
}

function pageOf(call: Call, query: DuplicateQueueQuery): Sql {
  return sql`SELECT ${eventColumns}, m.full_name AS mentor_name FROM ${liveEvents}
    WHERE ${conditionsOf(call, query)} ORDER BY ${QUEUE_ORDERS[query.sort]} ${pageSlice(query)}`
}

function countOf(call: Call, filters: Filters): Sql {
  return sql`SELECT count(*) AS count FROM ${liveEvents} WHERE ${conditionsOf(call, filters)}`
}

const CERTAIN = 0.99

function conditionsOf(call: Call, { mentor_id, certain }: Filters): Sql {
  const conditions = [waitsForReview(call)]
  if (mentor_id !== undefined) {
    conditions.push(
      sql`e.mentor_key = (SELECT key FROM mentor WHERE org_id = ${call.caller.org} AND mentor_id = ${mentor_id} AND erased_at IS NULL)`,
    )
  }
  if (certain === true) conditions.push(isCertain)
  if (certain === false) conditions.push(sql`${isCertain} IS NOT TRUE`)
  return join(conditions, ' AND ')
}

// of the surest that was found for `e`, nothing where none is left
const ofSurest = (facts: Sql) => sql`(
  SELECT ${facts}
  FROM duplicate_candidate c
  LEFT JOIN duplicate_event d ON d.key = c.draft_key
  LEFT JOIN activity a ON a.key = coalesce(c.activity_key, d.activity_key)
  WHERE c.event_key = e.key
    AND (a.key IS NOT NULL OR (d.cancelled_at IS NULL AND d.state IN ('checking', 'duplicate_found')))
  ORDER BY c.probability DESC, c.key LIMIT 1)`

// whether the draft's mentor logged it, or is credited with it
const sharesMentor = sql`(coalesce(a.mentor_key, d.mentor_key) = e.mentor_key
  OR EXISTS (SELECT FROM activity_co_leader l WHERE l.activity_key = a.key AND l.mentor_key = e.mentor_key))`
const isOfOneMentor = ofSurest(sharesMentor)

// two bare calls of one day may well be two calls: a time or a place has to agree as well
const hasTellingAgreement = sql`EXISTS (
  SELECT FROM jsonb_to_recordset(c.evidence) AS found(field text, level text)
  WHERE found.field IN ('location', 'starting_time', 'participants') AND found.level LIKE 'equal%')`
const isCertain = sql`(e.probability > ${CERTAIN}
  AND ${ofSurest(sql`a.key IS NOT NULL AND ${sharesMentor} AND ${hasTellingAgreement}`)})`

async function toRows(db: Db, call: Call, waiting: readonly WaitingEvent[]): Promise<DuplicateQueueRow[]> {
  const live = await listLiveCandidates(
    db,
    waiting.map(({ key }) => key),
  )
  const candidates = await listReviewCandidates(db, call, waiting, live)
  return waiting.map((event): DuplicateQueueRow => {
    const found = candidates.get(event.key) ?? []
    return {
      id: eventId(event),
      mentor_id: event.peer_id,
      mentor_name: event.mentor_name,
      dispatched_at: wireTime(event.dispatched_at),
      review_version: event.review_version,
      probability: event.probability,
      draft: draftFields(event.draft ?? {}, event),
      candidate: found[0] ? shownInRow(found[0]) : null,
      candidate_count: found.length,
    }
  })
}

/** A row shows less of a candidate than its review. */
function shownInRow(candidate: ReviewCandidate): DuplicateQueueRow['candidate'] {
  const { activity_id, event_id, mentor_id, mentor_name, co_leaders, fields } = candidate
  const { probability, evidence, differing, allowed } = candidate
  return {
    activity_id,
    event_id,
    mentor_id,
    mentor_name,
    co_leaders: [...co_leaders],
    fields,
    probability,
    evidence: [...evidence],
    differing: [...differing],
    allowed: [...allowed],
  }
}
