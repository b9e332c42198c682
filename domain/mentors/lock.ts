import 'server-only'
import type { Call } from '@/lib/call'
import { first, rows, type Sql, sql, type Tx } from '@/lib/db'
import { AppError } from '@/lib/errors'
import type { Instant } from '@/lib/instant'
import { recordMentorChange } from './record'

/** A mentor whose row this transaction holds: commands on one mentor are serial, on different ones parallel. */
export interface LockedMentor {
  readonly key: number
  readonly mentor_id: string
  readonly full_name: string
  readonly email: string | null
  readonly incomplete: boolean
  readonly paused_by_hand: boolean
  readonly paused_by_certification: boolean
  readonly hand_effective_at: Instant | null
  readonly first_expiry: Instant | null
  readonly last_expiry: Instant | null
  /** By how much the clock of the mentor's phone was ahead when it was last heard; see `phone-clock`. */
  readonly phone_skew_ms: number
  /** As it was when the lock was taken; `recordMentorChange` raises it by one. */
  readonly revision: number
}

const columns = sql`key, mentor_id, full_name, email, incomplete, paused_by_hand, paused_by_certification,
  hand_effective_at, first_expiry, last_expiry, phone_skew_ms, revision`

export function statusOf(
  mentor: Pick<LockedMentor, 'paused_by_hand' | 'paused_by_certification'>,
): 'active' | 'paused' {
  return mentor.paused_by_hand || mentor.paused_by_certification ? 'paused' : 'active'
}

export function mentorNotFound(mentorId: string): AppError {
  return new AppError('mentor_not_found', `There is no mentor ${mentorId}.`)
}

/**
 * Locks the mentor's row: the first thing a command does, before anything else takes a transaction id.
 * Throws `mentor_not_found` for an unknown or erased mentor.
 */
export async function lockMentor(tx: Tx, call: Call, mentorId: string): Promise<LockedMentor> {
  const mentor = await lockWhere(tx, sql`org_id = ${call.caller.org} AND mentor_id = ${mentorId} AND erased_at IS NULL`)
  if (!mentor) throw mentorNotFound(mentorId)
  return mentor
}

/** As `lockMentor`, by the internal key, which a record of the mentor's names. */
export async function lockMentorByKey(tx: Tx, call: Call, key: number): Promise<LockedMentor> {
  const mentor = await lockWhere(tx, sql`org_id = ${call.caller.org} AND key = ${key} AND erased_at IS NULL`)
  if (!mentor) throw mentorNotFound('of this record')
  return mentor
}

/**
 * Locks several mentors in ascending order of their keys, so that two commands never wait for each other. Unknown and
 * erased ones are left out.
 */
export async function lockMentorsByKey(
  tx: Tx,
  call: Call,
  keys: readonly number[],
): Promise<Map<number, LockedMentor>> {
  const locked = await rows<LockedMentor>(
    tx,
    sql`SELECT ${columns} FROM mentor
        WHERE org_id = ${call.caller.org} AND key = ANY (${[...new Set(keys)]}::bigint[]) AND erased_at IS NULL
        ORDER BY key FOR NO KEY UPDATE`,
  )
  return new Map(locked.map((mentor) => [mentor.key, mentor]))
}

/**
 * As `lockMentor`, but registers an unknown mentor: no contract creates mentors, and a phone's event must not be lost
 * because a registry lags. An erased mentor stays unknown.
 */
export async function lockOrRegisterMentor(tx: Tx, call: Call, mentorId: string): Promise<LockedMentor> {
  const known = await lockWhere(tx, sql`org_id = ${call.caller.org} AND mentor_id = ${mentorId}`)
  if (known) {
    if (known.erased) throw mentorNotFound(mentorId)
    return known
  }
  // DO NOTHING waits for another transaction that registers the same mentor, and then leaves its row alone
  const made = await first<{ key: number }>(
    tx,
    sql`INSERT INTO mentor (org_id, mentor_id, full_name, incomplete, search_text, status_updated_at, revision, created_at, updated_at)
        VALUES (${call.caller.org}, ${mentorId}, ${mentorId}, true, '', ${call.now}, 0, ${call.now}, ${call.now})
        ON CONFLICT (org_id, mentor_id) DO NOTHING RETURNING key`,
  )
  const mentor = await lockMentor(tx, call, mentorId)
  if (!made) return mentor
  const revision = await recordMentorChange(tx, call, mentor, {}, [
    {
      type: 'mentor',
      id: mentorId,
      action: 'registered',
      before: null,
      after: { full_name: mentorId, incomplete: true },
    },
  ])
  return { ...mentor, revision }
}

/**
 * As `lockOrRegisterMentor` for many, locked in ascending order of their keys; erased ones are left out. The registered
 * ones have their first revision.
 */
export async function lockOrRegisterMentors(
  tx: Tx,
  call: Call,
  mentorIds: readonly string[],
): Promise<Map<string, LockedMentor>> {
  const { org, actor } = call.caller
  const ids = [...new Set(mentorIds)]
  // before any lock and in the order of their ids: whoever registers the same ones waits at the first, holding nothing
  await tx.query(sql`WITH made AS (
      INSERT INTO mentor (org_id, mentor_id, full_name, incomplete, search_text, status_updated_at, revision, created_at, updated_at)
      SELECT ${org}, id, id, true, '', ${call.now}, 1, ${call.now}, ${call.now} FROM unnest(${ids}::text[]) AS id
      WHERE NOT EXISTS (SELECT FROM mentor WHERE org_id = ${org} AND mentor_id = id)
      ORDER BY id ON CONFLICT (org_id, mentor_id) DO NOTHING RETURNING key, mentor_id
    )
    INSERT INTO change (org_id, type, id, mentor_key, revision, action, actor, at, before, after, request_id)
    SELECT ${org}, 'mentor', mentor_id, key, 1, 'registered', ${actor}, ${call.now}, NULL,
      jsonb_build_object('full_name', mentor_id, 'incomplete', true), ${call.requestId}
    FROM made ORDER BY key`)
  const locked = await rows<LockedMentor>(
    tx,
    sql`SELECT ${columns} FROM mentor WHERE org_id = ${org} AND mentor_id = ANY (${ids}::text[]) AND erased_at IS NULL
        ORDER BY key FOR NO KEY UPDATE`,
  )
  return new Map(locked.map((mentor) => [mentor.mentor_id, mentor]))
}

async function lockWhere(tx: Tx, where: Sql): Promise<(LockedMentor & { erased: boolean }) | null> {
  return first(tx, sql`SELECT ${columns}, erased_at IS NOT NULL AS erased FROM mentor WHERE ${where} FOR NO KEY UPDATE`)
}
