import { readClock } from '@/lib/clock'
import { changed, pool, sql } from '@/lib/db'
import { addMicroseconds } from '@/lib/instant'

const KEPT_MICROSECONDS = 7 * 86_400 * 1_000_000
const BATCH = 5000

/** Forgets the answers kept for `Idempotency-Key` that are older than seven days. */
export async function sweepKeptAnswers(): Promise<void> {
  const before = addMicroseconds(readClock(), -KEPT_MICROSECONDS)
  let removed = BATCH
  while (removed === BATCH) {
    removed = await changed(
      pool(),
      sql`DELETE FROM idempotency WHERE ctid IN (
            SELECT ctid FROM idempotency WHERE created_at < ${before} ORDER BY created_at LIMIT ${BATCH})`,
    )
  }
}
