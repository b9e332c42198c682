import 'server-only'
import type { Answer, Call } from '@/lib/call'
import { type Db, first, join, rows, type Sql, sql } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { type Instant, wireTime, wireTimeOrNull } from '@/lib/instant'
import { pageWithTotal } from '@/lib/list-total'
import { pageSlice } from '@/lib/pagination'
import { type List, listOf } from '@/lib/wire'
import { withoutActivity } from './erased-values'
import { type EventRow, eventId } from './event-row'
import type { Receipt } from './merge-plan'
import type { DuplicateReceipt, DuplicateReceiptRow, DuplicateReceiptsQuery } from './review-schema'

type ReceiptColumns = Omit<DuplicateReceiptRow, 'event_id' | 'decided_at' | 'undone_at'> &
  Pick<EventRow, 'number'> & { readonly decided_at: Instant; readonly undone_at: Instant | null }

type WholeReceipt = ReceiptColumns &
  Pick<DuplicateReceipt, 'evidence'> & { readonly content: Receipt; readonly other_erased: boolean }

const ORDERS: Record<DuplicateReceiptsQuery['sort'], Sql> = {
  decided_at: sql`r.decided_at, r.key`,
  '-decided_at': sql`r.decided_at DESC, r.key DESC`,
}

// nothing but the draft was thrown away, or the activity, of a mentor who is there, is still what the decision left
const isUndoable = sql`(r.undone_at IS NULL AND e.cancelled_at IS NULL AND (r.resolution = 'discard_draft' OR EXISTS (
  SELECT FROM activity AS a JOIN mentor AS w ON w.key = a.mentor_key AND w.erased_at IS NULL
  WHERE a.key = e.activity_key AND a.content_version = (r.content ->> 'content_after')::integer)))`

const receiptColumns = sql`r.id AS receipt_id, e.number, m.mentor_id, m.full_name AS mentor_name,
  o.mentor_id AS other_mentor_id, o.full_name AS other_mentor_name, r.resolution,
  nullif(btrim(e.draft ->> 'title'), '') AS title, e.date, r.probability, r.countable_change, b.id AS batch_id, r.decided_by,
  r.decided_at, e.annotation, r.undone_by, r.undone_at, ${isUndoable} AS undoable,
  CASE WHEN r.undone_at IS NULL THEN e.review_version END AS review_version`

const wholeColumns = sql`${receiptColumns}, r.evidence, r.content,
  (r.other_mentor_key IS NOT NULL AND o.key IS NULL) AS other_erased`

const besideReceipts = sql`JOIN duplicate_event AS e ON e.key = r.event_key
  JOIN mentor AS m ON m.key = r.mentor_key
  LEFT JOIN mentor AS o ON o.key = r.other_mentor_key AND o.erased_at IS NULL
  LEFT JOIN duplicate_batch AS b ON b.key = r.batch_key`

/** Decisions, also those taken back, the latest first; those about an erased mentor's drafts are left out. */
export async function viewDuplicateReceipts(
  db: Db,
  call: Call,
  query: DuplicateReceiptsQuery,
): Promise<Answer<List<DuplicateReceiptRow>>> {
  const where = conditionsOf(call, query)
  const found = await pageWithTotal<ReceiptColumns>(
    db,
    pageOf(query, where),
    // all of them are counted in an index, the few of erased mentors by themselves
    sql`SELECT (SELECT count(*) FROM duplicate_receipt AS r WHERE ${where})
          - (SELECT count(*) FROM duplicate_receipt AS r WHERE ${where} AND r.mentor_key IN
              (SELECT key FROM mentor WHERE org_id = ${call.caller.org} AND erased_at IS NOT NULL))`,
  )
  return { body: listOf(found.rows.map(toRow), query, found.total) }
}

/**
 * One decision with every value that it touched and the evidence it was made on; the values of a mentor erased since are
 * left out. Throws `receipt_not_found`.
 */
export async function getDuplicateReceipt(db: Db, call: Call, id: string): Promise<Answer<DuplicateReceipt>> {
  const found = await first<WholeReceipt>(
    db,
    sql`SELECT ${wholeColumns} FROM duplicate_receipt AS r ${besideReceipts}
        WHERE r.org_id = ${call.caller.org} AND r.id = ${id} AND m.erased_at IS NULL`,
  )
  if (!found) throw new AppError('receipt_not_found', `There is no receipt ${id}.`)
  return { body: toReceipt(found) }
}

/** The decisions about an event, also those taken back, the latest first. */
export async function listReceiptsOf(db: Db, call: Call, eventKey: number): Promise<DuplicateReceipt[]> {
  const found = await rows<WholeReceipt>(
    db,
    sql`SELECT ${wholeColumns} FROM duplicate_receipt AS r ${besideReceipts}
        WHERE r.org_id = ${call.caller.org} AND r.event_key = ${eventKey} AND m.erased_at IS NULL ORDER BY r.key DESC`,
  )
  return found.map(toReceipt)
}

function pageOf(query: DuplicateReceiptsQuery, where: Sql): Sql {
  const order = ORDERS[query.sort]
  const isErased = sql`EXISTS (SELECT FROM mentor AS x WHERE x.key = r.mentor_key AND x.erased_at IS NOT NULL)`
  return sql`SELECT ${receiptColumns}
    FROM (SELECT r.* FROM duplicate_receipt AS r WHERE ${where} AND NOT ${isErased}
          ORDER BY ${order} ${pageSlice(query)}) AS r ${besideReceipts}
    ORDER BY ${order}`
}

function conditionsOf(call: Call, { resolution, mentor_id, batch_id }: DuplicateReceiptsQuery): Sql {
  const { org } = call.caller
  const conditions = [sql`r.org_id = ${org}`]
  if (resolution) conditions.push(sql`r.resolution = ${resolution}`)
  if (mentor_id) {
    conditions.push(sql`r.mentor_key = (SELECT key FROM mentor WHERE org_id = ${org} AND mentor_id = ${mentor_id})`)
  }
  if (batch_id) {
    conditions.push(sql`r.batch_key = (SELECT key FROM duplicate_batch WHERE org_id = ${org} AND id = ${batch_id})`)
  }
  return join(conditions, ' AND ')
}

function toReceipt({ content, evidence, other_erased, ...row }: WholeReceipt): DuplicateReceipt {
  const shown = other_erased ? withoutActivity(content) : content
  return { ...toRow(row), evidence, content: shown as DuplicateReceipt['content'] }
}

function toRow({ number, decided_at, undone_at, ...row }: ReceiptColumns): DuplicateReceiptRow {
  return {
    receipt_id: row.receipt_id,
    event_id: eventId({ number }),
    mentor_id: row.mentor_id,
    mentor_name: row.mentor_name,
    other_mentor_id: row.other_mentor_id,
    other_mentor_name: row.other_mentor_name,
    resolution: row.resolution,
    title: row.title,
    date: row.date,
    probability: row.probability,
    countable_change: row.countable_change,
    batch_id: row.batch_id,
    decided_by: row.decided_by,
    decided_at: wireTime(decided_at),
    annotation: row.annotation,
    undone_by: row.undone_by,
    undone_at: wireTimeOrNull(undone_at),
    undoable: row.undoable,
    review_version: row.review_version,
  }
}
