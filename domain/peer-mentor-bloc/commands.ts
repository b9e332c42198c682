import 'server-only'
import type { z } from 'zod'
import { lockMentor } from '@/domain/mentors/lock'
import type { Answer, Call } from '@/lib/call'
import { readClock } from '@/lib/clock'
import { changed, type Db, one, pool, rows, sql, type Tx } from '@/lib/db'
import { requireVersion } from '@/lib/http/if-match'
import { addMicroseconds, type Instant, wireTime, wireTimeOrNull } from '@/lib/instant'
import { log } from '@/lib/log'
import type { clearMentorDetailAnswer, loadMentorDetailAnswer, refreshMentorDetailAnswer } from './schema'
import { finishLoad } from './snapshot'

/** A load takes milliseconds: one that has not ended by then has nobody who works on it. */
const LOST_AFTER_MICROSECONDS = 30 * 1_000_000
const BATCH = 100

/**
 * Dispatches a load, also of what is already loaded, and answers at once. No change of the mentor: it raises no
 * revision. Throws `mentor_not_found`.
 */
export async function loadMentorDetail(
  tx: Tx,
  call: Call,
  mentorId: string,
): Promise<Answer<z.output<typeof loadMentorDetailAnswer>>> {
  const mentor = await lockMentor(tx, call, mentorId)
  await dispatchLoad(tx, call, mentor.key, 'loading')
  return {
    version: mentor.revision,
    body: { mentor_id: mentor.mentor_id, state: 'loading', dispatched_at: wireTime(call.now) },
  }
}

/** Dispatches a fresh load. Throws `mentor_not_found` and `precondition_failed`. */
export async function refreshMentorDetail(
  tx: Tx,
  call: Call,
  mentorId: string,
): Promise<Answer<z.output<typeof refreshMentorDetailAnswer>>> {
  const mentor = await lockMentor(tx, call, mentorId)
  requireVersion(call, mentor.revision)
  const previous = await dispatchLoad(tx, call, mentor.key, 'refreshing')
  return {
    version: mentor.revision,
    body: {
      mentor_id: mentor.mentor_id,
      state: 'refreshing',
      previous_loaded_at: wireTimeOrNull(previous),
      refresh_dispatched_at: wireTime(call.now),
    },
  }
}

/** Clears the snapshot, an empty one too; the next GET loads it. Throws `mentor_not_found` and `precondition_failed`. */
export async function clearMentorDetail(
  tx: Tx,
  call: Call,
  mentorId: string,
): Promise<Answer<z.output<typeof clearMentorDetailAnswer>>> {
  const mentor = await lockMentor(tx, call, mentorId)
  requireVersion(call, mentor.revision)
  await changed(tx, sql`DELETE FROM mentor_snapshot WHERE mentor_key = ${mentor.key}`)
  return { body: { cleared: true, mentor_id: mentor.mentor_id } }
}

/** Returns when the snapshot was last loaded. A load lost to a crash is done by `finishLostLoads` or the next GET. */
async function dispatchLoad(tx: Tx, call: Call, key: number, state: 'loading' | 'refreshing'): Promise<Instant | null> {
  const { loaded_at } = await one<{ loaded_at: Instant | null }>(
    tx,
    sql`INSERT INTO mentor_snapshot (mentor_key, state, dispatched_at) VALUES (${key}, ${state}, ${call.now})
        ON CONFLICT (mentor_key) DO UPDATE SET state = excluded.state, dispatched_at = excluded.dispatched_at
        RETURNING loaded_at`,
  )
  call.afterCommit('load mentor detail', () => finishLoad(pool(), key, readClock()))
  return loaded_at
}

/**
 * Finishes the loads of all organisations that were dispatched more than 30 seconds before `now` and never ended, as
 * their process died. A load that fails is marked `failed` and logged, and holds up no other. Throws when the database
 * does not answer.
 */
export async function finishLostLoads(db: Db, now: Instant): Promise<void> {
  const before = addMicroseconds(now, -LOST_AFTER_MICROSECONDS)
  let last = 0
  for (;;) {
    const lost = await rows<{ mentor_key: number }>(
      db,
      sql`SELECT s.mentor_key FROM mentor_snapshot AS s JOIN mentor AS m ON m.key = s.mentor_key
          WHERE s.state IN ('loading', 'refreshing') AND s.dispatched_at < ${before} AND s.mentor_key > ${last}
            AND m.erased_at IS NULL
          ORDER BY s.mentor_key LIMIT ${BATCH}`,
    )
    for (const { mentor_key } of lost) {
      try {
        await finishLoad(db, mentor_key, now)
      } catch (error) {
        log.error({ err: error, mentor_key }, 'a load left behind by a crash failed')
      }
    }
    const end = lost.at(-1)
    if (!end || lost.length < BATCH) return
    last = end.mentor_key
  }
}
