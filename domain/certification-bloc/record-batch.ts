import 'server-only'
import { type LockedMentor, lockOrRegisterMentors } from '@/domain/mentors/lock'
import { measureSkew, notAhead, readPhoneTime } from '@/domain/mentors/phone-clock'
import { type MentorPatch, recordMentorChange } from '@/domain/mentors/record'
import { explainUnread } from '@/domain/mentors/unread-event'
import { requireSettings } from '@/domain/organisations/queries'
import type { Answer, Call } from '@/lib/call'
import { cursorIn } from '@/lib/cursor'
import type { Tx } from '@/lib/db'
import { type AnswerWords, answerWords } from '@/lib/i18n/answer-words'
import { formatMoment } from '@/lib/i18n/format'
import type { Instant } from '@/lib/instant'
import { type Applied, applyEvent } from './apply-event'
import {
  BLOC_BATCH_KEYS,
  type BlocBatchEvent,
  type BlocEventVerdict,
  type BlocEventVerdicts,
  blocBatchEvent,
  type PostBlocEventBatchBody,
} from './batch-schema'
import { blocEventId } from './queries'
import {
  drawNumbers,
  findKnown,
  findNewerRenewal,
  findRenewals,
  type KnownEvent,
  type NewBlocEvent,
  naturalKey,
  renewalKey,
  storeQueued,
  superseded,
} from './queued-events'

type Verdict = Omit<BlocEventVerdict, 'index' | 'mentor_id' | 'client_event_id'>

/** What a batch has come to so far. */
interface Intake {
  readonly call: Call
  readonly words: AnswerWords
  /** By natural key: what was received before, and what this batch has brought itself. */
  readonly known: Map<string, KnownEvent>
  /** The time of the newest renewal that was carried out, by mentor and type. */
  readonly renewals: Map<string, Instant>
  readonly mentors: Map<string, LockedMentor>
  readonly added: NewBlocEvent[]
  readonly numbers: number[]
}

/**
 * Takes in the events of phones' queues in their order, each with the effect that the single POST would have, and answers a
 * verdict for each. What cannot be read, or concerns an erased mentor, is rejected by itself; what was received before,
 * removed since or not, is a duplicate. A renewal that is older than the newest one carried out is stored as superseded.
 * Each mentor gets one new revision.
 */
export async function recordBlocEventBatch(
  tx: Tx,
  call: Call,
  { events }: PostBlocEventBatchBody,
): Promise<Answer<BlocEventVerdicts>> {
  const words = answerWords(call.language, (await requireSettings(tx, call)).time_zone)
  const sent = events.flatMap((item) => ('read' in item ? [item.read] : []))
  const mentors = await lockOrRegisterMentors(
    tx,
    call,
    sent.map((event) => event.mentor_id),
  )
  const intake: Intake = {
    call,
    words,
    known: await findKnown(tx, mentors, sent),
    renewals: await findRenewals(tx, mentors, sent),
    mentors,
    added: [],
    numbers: await drawNumbers(tx, sent.length),
  }
  const results: BlocEventVerdict[] = []
  for (const [index, item] of events.entries()) {
    if ('unread' in item) results.push({ index, ...rejectUnread(words, item.unread) })
    else {
      const { mentor_id, client_event_id } = item.read
      results.push({ index, mentor_id, client_event_id, ...(await takeIn(tx, intake, item.read)) })
    }
  }
  await storeQueued(tx, call, intake.added)
  await recordChanges(tx, call, intake.added)
  return { body: { results, cursor: await cursorIn(tx) } }
}

function rejectUnread(words: AnswerWords, unread: unknown): Omit<BlocEventVerdict, 'index'> {
  const { given, detail } = explainUnread(words, unread, { schema: blocBatchEvent, keys: BLOC_BATCH_KEYS })
  return {
    verdict: 'rejected',
    mentor_id: given('mentor_id'),
    client_event_id: given('client_event_id'),
    code: 'invalid_request',
    detail,
  }
}

async function takeIn(tx: Tx, intake: Intake, sent: BlocBatchEvent): Promise<Verdict> {
  const { call, words, known, mentors, added, numbers } = intake
  const mentor = mentors.get(sent.mentor_id)
  if (!mentor) {
    const detail = words.t('verdicts.unknownMentor', { mentor: sent.mentor_id })
    return { verdict: 'rejected', code: 'mentor_not_found', detail }
  }
  const name = naturalKey(mentor.key, sent.client_event_id)
  const earlier = known.get(name)
  if (earlier) return { verdict: 'duplicate', ...earlier, detail: words.t('verdicts.duplicate') }
  const number = numbers.pop()
  if (number === undefined) throw new Error('more events than numbers were drawn for')
  const client = sent.client_timestamp ?? null
  const skew = client === null ? null : measureSkew(call, mentor.phone_skew_ms)
  const time = readPhoneTime(call, client, skew)
  const own = time.corrected_timestamp ?? client
  const fired_at = own === null ? call.now : notAhead(own, call.now)
  const event = { ...sent, payload: sent.payload ?? null }
  const newer = own === null ? null : await findNewerRenewal(tx, call, mentor, { ...event, fired_at }, intake.renewals)
  const done: Applied = newer ? superseded(newer) : await applyEvent(tx, call, mentor, event)
  const patch = { ...done.patch, ...(skew !== null && skew !== mentor.phone_skew_ms && { phone_skew_ms: skew }) }
  added.push({ ...event, ...time, number, mentor, fired_at, done: { ...done, patch } })
  // what comes next finds the mentor as this event left them
  mentors.set(sent.mentor_id, { ...mentor, ...patch })
  if (done.applied) intake.renewals.set(renewalKey(mentor.key, done.applied.certification_type), fired_at)
  const facts = { id: blocEventId(number), processed: done.error === null }
  known.set(name, facts)
  if (newer) {
    const detail = words.t('verdicts.renewalSuperseded', { time: formatMoment(words.format, newer) })
    return { verdict: 'superseded', ...facts, detail }
  }
  if (facts.processed) return { verdict: 'applied', ...facts }
  return { verdict: 'rejected', ...facts, code: 'not_processed', detail: words.t('verdicts.notApplied') }
}

async function recordChanges(tx: Tx, call: Call, added: readonly NewBlocEvent[]): Promise<void> {
  const byMentor = new Map<number, NewBlocEvent[]>()
  for (const event of added) byMentor.set(event.mentor.key, [...(byMentor.get(event.mentor.key) ?? []), event])
  for (const [key, events] of byMentor) {
    const patch: MentorPatch = Object.assign({}, ...events.map(({ done }) => done.patch))
    const changes = events.flatMap((event) => [recorded(event), ...event.done.changes])
    await recordMentorChange(tx, call, { key }, patch, changes)
  }
}

function recorded({ number, event_type, payload, done, fired_at, ...event }: NewBlocEvent) {
  const { client_event_id, client_timestamp, client_clock, corrected_timestamp } = event
  const { error, applied } = done
  const corrected = corrected_timestamp && { client_clock, corrected_timestamp }
  const times = client_timestamp && { client_timestamp, ...corrected, effective_at: fired_at }
  const after = { event_type, payload, processed: error === null, error, applied, client_event_id, ...times }
  return { type: 'bloc_event', id: blocEventId(number), action: 'recorded', before: null, after } as const
}
