import 'server-only'
import type { z } from 'zod'
import { lockMentor } from '@/domain/mentors/lock'
import type { Answer, Call } from '@/lib/call'
import { readClock } from '@/lib/clock'
import { changed, one, pool, sql, type Tx } from '@/lib/db'
import { requireVersion } from '@/lib/http/if-match'
import { type Instant, wireTime, wireTimeOrNull } from '@/lib/instant'
import type { clearMentorDetailAnswer, loadMentorDetailAnswer, refreshMentorDetailAnswer } from './schema'
import { finishLoad } from './snapshot'

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

/** Returns when the snapshot was last loaded. A load lost to a crash is done by the next GET. */
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
