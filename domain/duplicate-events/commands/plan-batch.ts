import 'server-only'
import type { Counted } from '@/domain/activities/countable'
import { countableChange } from '@/domain/activities/countable-rule'
import type { Answer, Call } from '@/lib/call'
import { one, sql, type Tx } from '@/lib/db'
import { AppError, toAppError } from '@/lib/errors'
import { type BatchFacts, findNamedEvents, type NamedEvent, readBatchFacts } from '../batch-facts'
import { type OrderedRow, orderRows } from '../batch-order'
import { planDecision, requireWaiting } from '../batch-plan'
import { getBatch } from '../batch-rows'
import type { BatchItem, DuplicateBatch, PlanBatchBody } from '../batch-schema'
import { chooseCandidate, requireResolution } from '../choose'
import { slotsBesides } from '../countable-change'
import { eventId } from '../event-row'
import { draftFields } from '../merge-plan'
import { needsCheck } from '../run-check'

type Decision = PlanBatchBody['decisions'][number]
type PlannedItem = Pick<BatchItem, 'resolution' | 'candidate_id' | 'plan' | 'outcome' | 'code' | 'detail'>

interface Row extends OrderedRow {
  readonly event: NamedEvent
  readonly decision: Decision
}

/**
 * Stores what each decision would do, or the code with which it would be refused, and changes nothing else. Each row is
 * planned on what those before it leave, in the order in which all of them can be carried out. Throws `event_not_found`
 * for an id that names nothing at all.
 */
export async function planBatch(tx: Tx, call: Call, { decisions }: PlanBatchBody): Promise<Answer<DuplicateBatch>> {
  const ids = decisions.map(({ id }) => id)
  const events = await findNamedEvents(tx, call, ids)
  const facts = await readBatchFacts(tx, call, [...events.values()])
  const rows = decisions.map((decision) => {
    const event = events.get(decision.id)
    if (!event) throw notFound(decision.id, ' Nothing was planned; leave it out.')
    return { event, event_key: event.key, decision, rechecks: recheckedBy(event, decision, facts) }
  })
  const rechecked = new Map<number, NamedEvent>()
  const items = orderRows(rows).map((row, position) => {
    const { event_key, decision } = row
    return { position, event_key, review_version: decision.review_version, ...planRow(row, facts, rechecked) }
  })
  const batch = await one<{ key: number; id: string }>(
    tx,
    sql`INSERT INTO duplicate_batch (org_id, state, created_by, created_at)
        VALUES (${call.caller.org}, 'planned', ${call.caller.actor}, ${call.now}) RETURNING key, id`,
  )
  await tx.query(
    sql`INSERT INTO duplicate_batch_item (batch_key, position, event_key, review_version, resolution, candidate_id, plan,
          outcome, code, detail)
        SELECT ${batch.key}, position, event_key, review_version, resolution, candidate_id, plan, outcome, code, detail
        FROM jsonb_to_recordset(${JSON.stringify(items)}::jsonb) AS item(position integer, event_key bigint,
          review_version integer, resolution text, candidate_id text, plan jsonb, outcome text, code text, detail text)`,
  )
  return getBatch(tx, call, batch.id)
}

/** The events whose draft waits for what the decision takes away, or was told apart from what it changes. */
function recheckedBy(event: NamedEvent, decision: Decision, { found, activities, distinct }: BatchFacts): Set<number> {
  if (decision.resolution === 'keep_both') return new Set()
  if (decision.resolution === 'discard_draft') {
    const waiting = [...found].filter(([, candidates]) => candidates.some(({ draft_key }) => draft_key === event.key))
    return new Set(waiting.map(([key]) => key))
  }
  const into = (found.get(event.key) ?? []).find(
    ({ activity_key }) =>
      activity_key !== null && [undefined, activities.get(activity_key)?.id].includes(decision.candidate_id),
  )
  const apart = distinct.filter(({ activity_key }) => activity_key === into?.activity_key)
  return new Set(apart.map(({ draft_key }) => draft_key).filter((key) => key !== event.key))
}

/** `rechecked`: events that are checked anew by a row before, with that row's event. */
function planRow(row: Row, facts: BatchFacts, rechecked: Map<number, NamedEvent>): PlannedItem {
  const { event, decision } = row
  const { found, activities } = facts
  try {
    if (event.cancelled_at !== null) throw notFound(decision.id)
    requireWaiting(event, needsCheck(event))
    const chosen = chooseCandidate(event, found.get(event.key) ?? [], activities, decision)
    const resolution = requireResolution(event, chosen, decision, false)
    const by = rechecked.get(event.key)
    if (by) throw changedBefore(event, by)
    const { touched, after } = planDecision(event, chosen, resolution)
    if (after) activities.set(after.key, after)
    const kept =
      resolution === 'keep_both' ? { ...draftFields(event.draft ?? {}, event), mentor_key: event.mentor_key } : null
    const countable_change = log(facts, after?.key ?? decision.id, after ?? kept)
    for (const key of row.rechecks) rechecked.set(key, event)
    return {
      resolution,
      candidate_id: chosen.activity?.id ?? null,
      plan: { ...touched, countable_change },
      outcome: 'planned',
      code: null,
      detail: null,
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw toAppError(error)
    const asked = { resolution: decision.resolution ?? 'merge', candidate_id: decision.candidate_id ?? null }
    return { ...asked, plan: null, outcome: 'refused', code: error.code, detail: error.message }
  }
}

/** Logs an activity, under its key, in place of what it was. Returns by how much more count then. */
function log({ logged, rule }: BatchFacts, key: number | string, after: Counted | null): number {
  if (!after) return 0
  const { mentor_key } = after
  const change = countableChange(
    rule,
    slotsBesides(rule, logged.values(), { mentor_key, key }),
    logged.get(key) ?? null,
    after,
  )
  logged.set(key, { ...after, key })
  return change
}

function changedBefore(event: NamedEvent, by: NamedEvent): AppError {
  return new AppError(
    'changed_by_batch',
    `${eventId(event)} is checked again once ${eventId(by)} has been decided like this. Decide about it after the batch.`,
  )
}

function notFound(id: string, hint = ''): AppError {
  return new AppError('event_not_found', `There is no event ${id}.${hint}`)
}
