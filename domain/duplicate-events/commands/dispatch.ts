import 'server-only'
import { lockOrRegisterMentor } from '@/domain/mentors/lock'
import type { Answer, Call } from '@/lib/call'
import { first, one, sql, type Tx } from '@/lib/db'
import { type EventRow, eventChange, eventColumns } from '../event-row'
import { lockDays, recordAll } from '../ledger'
import type { DispatchBody, DispatchedEvent } from '../schema'
import { enqueueCheck } from '../waiting'
import { dispatchedOf } from '../wire'
import { carryOutMerge } from './merge'

/** Takes a draft in to be checked in the background, or carries a merge out. An unknown mentor is registered. */
export async function dispatchEvent(tx: Tx, call: Call, body: DispatchBody): Promise<Answer<DispatchedEvent>> {
  const mentor = await lockOrRegisterMentor(tx, call, body.peer_id)
  const event = await recordAll(tx, call, new Set([mentor.key]), async (ledger) => {
    const made =
      body.event_type === 'check'
        ? await insertEvent(tx, call, mentor.key, body, {})
        : await insertMerge(tx, call, mentor.key, body, ledger)
    ledger.note(mentor.key, eventChange('dispatched', null, made))
    return made
  })
  if (event.state === 'checking') await enqueueCheck(tx, call, event.key)
  return { body: dispatchedOf(event), version: event.version }
}

type MergeBody = Extract<DispatchBody, { event_type: 'merge' }>

async function insertMerge(
  tx: Tx,
  call: Call,
  mentorKey: number,
  body: MergeBody,
  ledger: Parameters<typeof carryOutMerge>[3],
): Promise<EventRow> {
  const check_number = body.duplicate_check_id ? Number(body.duplicate_check_id.slice('dc-'.length)) : null
  await lockDays(tx, call, (check_number === null ? null : await dateOfCheck(tx, call, check_number)) ?? body.date)
  const { activity_type_id, date } = body
  const outcome = await carryOutMerge(tx, call, { mentor_key: mentorKey, activity_type_id, date, check_number }, ledger)
  return insertEvent(tx, call, mentorKey, body, outcome)
}

/** A check's date never changes, so it can be read before the days are locked. */
export async function dateOfCheck(tx: Tx, call: Call, checkNumber: number): Promise<string | null> {
  const check = await first<{ date: string }>(
    tx,
    sql`SELECT date FROM duplicate_event WHERE org_id = ${call.caller.org} AND event_type = 'check' AND check_number = ${checkNumber}`,
  )
  return check?.date ?? null
}

async function insertEvent(
  tx: Tx,
  call: Call,
  mentorKey: number,
  body: DispatchBody,
  outcome: Awaited<ReturnType<typeof carryOutMerge>>,
): Promise<EventRow> {
  const checkNumber =
    body.event_type === 'check' ? sql`nextval('duplicate_check_number')` : sql`${outcome.check_number}`
  return one(
    tx,
    sql`WITH made AS (
          INSERT INTO duplicate_event (org_id, event_type, mentor_key, activity_type_id, date, draft, check_number, dispatched_at,
            state, error, resolution, resolved_by, activity_key)
          VALUES (${call.caller.org}, ${body.event_type}, ${mentorKey}, ${body.activity_type_id}, ${body.date},
            ${body.draft_activity ? JSON.stringify(body.draft_activity) : null}, ${checkNumber}, ${call.now},
            ${outcome.state ?? 'checking'}, ${outcome.error ?? null}, ${outcome.resolution ?? null},
            ${outcome.resolved_by ?? null}, ${outcome.activity_key ?? null})
          RETURNING *
        ) SELECT ${eventColumns} FROM made e JOIN mentor m ON m.key = e.mentor_key`,
  )
}
