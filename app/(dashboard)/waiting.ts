import { cache } from 'react'
import { countExpiryWindows } from '@/domain/certifications/warning-queries'
import { countFailedEvents } from '@/domain/duplicate-events/failed-queries'
import { countReviews } from '@/domain/duplicate-events/queries'
import { countReturnedPairs } from '@/domain/duplicate-events/returned-pairs'
import { countWaitingSyncEvents } from '@/domain/mentor-status-sync/inbox-queries'
import { pageCall, pageDb } from '@/lib/page-call'

/** What waits for a coordinator, counted once for the rail and the page. */
export const countWaiting = cache(async () => {
  const [db, call] = [pageDb(), await pageCall()]
  const [expiry, inbox, reviews, changedPairs, failedEvents] = await Promise.all([
    countExpiryWindows(db, call),
    countWaitingSyncEvents(db, call),
    countReviews(db, call),
    countReturnedPairs(db, call),
    countFailedEvents(db, call),
  ])
  return { expiry, inbox, reviews, changedPairs, failedEvents }
})
