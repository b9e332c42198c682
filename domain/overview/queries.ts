import 'server-only'
import { countExpiryWindows } from '@/domain/certifications/warning-queries'
import { countFailedEvents } from '@/domain/duplicate-events/failed-queries'
import { countReviews } from '@/domain/duplicate-events/queries'
import { countReturnedPairs } from '@/domain/duplicate-events/returned-pairs'
import { countWaitingSyncEvents } from '@/domain/mentor-status-sync/inbox-queries'
import type { Answer, Call } from '@/lib/call'
import { type Db, one, sql } from '@/lib/db'
import { writeListCursor } from '@/lib/list-cursor'
import type { WaitingCounts } from './schema'

/** What waits for a coordinator at this moment, screen by screen. */
export async function getWaitingCounts(db: Db, call: Call): Promise<Answer<WaitingCounts>> {
  // first: the counts may be newer than their cursor, never older
  const { snapshot } = await one<{ snapshot: string }>(db, sql`SELECT pg_current_snapshot()::text AS snapshot`)
  const [expiry, inbox, reviews, returned, failed, as_of] = await Promise.all([
    countExpiryWindows(db, call),
    countWaitingSyncEvents(db, call),
    countReviews(db, call),
    countReturnedPairs(db, call),
    countFailedEvents(db, call),
    writeListCursor(call, snapshot),
  ])
  return {
    body: {
      certifications: expiry[30],
      sync_events: inbox.pending + inbox.not_accepted,
      duplicates: reviews + returned + failed,
      changed_pairs: returned,
      failed_events: failed,
      as_of,
    },
  }
}
