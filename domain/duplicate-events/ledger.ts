import 'server-only'
import { lockMentorsByKey, mentorNotFound } from '@/domain/mentors/lock'
import { type Change, recordMentorChange } from '@/domain/mentors/record'
import type { Call } from '@/lib/call'
import { sql, type Tx } from '@/lib/db'

/** What one command changes of mentors whose rows it holds, collected so that each mentor's revision rises once. */
export interface Ledger {
  /** Stops the command unless the mentor's row is held; it then begins anew with that row as well. */
  readonly need: (mentorKey: number) => void
  readonly note: (mentorKey: number, change: Change) => void
}

class MentorNeeded extends Error {
  constructor(readonly mentorKey: number) {
    super('the row of a further mentor is needed')
  }
}

/**
 * Runs `work` with the rows of these mentors locked, ascending. What else it needs shows only under the locks, and a
 * mentor is never locked after a day: so it begins anew, with all of them, from a savepoint. Throws `mentor_not_found`
 * where one of them is erased.
 */
export async function withMentors<T>(
  tx: Tx,
  call: Call,
  keys: readonly number[],
  work: (ledger: Ledger) => Promise<T>,
): Promise<T> {
  const held = new Set(keys)
  for (;;) {
    await tx.query('SAVEPOINT mentors_held')
    try {
      const locked = await lockMentorsByKey(tx, call, [...held])
      if (locked.size < held.size) throw mentorNotFound('of this record')
      return await recordAll(tx, call, held, work)
    } catch (error) {
      if (!(error instanceof MentorNeeded)) throw error
      held.add(error.mentorKey)
      await tx.query('ROLLBACK TO SAVEPOINT mentors_held')
    }
  }
}

/** Runs `work` with the rows of `held` already locked by the caller, and records what it notes. */
export async function recordAll<T>(
  tx: Tx,
  call: Call,
  held: ReadonlySet<number>,
  work: (ledger: Ledger) => Promise<T>,
): Promise<T> {
  const notes = new Map<number, Change[]>()
  const need = (mentorKey: number) => {
    if (!held.has(mentorKey)) throw new MentorNeeded(mentorKey)
  }
  const result = await work({
    need,
    note(mentorKey, change) {
      need(mentorKey)
      notes.set(mentorKey, [...(notes.get(mentorKey) ?? []), change])
    },
  })
  for (const [key, changes] of notes) await recordMentorChange(tx, call, { key }, {}, changes)
  return result
}

/**
 * Locks the organisation's days around a date, ascending: whoever reads what is logged on these days, or changes it, does
 * so alone. After the mentors, before anything is read.
 */
export async function lockDays(tx: Tx, call: Call, date: string): Promise<void> {
  const day = Date.parse(date) / 86_400_000
  // a check in flight is waited for; after that the caller is better served by an answer
  await tx.query(`SET LOCAL lock_timeout = '10s'`)
  for (const at of [day - 1, day, day + 1]) {
    const name = `duplicates ${call.caller.org} ${at}`
    await tx.query(sql`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`)
  }
}
