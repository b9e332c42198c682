import 'server-only'
import { type LockedMentor, lockOrRegisterMentors, statusOf } from '@/domain/mentors/lock'
import { requireSettings } from '@/domain/organisations/queries'
import type { Answer, Call } from '@/lib/call'
import { cursorIn } from '@/lib/cursor'
import { rows, sql, type Tx } from '@/lib/db'
import { type AnswerWords, answerWords } from '@/lib/i18n/answer-words'
import type { Instant } from '@/lib/instant'
import { applySyncEvent, type Outcome, type PauseState } from '../ordering'
import { placeEvent } from '../place-event'
import type {
  PostSyncEventBatchBody,
  PostSyncEventBody,
  SyncEventType,
  SyncEventVerdict,
  SyncEventVerdicts,
} from '../schema'
import { explainSuperseded, rejectUnread } from '../verdict-words'
import { type NewEvent, storeEvents } from './store-events'

type Known = Pick<Outcome, 'resulting_status' | 'held_by'> & { readonly id: string }

/** What a batch has come to so far. */
interface Intake {
  readonly call: Call
  readonly words: AnswerWords
  /** By natural key: what was received before, and what this batch has brought itself. */
  readonly known: Map<string, Known>
  readonly states: Map<number, PauseState>
  readonly added: NewEvent[]
  readonly ids: string[]
}

/**
 * Takes in the events of several mentors in their order, each with the outcome that the single POST would give it, and
 * answers a verdict for each. What cannot be read, or concerns an erased mentor, is rejected by itself. A few statements
 * however many events come, so that one transaction is short enough.
 */
export async function recordSyncEventBatch(
  tx: Tx,
  call: Call,
  { events }: PostSyncEventBatchBody,
): Promise<Answer<SyncEventVerdicts>> {
  const words = answerWords(call.language, (await requireSettings(tx, call)).time_zone)
  const sent = events.flatMap((item) => ('read' in item ? [item.read] : []))
  const ofMentors = sent.map((event) => event.mentor_id)
  const mentors = await lockOrRegisterMentors(tx, call, ofMentors)
  const intake: Intake = {
    call,
    words,
    known: await findKnown(tx, mentors, sent),
    states: new Map(),
    added: [],
    ids: await drawIds(tx, sent.length),
  }
  const results = events.map((item, index): SyncEventVerdict => {
    if ('unread' in item) return { index, ...rejectUnread(words, item.unread) }
    const { mentor_id } = item.read
    const mentor = mentors.get(mentor_id)
    if (mentor) return { index, mentor_id, ...decide(intake, mentor, item.read) }
    const detail = words.t('verdicts.unknownMentor', { mentor: mentor_id })
    return { index, mentor_id, verdict: 'rejected', code: 'mentor_not_found', detail }
  })
  await storeEvents(tx, call, intake.added)
  return { body: { results, cursor: await cursorIn(tx) } }
}

function naturalKey(mentorKey: number, type: SyncEventType, clientTimestamp: Instant): string {
  return `${mentorKey} ${type} ${clientTimestamp}`
}

/** Only under the locks of the mentors: then nobody adds to what is found. */
async function findKnown(
  tx: Tx,
  mentors: ReadonlyMap<string, LockedMentor>,
  events: readonly PostSyncEventBody[],
): Promise<Map<string, Known>> {
  const timed = events.flatMap(({ mentor_id, event_type, client_timestamp }) => {
    const mentor = mentors.get(mentor_id)
    return mentor && client_timestamp ? [{ mentor_key: mentor.key, event_type, client_timestamp }] : []
  })
  if (timed.length === 0) return new Map()
  const found = await rows<Known & { mentor_key: number; event_type: SyncEventType; client_timestamp: Instant }>(
    tx,
    sql`SELECT e.id, e.mentor_key, e.event_type, e.client_timestamp, e.resulting_status, e.held_by
        FROM (SELECT DISTINCT * FROM jsonb_to_recordset(${JSON.stringify(timed)}::jsonb)
                AS s(mentor_key bigint, event_type text, client_timestamp timestamptz)) AS sent
        JOIN sync_event AS e USING (mentor_key, event_type, client_timestamp)`,
  )
  return new Map(found.map((one) => [naturalKey(one.mentor_key, one.event_type, one.client_timestamp), one]))
}

async function drawIds(tx: Tx, count: number): Promise<string[]> {
  const drawn = await rows<{ id: string }>(
    tx,
    sql`SELECT public_id('evt_', nextval('sync_event_number')) AS id FROM generate_series(1, ${count}::integer)`,
  )
  return drawn.map(({ id }) => id).reverse()
}

function decide(
  intake: Intake,
  mentor: LockedMentor,
  event: PostSyncEventBody,
): Omit<SyncEventVerdict, 'index' | 'mentor_id'> {
  const { call, words, known, states, added, ids } = intake
  const client_timestamp = event.client_timestamp ?? null
  const name = client_timestamp && naturalKey(mentor.key, event.event_type, client_timestamp)
  const earlier = name ? known.get(name) : undefined
  if (earlier) return { verdict: 'duplicate', ...factsOf(earlier), detail: words.t('verdicts.duplicate') }
  const before: PauseState = states.get(mentor.key) ?? mentor
  const arrived = placeEvent(call, mentor, event, before.hand_effective_at)
  const outcome = applySyncEvent(before, arrived, call.now)
  const id = ids.pop()
  if (id === undefined) throw new Error('more events than ids were drawn for')
  added.push({ id, mentor, event: arrived, before, outcome })
  states.set(mentor.key, outcome)
  const facts = { id, resulting_status: outcome.resulting_status, held_by: outcome.held_by }
  if (name) known.set(name, facts)
  if (!outcome.accepted) return { verdict: 'superseded', ...factsOf(facts), detail: explainSuperseded(words, before) }
  return {
    verdict: 'applied',
    ...factsOf(facts),
    status_changed: statusOf(before) !== outcome.resulting_status,
    hand_pause_changed: before.paused_by_hand !== outcome.paused_by_hand,
    ...(outcome.held_by && { detail: words.t('events.heldByCertification') }),
  }
}

function factsOf({ id, resulting_status, held_by }: Known) {
  return { sync_event_id: id, resulting_status, ...(held_by && { held_by }) }
}
