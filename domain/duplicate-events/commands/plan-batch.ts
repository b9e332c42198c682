import 'server-only'
import {
  type CountableRule,
  type Counted,
  countCountable,
  findOnDays,
  requireCountableRule,
} from '@/domain/activities/countable'
import { type Activity, findActivities } from '@/domain/activities/queries'
import type { Answer, Call } from '@/lib/call'
import { one, rows, sql, type Tx } from '@/lib/db'
import { AppError, toAppError } from '@/lib/errors'
import type { Instant } from '@/lib/instant'
import { planDecision, requireWaiting } from '../batch-plan'
import { getBatch } from '../batch-rows'
import type { BatchItem, DuplicateBatch, PlanBatchBody } from '../batch-schema'
import { chooseCandidate, requireResolution } from '../choose'
import { type EventRow, eventColumns, eventId } from '../event-row'
import { type LiveCandidate, listLiveCandidates } from '../live-candidates'
import { draftFields } from '../merge-plan'
import { needsCheck } from '../run-check'

type Decision = PlanBatchBody['decisions'][number]
type NamedEvent = EventRow & { readonly cancelled_at: Instant | null }
type PlannedItem = Pick<BatchItem, 'resolution' | 'candidate_id' | 'plan' | 'outcome' | 'code' | 'detail'>

/** What a plan is made of: read once for all of it. */
interface Facts {
  readonly found: ReadonlyMap<number, readonly LiveCandidate[]>
  /** As they will be after the rows that come before. */
  readonly activities: Map<number, Activity>
  /** What the mentors concerned logged on the days concerned, likewise. */
  readonly logged: Map<number | string, Counted>
  readonly rule: CountableRule
}

/**
 * Stores what each decision would do, or the code with which a single one would be refused, and changes nothing else.
 * Rows are planned in their order, each on what those before it leave. Throws `event_not_found` for an id that names
 * nothing at all.
 */
export async function planBatch(tx: Tx, call: Call, { decisions }: PlanBatchBody): Promise<Answer<DuplicateBatch>> {
  const events = await findNamedEvents(tx, call, decisions)
  const facts = await readFacts(tx, call, [...events.values()])
  const items = decisions.map((decision, position) => {
    const event = events.get(decision.id)
    if (!event) throw notFound(decision.id, ' Nothing was planned; leave it out.')
    const { review_version } = decision
    return { position, event_key: event.key, review_version, ...planItem(event, decision, facts) }
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

function planItem(event: NamedEvent, decision: Decision, facts: Facts): PlannedItem {
  const { found, activities } = facts
  const asked = { resolution: decision.resolution ?? 'merge', candidate_id: decision.candidate_id ?? null }
  try {
    if (event.cancelled_at !== null) throw notFound(decision.id)
    requireWaiting(event, needsCheck(event))
    const chosen = chooseCandidate(event, found.get(event.key) ?? [], activities, decision)
    const resolution = requireResolution(event, chosen, decision, false)
    const { touched, after } = planDecision(event, chosen, resolution)
    if (after) activities.set(after.key, after)
    const kept =
      resolution === 'keep_both' ? { ...draftFields(event.draft ?? {}, event), mentor_key: event.mentor_key } : null
    return {
      resolution,
      candidate_id: chosen.activity?.id ?? null,
      plan: { ...touched, countable_change: countChange(facts, after?.key ?? decision.id, after ?? kept) },
      outcome: 'planned',
      code: null,
      detail: null,
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw toAppError(error)
    return { ...asked, plan: null, outcome: 'refused', code: error.code, detail: error.message }
  }
}

/** Logs an activity, under its key, in place of what it was, and tells by how much more count then. */
function countChange({ logged, rule }: Facts, key: number | string, after: Counted | null): number {
  if (!after) return 0
  const sameDay = () =>
    [...logged.values()].filter(({ mentor_key, date }) => mentor_key === after.mentor_key && date === after.date)
  const before = countCountable(rule, sameDay())
  logged.set(key, after)
  return countCountable(rule, sameDay()) - before
}

function notFound(id: string, hint = ''): AppError {
  return new AppError('event_not_found', `There is no event ${id}.${hint}`)
}

/** The events by their ids, also those that were cancelled. */
async function findNamedEvents(tx: Tx, call: Call, decisions: readonly Decision[]): Promise<Map<string, NamedEvent>> {
  const numbers = decisions.map(({ id }) => Number(id.slice('evt-'.length)))
  const found = await rows<NamedEvent>(
    tx,
    sql`SELECT ${eventColumns}, e.cancelled_at
        FROM duplicate_event e JOIN mentor m ON m.key = e.mentor_key AND m.erased_at IS NULL
        WHERE e.org_id = ${call.caller.org} AND e.number = ANY(${numbers})`,
  )
  return new Map(found.map((event) => [eventId(event), event]))
}

async function readFacts(tx: Tx, call: Call, events: readonly EventRow[]): Promise<Facts> {
  const live = await listLiveCandidates(
    tx,
    events.map(({ key }) => key),
  )
  const keys = live.flatMap(({ activity_key }) => (activity_key === null ? [] : [activity_key]))
  const activities = await findActivities(tx, call, [...new Set(keys)])
  const logged = await findOnDays(
    tx,
    [...events, ...activities.values()].map(({ mentor_key, date }) => ({ mentor_key, date })),
  )
  return {
    rule: await requireCountableRule(tx, call),
    logged: new Map(logged.map((one) => [one.key, one])),
    found: new Map(events.map(({ key }) => [key, live.filter(({ event_key }) => event_key === key)])),
    activities,
  }
}
